"""Context menus of nodes, wires and the empty canvas."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from designer.canvas.layer_list import LayerList
from designer.canvas.view import Canvas
from designer.document import Document
from engine.graph import Inlet, Outlet, Wire

CONV_RELU = Wire(Outlet("conv1", "output"), Inlet("relu1", "value"))


def open_menu(canvas: Canvas, at: QPoint, reason: QContextMenuEvent.Reason = QContextMenuEvent.Reason.Mouse) -> QMenu:
    port = canvas.stage.viewport()
    QApplication.sendEvent(port, QContextMenuEvent(reason, at, port.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, words: str) -> None:
    """Clicks the entry that begins so."""
    action = next(action for action in menu.actions() if action.text().startswith(words))
    at = menu.actionGeometry(action).center()
    QTest.mouseMove(menu, at - QPoint(6, 3))
    QTest.mouseMove(menu, at)  # a menu takes no click where the mouse has not been moved since it opened
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=at)


def entries(menu: QMenu) -> dict[str, bool]:
    return {action.text(): action.isEnabled() for action in menu.actions() if action.text()}


def test_the_menu_of_a_node_selects_it_and_acts_on_it(hand, canvas: Canvas, document: Document) -> None:
    menu = open_menu(canvas, hand.at("conv1"))
    assert document.selection == {"conv1"}
    choose(menu, "Duplicate")
    assert "conv2" in document.graph.nodes


def test_the_menu_of_a_node_connects_and_replaces_it(hand, canvas: Canvas, document: Document) -> None:
    choose(open_menu(canvas, hand.at("relu1")), "Replace by")
    (chooser,) = [one for one in canvas.findChildren(LayerList) if one.isVisible()]
    QTest.keyClicks(chooser.search, "gelu")
    QTest.keyClick(chooser.search, Qt.Key.Key_Return)
    assert type(document.graph.nodes["relu1"].layer).__name__ == "GELU"
    choose(open_menu(canvas, hand.at("relu1")), "Connect")
    assert canvas.keys.mode is not None
    QTest.keyClick(canvas.stage, Qt.Key.Key_Escape)


def test_a_menu_takes_away_what_was_said_of_something_else(hand, canvas: Canvas) -> None:
    canvas.stage.hint("relu1 depends on conv1", QPoint(20, 20))
    assert canvas._notice.isVisible()
    open_menu(canvas, hand.at("conv1")).close()
    assert canvas._notice.isHidden()


def test_the_menu_of_one_of_several_keeps_them_selected(hand, canvas: Canvas, document: Document) -> None:
    document.select({"conv1", "relu1"})
    menu = open_menu(canvas, hand.at("conv1"))
    assert not entries(menu)["Rename"]
    choose(menu, "Delete")
    assert document.graph.nodes.keys() == {"image", "linear1"}


def test_the_menu_of_a_node_offers_its_fixes_and_the_new_layer_has_room(hand, canvas, document: Document) -> None:
    hand.drag(hand.at(Outlet("relu1", "output")), hand.at(Inlet("linear1", "value")))
    choose(open_menu(canvas, hand.at("linear1")), "Insert flatten")
    assert document.graph.source(Inlet("linear1", "value")) == Outlet("flatten1", "output")
    assert not [p for p in document.report.problems if p.node == "linear1" and p.severity == "error"]
    places = document.graph.places
    assert places["relu1"].y + 96 <= places["flatten1"].y <= places["linear1"].y - 96


def test_the_menu_of_a_wire_disconnects_it(hand, canvas: Canvas, document: Document) -> None:
    choose(open_menu(canvas, hand.at(QPointF(92, 170))), "Disconnect")
    assert CONV_RELU not in set(document.graph.wires())


def test_the_menu_of_a_wire_inserts_a_layer(hand, canvas: Canvas, document: Document) -> None:
    choose(open_menu(canvas, hand.at(QPointF(92, 170))), "Insert layer")
    offered = QApplication.activePopupWidget()
    assert isinstance(offered, LayerList)
    offered.search.setText("batchnorm2d")
    QTest.keyClick(offered.search, Qt.Key.Key_Return)
    assert document.graph.source(CONV_RELU.target) == Outlet("norm1", "output")


@pytest.mark.parametrize("words", ["", "something else"])
def test_paste_is_off_without_a_piece_but_only_in_the_menu(hand, canvas, document: Document, words: str) -> None:
    QGuiApplication.clipboard().setText(words)
    menu = open_menu(canvas, hand.at(QPointF(-100, -60)))
    assert not entries(menu)["Paste"]
    assert not entries(menu)["Undo"]
    menu.close()
    document.select({"linear1"})
    canvas.actions_by_id["copy"].trigger()
    canvas.actions_by_id["paste"].trigger()
    assert "linear2" in document.graph.nodes


def test_the_menu_key_asks_about_what_is_selected(canvas: Canvas, document: Document) -> None:
    document.select({"linear1"})
    menu = open_menu(canvas, QPoint(5, 5), QContextMenuEvent.Reason.Keyboard)
    assert "Rename" in entries(menu)
    menu.close()


def test_the_menu_of_the_canvas_arranges(hand, canvas: Canvas, document: Document) -> None:
    choose(open_menu(canvas, hand.at(QPointF(-100, -60))), "Arrange")
    places = document.graph.places
    assert places["image"].y < places["conv1"].y < places["relu1"].y
    assert places["image"].x == places["conv1"].x == places["relu1"].x
    assert document.undo_stack.undoText() == "arrange"
