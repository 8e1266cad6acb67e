"""Keys of the canvas, the clipboard, and renaming in place."""

import json

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.canvas.layer_list import LayerList
from designer.canvas.name_editor import NameEditor
from designer.canvas.view import Canvas
from designer.document import Document
from engine.graph import Inlet, Outlet, Place, Wire

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
HEALED = Wire(Outlet("image", "output"), Inlet("relu1", "value"))


def editor() -> NameEditor:
    found = QApplication.focusWidget()
    assert isinstance(found, NameEditor)
    return found


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_heals_the_wire(hand, document: Document, key: Qt.Key) -> None:
    hand.click("conv1")
    hand.key(key)
    assert "conv1" not in document.graph.nodes
    assert HEALED in set(document.graph.wires())
    assert document.undo_stack.undoText() == "delete conv1"


def test_undo_brings_back_the_very_value_and_the_selection(hand, document: Document) -> None:
    before = document.project
    document.select({"conv1", "relu1"})
    hand.key(Qt.Key.Key_Delete)
    assert document.selection == frozenset()
    hand.key(Qt.Key.Key_Z, CONTROL)
    assert document.project is before
    assert document.selection == {"conv1", "relu1"}
    hand.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert document.graph.nodes.keys() == {"image", "linear1"}
    assert document.selection == frozenset()


def test_copy_and_paste_keep_the_wires_between(hand, document: Document) -> None:
    document.select({"conv1", "relu1"})
    hand.key(Qt.Key.Key_C, CONTROL)
    hand.key(Qt.Key.Key_V, CONTROL)
    assert Wire(Outlet("conv2", "output"), Inlet("relu2", "value")) in set(document.graph.wires())
    assert document.selection == {"conv2", "relu2"}
    assert document.undo_stack.undoText() == "paste 2 layers"


def test_pasting_again_hides_no_card(hand, document: Document) -> None:
    document.select({"linear1"})
    hand.key(Qt.Key.Key_C, CONTROL)
    for _ in range(3):
        hand.key(Qt.Key.Key_V, CONTROL)
    assert len(set(document.graph.places.values())) == len(document.graph.nodes) == 7


def test_the_clipboard_holds_text_of_a_project_file(hand, document: Document) -> None:
    document.select({"linear1"})
    hand.key(Qt.Key.Key_C, CONTROL)
    content = json.loads(QGuiApplication.clipboard().text())
    assert content["networks"]["main"]["nodes"]["linear1"]["type"] == "linear"


def test_other_text_on_the_clipboard_pastes_nothing(hand, document: Document) -> None:
    before = document.project
    for words in ("", "hello", "{}", '{"loom": 1, "networks": {"main": {"nodes": {"a": {"type": 3}}}}}'):
        QGuiApplication.clipboard().setText(words)
        hand.key(Qt.Key.Key_V, CONTROL)
    assert document.project is before


def test_cut_takes_away_and_paste_brings_back(hand, document: Document) -> None:
    document.select({"linear1"})
    hand.key(Qt.Key.Key_X, CONTROL)
    assert "linear1" not in document.graph.nodes
    hand.key(Qt.Key.Key_V, CONTROL)
    assert "linear1" in document.graph.nodes


def test_a_duplicate_is_fed_by_what_feeds_it(hand, document: Document) -> None:
    document.select({"relu1"})
    hand.key(Qt.Key.Key_D, CONTROL)
    assert Wire(Outlet("conv1", "output"), Inlet("relu2", "value")) in set(document.graph.wires())


def test_select_all(hand, document: Document) -> None:
    hand.key(Qt.Key.Key_A, CONTROL)
    assert document.selection == document.graph.nodes.keys()


def test_alt_and_arrows_nudge_and_many_nudges_are_one_step(hand, document: Document) -> None:
    document.select({"linear1"})
    for _ in range(3):
        hand.key(Qt.Key.Key_Right, ALT)
    hand.key(Qt.Key.Key_Up, ALT | SHIFT)
    assert document.graph.places["linear1"] == Place(264 + 72, 192 - 4)
    document.undo_stack.undo()
    assert document.graph.places["linear1"] == Place(264, 192)


def test_nudging_back_leaves_no_step(hand, document: Document) -> None:
    document.select({"linear1"})
    hand.key(Qt.Key.Key_Right, ALT)
    hand.key(Qt.Key.Key_Left, ALT)
    assert not document.undo_stack.canUndo()


