"""The whole textbook network is built by keyboard alone, on the canvas and in the outline."""

from collections.abc import Callable
from pathlib import Path

import pytest

from designer.window.main_window import MainWindow
from engine.check.checker import check
from engine.lower.printer import print_program
from engine.lower.program import lower
from engine.project.starters import make_starter
from tests.designer.keyboard import building, hands
from tests.designer.keyboard.hands import Hands
from tests.designer.shown import imports_and_attributes

DRIVING = [Path(module.__file__ or "") for module in (building, hands)]
FORBIDDEN_MODULES = ("designer", "engine")
FORBIDDEN_NAMES = {"document", "graph", "undo_stack", "edit", "connect", "apply_fix", "with_graph", "trigger", "click"}
MOUSE = {"mouseClick", "mousePress", "mouseMove", "mouseRelease", "mouseDClick", "wheelEvent"}


@pytest.mark.parametrize("build", [building.build_on_canvas, building.build_in_outline])
def test_the_textbook_network_by_keys_alone(window: MainWindow, hands: Hands, build: Callable[[Hands], None]) -> None:
    building.begin_empty(hands)
    build(hands)
    starter = make_starter("mnist-cnn")
    wanted = check(starter.graph, starter.data.columns)
    report, graph = window.document.report, window.document.graph
    assert [problem.text for problem in report.problems] == []
    assert report.total.parameters == wanted.total.parameters == 93_322
    assert report.total.flops == wanted.total.flops
    assert hands.status().startswith("12 layers · 93,322 parameters")
    assert hands.status().endswith("no problems")
    assert "image" in graph.nodes
    assert layers_of(graph, report) == layers_of(starter.graph, wanted)


def layers_of(graph: object, report: object) -> list[str]:
    """The lines of the printed network's forward pass, without the names."""
    source = print_program(lower(graph, report)).text  # type: ignore[arg-type]
    return [line.partition("=")[2].strip() for line in source.splitlines() if " = nn." in line]


@pytest.mark.parametrize("path", DRIVING, ids=lambda path: path.name)
def test_the_hands_know_no_drawing_and_no_mouse(path: Path) -> None:
    imported, attributes = imports_and_attributes(path)
    assert not [name for name in imported if name.startswith(FORBIDDEN_MODULES)]
    assert not attributes & (FORBIDDEN_NAMES | MOUSE)
