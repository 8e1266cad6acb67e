"""Real drags of blocks from the palette: press, move and release on a virtual display."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from designer.blocks import commands
from designer.document import Document
from engine.blocks import BlockLayer
from engine.graph import Inlet, Outlet, Wire
from engine.text import Text
from tests.designer.canvas.test_drops import Window, drag

RES_RES = Wire(Outlet("res1", "output"), Inlet("res2", "x"))


@pytest.fixture
def window(qtbot: QtBot, document: Document) -> Window:
    window = Window(document)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    window.canvas.show_start()
    qtbot.waitUntil(lambda: window.palette_panel.blocks.whole)  # the library is read
    return window


@pytest.mark.screen
def test_a_library_block_brings_its_definition_and_those_it_needs(
    window: Window, document: Document, qtbot: QtBot
) -> None:
    before = document.project
    drag(window, "block:dense_block", QPoint(120, 500))
    qtbot.waitUntil(lambda: "dense_block1" in document.graph.nodes)
    assert set(document.project.blocks) == {"residual", "dense_layer", "dense_block"}
    assert document.selection == {"dense_block1"}
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.project is before


@pytest.mark.screen
def test_a_block_dropped_on_a_wire_is_put_on_it(window: Window, document: Document, qtbot: QtBot) -> None:
    stage = window.canvas.stage
    drag(window, "block:residual", stage.mapFromScene(stage.drawing.wires[RES_RES].middle()))
    qtbot.waitUntil(lambda: "residual1" in document.graph.nodes)
    layer = document.graph.nodes["residual1"].layer
    assert isinstance(layer, BlockLayer) and layer.name == "residual"
    assert Wire(Outlet("residual1", "output"), Inlet("res2", "x")) in set(document.graph.wires())
    assert document.report.ok


@pytest.mark.screen
def test_a_block_dragged_into_itself_is_refused_with_a_sentence(
    window: Window, document: Document, qtbot: QtBot
) -> None:
    told: list[Text] = []
    document.refused.connect(told.append)
    commands.enter(document, "res1")
    flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    qtbot.waitUntil(lambda: not window.palette_panel.tree.findItems("Input", flags))
    before = document.project
    drag(window, "block:residual", QPoint(120, 500))
    qtbot.waitUntil(lambda: bool(told))
    assert document.project is before
    assert "cannot contain itself" in str(told[0])
    assert window.canvas._notice.isVisible()