def test_control_and_arrows_scroll(hand, canvas: Canvas) -> None:
    before = canvas.stage.mapToScene(0, 0)
    hand.key(Qt.Key.Key_Down, CONTROL)
    assert canvas.stage.mapToScene(0, 0) == before + QPointF(0, 72)


def test_zoom_keys(hand, canvas: Canvas) -> None:
    hand.key(Qt.Key.Key_Minus, CONTROL)
    assert canvas.stage.zoom == pytest.approx(0.8)
    hand.key(Qt.Key.Key_0, CONTROL)
    assert canvas.stage.zoom == pytest.approx(1)
    canvas.stage.centerOn(5000, 5000)
    hand.key(Qt.Key.Key_F)
    assert canvas.stage.seen().contains(canvas.stage.drawing.content())


def test_escape_selects_nothing(hand, document: Document) -> None:
    document.select({"linear1"})
    hand.key(Qt.Key.Key_Escape)
    assert document.selection == frozenset()


def test_renaming_with_the_keyboard(hand, document: Document) -> None:
    hand.click("conv1")
    hand.key(Qt.Key.Key_F2)
    QTest.keyClicks(editor(), "stem")
    hand.key(Qt.Key.Key_Return)
    assert "stem" in document.graph.nodes
    assert document.selection == {"stem"}
    assert document.undo_stack.undoText() == "rename conv1 to stem"


def test_renaming_with_a_double_click(hand, document: Document, canvas: Canvas) -> None:
    QTest.mouseDClick(canvas.stage.viewport(), Qt.MouseButton.LeftButton, pos=hand.at("conv1"))
    editor().insert("ｓｔｅｍ")  # full-width letters
    hand.key(Qt.Key.Key_Return)
    assert "stem" in document.graph.nodes


@pytest.mark.parametrize("name", ["relu1", "class", "forward", "1st", "a b", ""])
def test_a_wrong_name_says_why_and_is_not_taken(hand, document: Document, canvas: Canvas, name: str) -> None:
    before = document.project
    hand.click("conv1")
    hand.key(Qt.Key.Key_F2)
    editor().clear()
    QTest.keyClicks(editor(), name)
    notice = editor()._notice
    hand.key(Qt.Key.Key_Return)
    assert notice.isVisible() and notice.text()
    assert isinstance(QApplication.focusWidget(), NameEditor)
    hand.key(Qt.Key.Key_Escape)
    assert document.project is before
    assert not isinstance(QApplication.focusWidget(), NameEditor)


def test_a_click_beside_the_field_takes_a_sound_name(hand, document: Document) -> None:
    hand.click("conv1")
    hand.key(Qt.Key.Key_F2)
    QTest.keyClicks(editor(), "stem")
    hand.click(QPointF(-100, -60))
    assert "stem" in document.graph.nodes


def test_a_change_from_elsewhere_closes_the_field(hand, document: Document, canvas: Canvas) -> None:
    hand.click("conv1")
    hand.key(Qt.Key.Key_F2)
    QTest.keyClicks(editor(), "stem")
    canvas.actions_by_id["delete"].trigger()
    assert document.graph.nodes.keys() == {"image", "relu1", "linear1"}


def test_the_list_of_layers_adds_below_what_is_selected(hand, document: Document) -> None:
    hand.click("relu1")
    hand.key(Qt.Key.Key_Tab)
    offered = QApplication.activePopupWidget()
    assert isinstance(offered, LayerList)
    QTest.keyClicks(offered.search, "max")
    QTest.keyClick(offered.search, Qt.Key.Key_Down)
    QTest.keyClick(offered.search, Qt.Key.Key_Up)
    QTest.keyClick(offered.search, Qt.Key.Key_Return)
    assert Wire(Outlet("relu1", "output"), Inlet("pool1", "image")) in set(document.graph.wires())


def test_the_list_chooses_by_click(hand, document: Document) -> None:
    hand.key(Qt.Key.Key_Tab)
    offered = QApplication.activePopupWidget()
    assert isinstance(offered, LayerList)
    item = offered.list.item(0)
    box = offered.list.visualItemRect(item)
    count = len(document.graph.nodes)
    QTest.mouseClick(offered.list.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + QPoint(20, 8))
    assert len(document.graph.nodes) == count + 1
