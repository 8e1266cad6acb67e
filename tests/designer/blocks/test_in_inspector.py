"""Blocks in the inspector: an instance's page, the page of the block one is in, parameters lifted and taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from designer.blocks import commands
from designer.blocks.block_page import BlockPage
from designer.document import Document
from designer.inspector.inspector import Inspector
from designer.inspector.node_page import NodePage
from designer.palette.palette import Palette
from designer.theme.labels import ElidedLabel
from designer.theme.tokens import STEP
from engine.blocks import BlockLayer, Target
from tests.designer.blocks.conftest import type_name
from tests.designer.shown import in_front


@pytest.fixture
def inspector(qtbot: QtBot, document: Document) -> Inspector:
    return in_front(qtbot, Inspector(document), 320, 800)


def node_page(inspector: Inspector) -> NodePage:
    inspector.refresh()
    assert isinstance(inspector.page, NodePage)
    return inspector.page


def block_page(inspector: Inspector) -> BlockPage:
    inspector.refresh()
    assert isinstance(inspector.page, BlockPage)
    return inspector.page


def retype(field: object, words: str) -> None:
    box = field.editor.focusProxy()  # type: ignore[attr-defined]
    while box.focusProxy():
        box = box.focusProxy()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(box, words)


def layer_at(document: Document, name: str) -> BlockLayer:
    layer = document.graph.nodes[name].layer
    assert isinstance(layer, BlockLayer)
    return layer


def test_a_name_has_the_room_that_the_block_does_not_need(
    inspector: Inspector, document: Document, qtbot: QtBot
) -> None:
    document.select(["res1"])
    page = node_page(inspector)
    title = type(layer_at(document, "res1")).about.title
    kind = next(label for label in page.findChildren(ElidedLabel) if label.text() == title)
    qtbot.waitUntil(lambda: QLabel.text(kind) == title)
    assert kind.width() <= kind.whole_width()
    assert page.name.width() + kind.width() + 8 * STEP == page.width()


def test_an_instance_has_repeat_and_what_is_on_its_face(inspector: Inspector, document: Document) -> None:
    document.select(["res1"])
    page = node_page(inspector)
    assert list(page.form.fields) == ["repeat", "channels"]
    assert not any(button.isVisible() for button in page.lifts.buttons.values())
    retype(page.form.fields["repeat"], "2")
    assert layer_at(document, "res1").repeat == 2
    assert document.report.costs["res1"].parameters == 2 * 584


def test_open_leads_in_and_make_unique_gives_a_block_of_its_own(inspector: Inspector, document: Document) -> None:
    document.select(["res1"])
    page = node_page(inspector)
    assert page.instance is not None
    QTest.mouseClick(page.instance.unique, Qt.MouseButton.LeftButton)
    assert layer_at(document, "res1").name == "residual1"
    page = node_page(inspector)
    assert page.instance is not None and not page.instance.unique.isEnabled()
    QTest.mouseClick(page.instance.open, Qt.MouseButton.LeftButton)
    assert (document.where, document.block) == (("res1",), "residual1")
    assert block_page(inspector).name.text() == "residual1"


def test_a_parameter_is_lifted_under_a_name_and_taken_back(inspector: Inspector, document: Document) -> None:
    before = document.project
    commands.enter(document, "res1")
    document.select(["conv1"])
    page = node_page(inspector)
    QTest.mouseClick(page.lifts.buttons["bias"], Qt.MouseButton.LeftButton)
    type_name("with_bias")
    assert page.lifts.buttons["bias"].hasFocus()
    assert document.project.blocks["residual"].parameters[1].targets == (Target("conv1", "bias"),)
    inspector.refresh()
    assert not page.form.fields["bias"].editor.isEnabled()
    assert page.form.fields["bias"].note.text() == "Set by “with_bias” of res1: True"
    document.go(())
    document.select(["res2"])
    assert list(node_page(inspector).form.fields) == ["repeat", "channels", "with_bias"]
    commands.enter(document, "res1")
    document.select(["conv1"])
    page = node_page(inspector)
    QTest.mouseClick(page.lifts.buttons["bias"], Qt.MouseButton.LeftButton)
    inspector.refresh()
    assert page.form.fields["bias"].editor.isEnabled()
    assert len(document.project.blocks["residual"].parameters) == 1
    for _ in range(2):
        document.undo_stack.undo()
    assert document.project is before


def test_a_wrong_name_for_the_face_is_not_taken(inspector: Inspector, document: Document) -> None:
    before = document.project
    commands.enter(document, "res1")
    document.select(["conv1"])
    QTest.mouseClick(node_page(inspector).lifts.buttons["bias"], Qt.MouseButton.LeftButton)
    type_name("channels")
    assert document.project is before
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert document.project is before


def test_a_parameter_joins_another_of_its_kind(inspector: Inspector, document: Document, qtbot: QtBot) -> None:
    commands.enter(document, "res1")
    document.select(["conv1"])
    page = node_page(inspector)
    QTest.mouseClick(page.lifts.buttons["groups"], Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions()]
    assert words == ["Lift under a name of its own…", "Set together with “channels”"]
    menu.actions()[1].trigger()
    menu.close()
    assert Target("conv1", "groups") in document.project.blocks["residual"].parameters[0].targets


def test_inside_a_lifted_parameter_has_the_value_of_the_instance(inspector: Inspector, document: Document) -> None:
    document.select(["res1"])
    retype(node_page(inspector).form.fields["channels"], "16")
    commands.enter(document, "res1")
    document.select(["conv1"])
    page = node_page(inspector)
    assert page.form.fields["out_channels"].note.text() == "Set by “channels” of res1: 16"
    commands.open_block(document, "residual")
    document.select(["conv1"])
    page = node_page(inspector)
    assert page.form.fields["out_channels"].note.text() == "Set by “channels” on the block's face: 8"


def test_the_blocks_page_renames_describes_and_sets_defaults(inspector: Inspector, document: Document) -> None:
    commands.enter(document, "res2")
    page = block_page(inspector)
    assert page._figures[0].text() == "2"
    page.name.setFocus()
    page.name.selectAll()
    type_name("basic")
    assert (document.block, document.where) == ("basic", ("res2",))
    page = block_page(inspector)
    page.summary.setPlainText("Something else.")
    assert document.project.blocks["basic"].summary == "Something else."
    page = block_page(inspector)
    retype(page.face.form.fields["channels"], "4")
    assert document.project.blocks["basic"].parameters[0].default == 4
    document.go(())
    assert layer_at(document, "res1").values == {"channels": 4}


def test_the_face_is_renamed_and_emptied_on_the_blocks_page(inspector: Inspector, document: Document) -> None:
    commands.enter(document, "res2")
    page = block_page(inspector)
    page.face._rename("channels")
    type_name("width")
    assert document.project.blocks["residual"].parameters[0].name == "width"
    page = block_page(inspector)
    page.face._lower("width")
    assert not document.project.blocks["residual"].parameters
    assert not block_page(inspector).face.form.fields


def test_fields_of_the_face_have_only_the_buttons_of_the_face(inspector: Inspector, document: Document) -> None:
    commands.enter(document, "res2")
    field = block_page(inspector).face.form.fields["channels"]
    for width in (420, 300, 420):
        inspector.resize(width, 800)
        QApplication.processEvents()
        assert not field.about.isVisible() and not field.reset.isVisible()
        assert field.about.parentWidget().width() <= 11 * STEP
    retype(field, "4")
    assert not field.reset.isVisible()


def test_a_page_follows_the_history_from_block_to_network(inspector: Inspector, document: Document) -> None:
    commands.enter(document, "res1")
    commands.lift(document, "conv1", "bias", "bias")
    assert "bias" in block_page(inspector).face.form.fields
    document.undo_stack.undo()
    assert "bias" not in block_page(inspector).face.form.fields
    commands.leave(document)
    assert node_page(inspector).node == "res1"
    document.select(())
    inspector.refresh()
    assert not isinstance(inspector.page, BlockPage)


def test_what_a_person_says_of_a_block_is_shown_as_it_is(
    inspector: Inspector, document: Document, qtbot: QtBot
) -> None:
    commands.summarise(document, "residual", "Takes {x}, <b>adds</b> it. {")
    document.select(["res1"])
    labels = [label.text() for label in node_page(inspector).findChildren(QLabel)]
    assert "Takes {x}, <b>adds</b> it. {" in labels
    palette = Palette(document)
    qtbot.addWidget(palette)
    (row,) = palette.tree.findItems("Residual", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    assert row.toolTip(0) == "Takes {x}, &lt;b&gt;adds&lt;/b&gt; it. {"
