"""The path of the node under the cursor."""

from pytestqt.qtbot import QtBot
from shiboken6 import delete

from designer.canvas.path import MOST, path_of
from designer.canvas.scene import Scene
from designer.document import Document
from engine.graph import edits
from engine.text import text
from tests.conftest import Draw


def test_resting_on_a_card_lights_up_its_path(qtbot: QtBot, document: Document, draw: Draw) -> None:
    graph = draw(
        {
            "image": ("input", {}),
            "left": ("relu", {}, "image"),
            "right": ("gelu", {}, "image"),
            "both": ("add", {}, "left", "right"),
            "after": ("relu", {}, "both"),
            "aside": ("relu", {}, "right"),
        }
    )
    document.edit(text("draw"), graph)
    scene = Scene(document)

    def lit() -> set[tuple[str, str]]:
        return {(wire.source.node, wire.target.node) for wire, item in scene.wires.items() if item.lit}

    scene.hover("left")
    qtbot.waitUntil(lambda: bool(lit()))
    assert lit() == {("image", "left"), ("left", "both"), ("both", "after")}
    scene.hover("aside")
    assert lit() == set()
    qtbot.waitUntil(lambda: bool(lit()))
    assert lit() == {("image", "right"), ("right", "aside")}
    scene.hover(None)
    assert lit() == set() and not scene._resting.isActive()
    scene.hover("both")
    qtbot.waitUntil(lambda: len(lit()) == 5)
    document.edit(text("remove"), edits.remove(graph, ["both"]))
    assert lit() == set()
    delete(scene)


def test_a_path_of_too_many_wires_stays_dark(document: Document, draw: Draw) -> None:
    nodes: dict[str, tuple[object, ...]] = {"image": ("input", {})}
    nodes |= {f"relu{n}": ("relu", {}, "image") for n in range(MOST + 1)}
    document.edit(text("draw"), draw(nodes))
    scene = Scene(document)
    assert path_of(scene.sheet, "image") == frozenset()
    assert len(path_of(scene.sheet, "relu0")) == 1
    delete(scene)
