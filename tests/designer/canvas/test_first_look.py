"""What was opened is made ready in several turns of the event loop, and shown after them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from designer.canvas import first_look as module
from designer.canvas import scene
from designer.canvas.clipboard import duplicate
from designer.canvas.commands import delete
from designer.canvas.first_look import first_look
from designer.canvas.near import NearView
from designer.canvas.node_item import NodeItem
from designer.window.main_window import MainWindow
from engine.project.project import Project
from engine.project.templates import template
from tests.designer.window.conftest import design, window

__all__ = ["design", "window"]


def test_other_things_are_done_between_a_few_cards(
    design: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, done, ready = design.design.canvas.stage, list[str](), set[str]()
    qtbot.waitUntil(stage.viewport().updatesEnabled)
    prepare, make_ready = NearView.prepare, stage.drawing.make_ready

    def noted(view: NearView, card: NodeItem) -> None:
        ready.add(card.name)
        prepare(view, card)

    def steps(seen: QRectF, zoom: float) -> Iterator[None]:
        for _ in make_ready(seen, zoom):
            done.append("step")
            yield

    monkeypatch.setattr(NearView, "prepare", noted)
    monkeypatch.setattr(stage.drawing, "make_ready", steps)
    monkeypatch.setattr(module, "TURN_SECONDS", 0)
    monkeypatch.setattr(module, "MOST_SECONDS", 60)
    other = QTimer(interval=0)
    other.timeout.connect(lambda: done.append("other"))
    other.start()
    first_look(stage, lambda: done.append("then"))
    qtbot.waitUntil(lambda: "then" in done)
    other.stop()
    cards = {card.name for card in stage.drawing.cards_in(stage.seen())}
    before = done[: done.index("then")]
    assert len(cards) > 3 and cards <= ready and before.count("step") >= len(cards)
    assert before.count("other") >= before.count("step") - 1


def test_wires_have_their_ways_when_they_are_first_painted(
    design: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was opened is painted once, and not again with every few ways that are found."""
    stage, found = design.design.canvas.stage, list[bool]()
    qtbot.waitUntil(stage.viewport().updatesEnabled)
    show = NearView.show

    def shown(view: NearView, painter: QPainter, seen: QRectF, zoom: float) -> None:
        wires = stage.drawing.wires_in(seen)
        found.append(len(wires) > 3 and all(wire.found for wire in wires))
        show(view, painter, seen, zoom)

    monkeypatch.setattr(NearView, "show", shown)
    monkeypatch.setattr(scene, "PAINT_SECONDS", 0)
    stage.drawing._later.blockSignals(True)  # what is done between frames
    monkeypatch.setattr(module, "MOST_SECONDS", 60)
    assert design.files.begin(template("resnet18").make())
    qtbot.waitUntil(lambda: bool(found))
    assert found[0]


def test_what_takes_long_is_painted_before_all_is_ready(
    design: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, done = design.design.canvas.stage, list[str]()
    monkeypatch.setattr(module, "MOST_SECONDS", 0)
    monkeypatch.setattr(stage.drawing, "make_ready", lambda seen, zoom: (done.append("step") for _ in range(10)))
    first_look(stage, lambda: done.append("then"))
    assert done == ["step", "then"]


def test_what_comes_with_a_large_step_is_made_ready_before_it_is_painted(
    design: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, document = design.design.canvas.stage, design.document
    qtbot.waitUntil(stage.viewport().updatesEnabled)
    document.select(document.graph.nodes)
    stage.viewport().repaint()
    monkeypatch.setattr(scene, "MUCH", 3)
    ready, painted = list[str](), list[str]()
    prepare, show = NearView.prepare, NearView.show

    def noted(view: NearView, card: NodeItem) -> None:
        ready.append(card.name)
        prepare(view, card)

    def shown(view: NearView, *arguments: object) -> None:
        painted.extend(ready or ["nothing"])
        show(view, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(NearView, "prepare", noted)
    monkeypatch.setattr(NearView, "show", shown)
    duplicate(document)
    assert not stage.viewport().updatesEnabled()
    qtbot.waitUntil(lambda: bool(painted))
    assert stage.viewport().updatesEnabled()
    assert {card.name for card in stage.drawing.cards_in(stage.seen())} <= set(painted)
    ready.clear()
    document.undo()
    assert stage.viewport().updatesEnabled()


def test_nothing_is_waited_for_where_nothing_is_drawn(window: MainWindow) -> None:
    done: list[str] = []
    window.document.start(Project())
    first_look(window.design.canvas.stage, lambda: done.append("then"))
    assert done == ["then"]


def test_what_goes_between_two_turns_is_not_made_ready(design: MainWindow, qtbot: QtBot) -> None:
    stage, document = design.design.canvas.stage, design.document
    qtbot.waitUntil(stage.viewport().updatesEnabled)
    stage.drawing.restyle()
    steps = stage.drawing.make_ready(stage.seen(), 1)
    next(steps)
    document.select(document.graph.nodes)
    delete(document)
    assert not document.graph.nodes and not list(steps)


def test_a_fault_while_it_is_made_ready_leaves_no_dead_view(
    design: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, done = design.design.canvas.stage, list[str]()

    def broken(seen: QRectF, zoom: float) -> Iterator[None]:
        yield
        raise ZeroDivisionError

    monkeypatch.setattr(stage.drawing, "make_ready", broken)
    with pytest.raises(ZeroDivisionError):
        first_look(stage, lambda: done.append("then"))
    assert done == ["then"]
