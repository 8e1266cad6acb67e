"""Blocks that are put into a drawing: they fit what comes in, and are drawn the way that it flows."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.blocks import commands as block_commands
from designer.canvas.layer_list import LayerList
from designer.canvas.ports import size_in
from designer.document import Document
from designer.palette.palette import Palette
from designer.palette.rows import NOTE
from engine.arranging import Card, box
from engine.blocks import BlockLayer
from engine.blocks.flowing import flowing
from engine.blocks.library import NAMES, library_block
from engine.graph import Graph, Inlet, Outlet, Place, Wire, edits
from engine.layers import Layer, make_layer, plain
from engine.project.project import Project
from engine.text import text
from tests.designer.canvas.conftest import Hand
from tests.designer.canvas.test_drops import Window, drag
from tests.designer.shown import in_front

CONV_OUT, RELU_IN = Outlet("conv1", "output"), Inlet("relu1", "value")
CONV_RELU = Wire(CONV_OUT, RELU_IN)
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    """image → conv1, which makes 48 channels → relu1."""
    graph: Graph[Layer] = Graph()
    graph = edits.add(graph, "image", make_layer("input", {"shape": [3, 32, 32]}), Place(0, 0))
    graph = edits.add(graph, "conv1", make_layer("conv2d", {"out_channels": 48, "padding": [1, 1]}), Place(0, 96))
    graph = edits.add(graph, "relu1", make_layer("relu", {}), Place(0, 192))
    graph = edits.connect(graph, Outlet("image", "output"), Inlet("conv1", "image"))
    document = Document()
    document.start(Project().with_graph(edits.connect(graph, CONV_OUT, RELU_IN)))
    return document


def turn(document: Document) -> None:
    """Has the drawing flow to the right."""
    places = {"image": Place(0, 0), "conv1": Place(264, 0), "relu1": Place(528, 0)}
    document.edit(text("turn"), replace(document.graph, places=places, flow="right"))
    document.undo_stack.clear()


def values(document: Document, name: str) -> dict[str, object]:
    return plain(document.graph.nodes[name].layer)


def block(document: Document, name: str) -> BlockLayer:
    layer = document.graph.nodes[name].layer
    assert isinstance(layer, BlockLayer)
    return layer


def fits(document: Document, name: str) -> bool:
    return all(problem.node != name for problem in document.report.problems)


def listed() -> LayerList:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, LayerList)
    return popup


def add_by_keys(hand: Hand, words: str, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    hand.key(Qt.Key.Key_Tab)
    chooser = listed()
    QTest.keyClicks(chooser.search, words)
    QTest.keyClick(chooser.search, Qt.Key.Key_Return, keys)


def test_a_block_added_by_keys_fits_what_comes_in(hand: Hand, document: Document) -> None:
    before = document.project
    hand.click("conv1")
    add_by_keys(hand, "squeeze excite")
    assert values(document, "squeeze_excite1") == {"channels": 48}
    assert document.graph.source(Inlet("squeeze_excite1", "x")) == CONV_OUT
    assert fits(document, "squeeze_excite1")
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.project is before


def test_the_list_says_what_it_will_set(hand: Hand) -> None:
    hand.click("conv1")
    hand.key(Qt.Key.Key_Tab)
    chooser = listed()
    QTest.keyClicks(chooser.search, "squeeze excite")
    assert chooser.list.item(0).data(NOTE) == "48×32×32"
    assert chooser.says.text() == "channels 48, so that it fits"
    QTest.keyClicks(chooser.search, " squeeze_channels=8")
    assert chooser.says.text() == "squeeze_channels 8 · channels 48, so that it fits"
    QTest.keyClick(chooser.search, Qt.Key.Key_Escape)


def test_a_value_that_was_typed_stays(hand: Hand, document: Document) -> None:
    hand.click("conv1")
    add_by_keys(hand, "squeeze excite 64")
    assert values(document, "squeeze_excite1") == {}
    hand.click("conv1")
    add_by_keys(hand, "squeeze excite squeeze_channels=8")
    assert values(document, "squeeze_excite2") == {"channels": 48, "squeeze_channels": 8}


def test_a_block_added_without_a_wire_stays_as_it_is(hand: Hand, document: Document) -> None:
    hand.click("conv1")
    add_by_keys(hand, "squeeze excite", SHIFT)
    assert values(document, "squeeze_excite1") == {}
    assert document.graph.source(Inlet("squeeze_excite1", "x")) is None


def test_a_block_put_on_a_wire_by_keys_fits(hand: Hand, document: Document) -> None:
    document.select((), [CONV_RELU])
    add_by_keys(hand, "inverted residual")
    assert values(document, "inverted_residual1") == {"out_channels": 48}
    assert document.graph.source(RELU_IN) == Outlet("inverted_residual1", "output")
    assert document.undo_stack.count() == 1


@pytest.mark.parametrize(("words", "found"), [("squeeze excite", {"channels": 48}), ("squeeze excite 64", {})])
def test_a_block_at_the_end_of_a_wire_fits(
    hand: Hand, document: Document, words: str, found: dict[str, object]
) -> None:
    hand.drag(hand.at(CONV_OUT), hand.at(QPointF(320, 200)))
    chooser = listed()
    QTest.keyClicks(chooser.search, words)
    assert chooser.list.item(0).data(NOTE) == ("48×32×32" if found else "")
    QTest.keyClick(chooser.search, Qt.Key.Key_Return)
    assert values(document, "squeeze_excite1") == found
    assert document.graph.source(Inlet("squeeze_excite1", "x")) == CONV_OUT
    assert fits(document, "squeeze_excite1") is bool(found)


def test_a_block_taken_from_the_palette_by_keys_fits(document: Document, qtbot: QtBot) -> None:
    palette = in_front(qtbot, Palette(document), 240, 700)
    document.select(["conv1"])
    QTest.keyClicks(palette.search, "squeeze excite")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert values(document, "squeeze_excite1") == {"channels": 48}


def test_a_block_of_the_project_fits_too(hand: Hand, document: Document) -> None:
    hand.click("conv1")
    add_by_keys(hand, "squeeze excite 48")
    document.edit(text("narrower"), edits.set_layer(document.graph, "conv1", make_layer("conv2d", {"out_channels": 8})))
    hand.click("conv1")
    add_by_keys(hand, "squeeze excite")
    assert values(document, "squeeze_excite2") == {"channels": 8}
    assert list(document.project.blocks) == ["squeeze_excite"]


def test_layers_of_the_catalogue_stay_as_they_are(hand: Hand, document: Document) -> None:
    document.edit(text("odd"), edits.set_layer(document.graph, "conv1", make_layer("conv2d", {"out_channels": 50})))
    document.select((), [CONV_RELU])
    add_by_keys(hand, "group norm")
    assert values(document, "norm1") == {} and not fits(document, "norm1")


def test_a_library_block_flows_as_the_drawing_does(hand: Hand, document: Document) -> None:
    turn(document)
    before = document.project
    hand.click("conv1")
    add_by_keys(hand, "dense block")
    assert [one.graph.flow for one in document.project.blocks.values()] == ["right", "right"]
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.project is before
    assert library_block("dense_block").graph.flow == "down"


def test_a_block_that_is_there_stays_as_it_is_drawn(hand: Hand, document: Document) -> None:
    hand.click("conv1")
    add_by_keys(hand, "dense layer")
    turn(document)
    hand.click("conv1")
    add_by_keys(hand, "dense layer")
    add_by_keys(hand, "dense block")
    flows = {name: one.graph.flow for name, one in document.project.blocks.items()}
    assert flows == {"dense_layer": "down", "dense_block": "right"}


def test_in_a_block_its_own_flow_counts(hand: Hand, document: Document) -> None:
    hand.click("conv1")
    add_by_keys(hand, "basic block")
    turn(document)
    block_commands.enter(document, "basic_block1")
    document.select(["relu1"])
    add_by_keys(hand, "squeeze excite")
    assert values(document, "squeeze_excite1") == {"channels": 48}
    assert block(document, "squeeze_excite1").block.graph.flow == "down"


@pytest.mark.parametrize("name", NAMES)
def test_no_card_of_a_block_that_was_turned_lies_on_another(name: str) -> None:
    graph = flowing(name, "right", {}).graph
    cards = [box(place, Card(*size_in(graph, node))) for node, place in graph.places.items()]
    assert not any(one.covers(other) for one in cards for other in cards if one is not other)


@pytest.mark.screen
@pytest.mark.parametrize("flow", ["down", "right"])
def test_a_block_dragged_onto_a_wire_fits_and_flows_as_the_drawing(qtbot: QtBot, document: Document, flow: str) -> None:
    if flow == "right":
        turn(document)
    before = document.project
    window = in_front(qtbot, Window(document), 1200, 700)
    stage = window.canvas.stage
    window.canvas.show_start()
    qtbot.waitUntil(lambda: window.palette_panel.blocks.whole)  # the library is read
    drag(window, "block:squeeze_excite", stage.mapFromScene(stage.drawing.wires[CONV_RELU].middle()))
    qtbot.waitUntil(lambda: "squeeze_excite1" in document.graph.nodes)
    assert document.graph.source(RELU_IN) == Outlet("squeeze_excite1", "output")
    assert values(document, "squeeze_excite1") == {"channels": 48} and fits(document, "squeeze_excite1")
    assert block(document, "squeeze_excite1").block.graph.flow == flow
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.project is before
