"""Blocks worked with keys and mouse on the canvas: group, enter, leave, unpack, and the breadcrumb."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.blocks import commands
from designer.blocks.name_field import NameField
from designer.canvas.hits import Hit
from designer.canvas.menus import menu_for
from designer.canvas.tips import tip
from designer.canvas.view import Canvas
from designer.document import Document
from designer.keyboard.speech import node_words
from engine.blocks import BlockLayer
from engine.graph import Inlet, Outlet, Wire
from engine.graph.edits import set_layer
from engine.layers import with_parameters
from engine.text import text
from tests.designer.blocks.conftest import CONTROL, SHIFT, type_name
from tests.designer.canvas.conftest import Hand


def shown(canvas: Canvas) -> set[str]:
    return set(canvas.stage.drawing.nodes)


def double_click(hand: Hand, name: str) -> None:
    hand.click(name)
    QTest.mouseDClick(hand.port, Qt.MouseButton.LeftButton, pos=hand.at(name))


def hint(canvas: Canvas) -> str:
    return canvas._notice.text() if canvas._notice.isVisible() else ""


def test_control_g_groups_under_the_name_that_is_typed(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = document.project
    hand.click("flatten1")
    hand.click("linear1", SHIFT)
    hand.key(Qt.Key.Key_G, CONTROL)
    assert isinstance(QApplication.focusWidget(), NameField)
    type_name("head")
    assert shown(canvas) == {"image", "stem", "res1", "res2", "head1", "label"}
    assert document.selection == {"head1"}
    assert Wire(Outlet("head1", "output"), Inlet("label", "value")) in set(document.graph.wires())
    assert document.report.ok
    assert canvas.stage.hasFocus()
    hand.key(Qt.Key.Key_Z, CONTROL)
    assert document.project is before
    assert document.selection == {"flatten1", "linear1"}


def test_enter_takes_a_good_name_and_escape_gives_up(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = document.project
    hand.click("linear1")
    hand.key(Qt.Key.Key_G, CONTROL)
    hand.key(Qt.Key.Key_Escape)
    assert document.project is before
    hand.key(Qt.Key.Key_G, CONTROL)
    hand.key(Qt.Key.Key_Return)
    assert list(document.project.blocks) == ["linear_block", "residual"]


def test_a_name_that_is_taken_is_not_taken(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = document.project
    hand.click("linear1")
    hand.key(Qt.Key.Key_G, CONTROL)
    type_name("residual")
    assert document.project is before
    assert isinstance(QApplication.focusWidget(), NameField)


def test_a_circle_through_the_outside_is_a_sentence(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = document.project
    hand.click("stem")
    hand.click("res2", SHIFT)
    hand.key(Qt.Key.Key_G, CONTROL)
    assert "res1 takes from these nodes and gives to them" in hint(canvas)
    assert not isinstance(QApplication.focusWidget(), NameField)
    assert document.project is before


def test_a_double_click_enters_and_escape_leaves(canvas: Canvas, hand: Hand, document: Document) -> None:
    double_click(hand, "res1")
    assert document.where == ("res1",)
    assert shown(canvas) == {"x", "conv1", "relu1", "add1", "y"}
    assert canvas.blocks.breadcrumb.isVisible()
    assert canvas.blocks.breadcrumb.words() == ["main", "res1"]
    hand.click("conv1")
    hand.key(Qt.Key.Key_Escape)
    assert (document.where, document.selection) == (("res1",), frozenset())
    hand.key(Qt.Key.Key_Escape)
    assert (document.where, document.selection) == ((), {"res1"})
    assert not canvas.blocks.breadcrumb.isVisible()
    hand.key(Qt.Key.Key_Escape)
    hand.key(Qt.Key.Key_Escape)
    assert document.where == ()


def test_a_double_click_on_a_plain_card_still_renames(canvas: Canvas, hand: Hand, document: Document) -> None:
    double_click(hand, "stem")
    assert document.where == ()
    type_name("trunk")
    assert "trunk" in document.graph.nodes


def test_enter_enters_and_what_is_edited_is_edited_in_all(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.click("res2")
    hand.key(Qt.Key.Key_Return)
    hand.click("relu1")
    hand.key(Qt.Key.Key_Delete)
    assert document.undo_stack.count() == 1
    canvas.blocks.breadcrumb.steps[0].click()
    assert (document.where, document.selection) == ((), {"res2"})
    for name in ("res1", "res2"):
        layer = document.graph.nodes[name].layer
        assert isinstance(layer, BlockLayer)
        assert "relu1" not in layer.block.graph.nodes
    hand.key(Qt.Key.Key_Z, CONTROL)
    assert document.where == ("res2",)
    assert shown(canvas) == {"x", "conv1", "relu1", "add1", "y"}


def test_the_breadcrumb_leads_to_each_step_and_to_other_repeats(
    canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot
) -> None:
    document.select(["res1", "res2"])
    commands.group(document, "stage")
    document.go(("stage1", "res2"))
    crumb = canvas.blocks.breadcrumb
    assert crumb.words() == ["main", "stage1", "res2"]
    assert crumb.width() > 250
    crumb.steppers["on"].setFocus()
    QTest.keyClick(crumb.steppers["on"], Qt.Key.Key_Space)
    assert document.context.repeat == 1
    assert crumb.steppers["on"].hasFocus()
    QTest.keyClick(crumb.steppers["on"], Qt.Key.Key_Space)
    assert document.context.repeat == 2
    assert not crumb.steppers["on"].isEnabled()
    crumb.steps[1].click()
    assert (document.where, document.selection) == (("stage1",), {"res2"})
    crumb.steps[0].setFocus()
    QTest.keyClick(crumb.steps[0], Qt.Key.Key_Space)
    assert (document.where, document.selection) == ((), {"stage1"})


def test_a_card_says_what_its_parameters_are_in_this_instance(canvas: Canvas, document: Document) -> None:
    document.edit(text("set"), set_layer(document.graph, "res1", with_parameters(document.layer("res1"), channels=4)))
    commands.enter(document, "res1")
    assert canvas.stage.drawing.nodes["conv1"].face.type.startswith("Conv2d · 4 ·")
    assert "Conv2d · 4 ·" in tip(document, Hit(node="conv1"))
    assert "Conv2d · 4 ·" in node_words(document, "conv1")
    document.go(("res2",))
    assert canvas.stage.drawing.nodes["conv1"].face.type.startswith("Conv2d · 8 ·")
    document.go(())
    assert canvas.stage.drawing.sheet.inside is None


def test_control_shift_g_unpacks_each_repeat(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = document.project
    hand.click("res2")
    hand.key(Qt.Key.Key_G, CONTROL | SHIFT)
    assert len(document.selection) == 9
    assert document.report.ok
    assert document.report.total == document.network_report.total
    hand.key(Qt.Key.Key_Z, CONTROL)
    assert document.project is before


def test_a_plain_layer_cannot_be_unpacked_or_entered(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = document.project
    hand.click("stem")
    hand.key(Qt.Key.Key_G, CONTROL | SHIFT)
    assert hint(canvas) == "Select one block first."
    assert document.project is before


def test_what_changed_meanwhile_is_seen_on_coming_back(canvas: Canvas, hand: Hand, document: Document) -> None:
    document.select(["flatten1", "linear1"])
    commands.group(document, "head")
    commands.enter(document, "head1")
    hand.key(Qt.Key.Key_Z, CONTROL)
    assert document.where == ()
    assert shown(canvas) == {"image", "stem", "res1", "res2", "flatten1", "linear1", "label"}
    commands.enter(document, "res1")
    document.select(["relu1"])
    hand.key(Qt.Key.Key_Delete)
    commands.leave(document)
    layer = document.graph.nodes["res2"].layer
    assert canvas.stage.drawing.sheet.graph.nodes["res2"].layer is layer


def test_each_drawing_keeps_its_view(canvas: Canvas, hand: Hand, document: Document) -> None:
    stage = canvas.stage
    stage.zoom_to(1.5)
    stage.centerOn(QPointF(100, 300))
    outside = (stage.zoom, stage.seen().center())
    commands.enter(document, "res1")
    assert stage.seen().contains(stage.drawing.content())
    stage.zoom_to(0.8)
    stage.scroll_by(QPoint(30, 40))
    inside = (stage.zoom, stage.seen().center())
    commands.leave(document)
    assert stage.zoom == outside[0]
    assert (stage.seen().center() - outside[1]).manhattanLength() < 3
    commands.enter(document, "res1")
    assert stage.zoom == inside[0]
    assert (stage.seen().center() - inside[1]).manhattanLength() < 3


def test_make_unique_gives_a_block_of_its_own(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.click("res1")
    canvas.actions_by_id["make_unique"].trigger()
    assert list(document.project.blocks) == ["residual", "residual1"]
    hand.key(Qt.Key.Key_Return)
    hand.click("relu1")
    hand.key(Qt.Key.Key_Delete)
    assert "relu1" in document.project.blocks["residual"].graph.nodes


def test_the_menu_of_a_block_has_what_blocks_can_do(canvas: Canvas, hand: Hand, document: Document) -> None:
    document.select(["res1"])
    menu = menu_for(canvas, document, Hit(node="res1"), canvas._ready_actions(), lambda wire: None)
    ids = {action.objectName(): action.isEnabled() for action in menu.actions() if action.objectName()}
    assert all(ids[id] for id in ("enter_block", "make_unique", "unpack", "group"))
    menu.deleteLater()
