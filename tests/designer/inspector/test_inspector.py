"""Editing by typing: values are taken at once, wrong ones are said and refused, undo is one step."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from designer.document import Document
from designer.inspector.editors import Editor
from designer.inspector.form import Field
from designer.inspector.inspector import Inspector
from designer.inspector.node_page import NodePage
from designer.inspector.several_page import SeveralPage
from designer.inspector.union import make_editor
from designer.theme import tokens
from engine.graph.edits import add, remove, set_layer
from engine.layers import catalogue, make_layer
from engine.project.starters import make_starter
from engine.text import text


@pytest.fixture
def inspector(qtbot: QtBot, nothing_leaks: None) -> Iterator[Inspector]:
    document = Document()
    document.start(make_starter("mnist-cnn"))
    inspector = Inspector(document)
    inspector.document = document  # type: ignore[attr-defined]
    inspector.resize(320, 900)
    inspector.show()
    qtbot.waitExposed(inspector)
    inspector.activateWindow()
    yield inspector
    inspector.close()
    inspector.deleteLater()


@pytest.fixture
def document(inspector: Inspector) -> Document:
    found: Document = inspector.document  # type: ignore[attr-defined]
    return found


def page_of(inspector: Inspector, document: Document, *names: str) -> NodePage:
    document.select(names)
    inspector.refresh()
    page = inspector.page
    assert isinstance(page, NodePage)
    return page


def boxes(field: Field) -> list[QLineEdit]:
    return field.editor.findChildren(QLineEdit)


@pytest.mark.parametrize("width", [228, 260, 300, 420])
def test_names_of_parameters_are_whole_also_in_a_narrow_panel(
    inspector: Inspector, document: Document, qtbot: QtBot, width: int
) -> None:
    inspector.resize(width, 900)
    fields = page_of(inspector, document, "conv1").form.fields.values()
    qtbot.waitUntil(lambda: all(QLabel.text(field.name) == field.parameter.name for field in fields))
    qtbot.waitUntil(lambda: len({field.editor.x() for field in fields}) == 1)
    assert all(f.rect().contains(part.geometry()) for f in fields for part in (f.name, f.editor))


@pytest.mark.parametrize("width", [228, 420])
def test_fields_fit_a_panel_that_becomes_another_width(
    inspector: Inspector, document: Document, qtbot: QtBot, width: int
) -> None:
    fields = list(page_of(inspector, document, "conv1").form.fields.values())
    qtbot.waitUntil(lambda: fields[0].about.isVisible())
    inspector.resize(width, 900)
    qtbot.waitUntil(lambda: len({field.editor.x() for field in fields}) == 1)
    qtbot.waitUntil(lambda: all(f.rect().contains(f.editor.geometry()) for f in fields))
    assert all(f.name.geometry().right() < f.editor.x() for f in fields)


@pytest.mark.parametrize("width", [276, 300, 420])
def test_the_way_back_takes_no_room_from_the_editor(
    inspector: Inspector, document: Document, qtbot: QtBot, width: int
) -> None:
    inspector.resize(width, 900)
    field = page_of(inspector, document, "conv1").form.fields["padding_mode"]
    qtbot.waitUntil(lambda: field.about.isVisible())
    before = field.editor.geometry()
    field.show_value("circular")
    qtbot.waitUntil(lambda: field.reset.isVisible() and not field.about.isVisible())
    assert field.editor.geometry() == before
    assert field.width() - before.right() <= field.about.width() + 2 * tokens.STEP


def type_over(qtbot: QtBot, box: QLineEdit, words: str) -> None:
    """What a person does: click into the field, select all, type."""
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    if words.isascii():
        qtbot.keyClicks(box, words)
    else:  # other scripts come from an input method
        typed = QInputMethodEvent()
        typed.setCommitString(words)
        QApplication.sendEvent(box, typed)


def test_typing_changes_the_network_and_the_report_at_once(
    inspector: Inspector, document: Document, qtbot: QtBot
) -> None:
    page = page_of(inspector, document, "conv1")
    before = document.report.total.parameters
    type_over(qtbot, boxes(page.form.fields["out_channels"])[0], "16")
    assert document.graph.nodes["conv1"].layer.out_channels == 16  # type: ignore[attr-defined]
    assert document.report.total.parameters < before
    assert str(document.report.specs["conv1"][0]) == "(N, 16, 26, 26)"
    inspector.refresh()
    assert ("out", "output", "N×16×26×26") in page.foot.rows


def test_typing_is_one_step_of_the_history(inspector: Inspector, document: Document, qtbot: QtBot) -> None:
    page = page_of(inspector, document, "conv1")
    type_over(qtbot, boxes(page.form.fields["out_channels"])[0], "128")
    assert document.undo_stack.undoText() == "set out_channels of conv1"
    document.undo_stack.undo()
    assert document.graph.nodes["conv1"].layer.out_channels == 32  # type: ignore[attr-defined]
    assert not document.undo_stack.canUndo()
    inspector.refresh()
    assert boxes(page.form.fields["out_channels"])[0].text() == "32"


def test_coming_back_to_a_field_begins_another_step(inspector: Inspector, document: Document, qtbot: QtBot) -> None:
    page = page_of(inspector, document, "conv1")
    box, other = (boxes(page.form.fields[name])[0] for name in ("out_channels", "groups"))
    type_over(qtbot, box, "16")
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    type_over(qtbot, box, "8")
    document.undo_stack.undo()
    assert document.graph.nodes["conv1"].layer.out_channels == 16  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("parameter", "words", "said"),
    [
        ("out_channels", "0", "must be ≥ 1; it is 0"),
        ("out_channels", "many", "a whole number, ≥ 1; here is “many”"),
        ("out_channels", ".5", "a whole number"),
        ("kernel_size", "", "here is nothing"),
        ("groups", "5", "must divide out_channels"),
    ],
)
def test_a_wrong_value_says_why_and_is_not_taken(
    inspector: Inspector, document: Document, qtbot: QtBot, parameter: str, words: str, said: str
) -> None:
    page = page_of(inspector, document, "conv1")
    before = document.graph
    field = page.form.fields[parameter]
    box = boxes(field)[0]
    type_over(qtbot, box, words)
    if not words:
        qtbot.keyClick(box, Qt.Key.Key_Delete)
    assert document.graph is before
    assert said in field.note.text()
    assert field.note.isVisible() and field.note.property("role") == "problem"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert field.note.property("role") == "secondary"
    field.editor.read()


def test_the_arrow_keys_step(inspector: Inspector, document: Document, qtbot: QtBot) -> None:
    page = page_of(inspector, document, "conv1")
    box = boxes(page.form.fields["out_channels"])[0]
    qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.keyClick(box, Qt.Key.Key_PageUp)
    assert document.graph.nodes["conv1"].layer.out_channels == 43  # type: ignore[attr-defined]
    qtbot.keyClick(boxes(page.form.fields["groups"])[0], Qt.Key.Key_Down)
    assert document.graph.nodes["conv1"].layer.groups == 1  # type: ignore[attr-defined]


def test_padding_is_numbers_or_a_word(inspector: Inspector, document: Document, qtbot: QtBot) -> None:
    page = page_of(inspector, document, "conv1")
    field = page.form.fields["padding"]
    box = field.editor.findChild(QComboBox)
    qtbot.keyClicks(box, "same")
    assert document.graph.nodes["conv1"].layer.padding == "same"  # type: ignore[attr-defined]
    inspector.refresh()
    assert not any(edit.isVisible() for edit in boxes(field))
    qtbot.keyClick(box, Qt.Key.Key_Home)
    assert document.graph.nodes["conv1"].layer.padding == (0, 0)  # type: ignore[attr-defined]
    inspector.refresh()
    type_over(qtbot, boxes(field)[1], "2")
    assert document.graph.nodes["conv1"].layer.padding == (0, 2)  # type: ignore[attr-defined]


def test_reset_goes_back_to_the_default(inspector: Inspector, document: Document, qtbot: QtBot) -> None:
    page = page_of(inspector, document, "conv2")
    field = page.form.fields["out_channels"]
    assert field.reset.isVisible()
    qtbot.mouseClick(field.reset, Qt.MouseButton.LeftButton)
    assert document.graph.nodes["conv2"].layer.out_channels == 32  # type: ignore[attr-defined]
    assert not field.reset.isVisible()


def test_help_is_shown_while_a_field_is_used(inspector: Inspector, document: Document, qtbot: QtBot) -> None:
    page = page_of(inspector, document, "conv1")
    field = page.form.fields["stride"]
    assert not field.note.isVisible()
    qtbot.mouseClick(boxes(field)[0], Qt.MouseButton.LeftButton)
    assert "How far a filter moves" in field.note.text()
    assert "≥ 1 px" in field.note.text()


def test_a_node_is_renamed(inspector: Inspector, document: Document, qtbot: QtBot) -> None:
    page = page_of(inspector, document, "conv1")
    type_over(qtbot, page.name, "卷积")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    inspector.refresh()
    assert "卷积" in document.graph.nodes and "conv1" not in document.graph.nodes
    assert document.selection == {"卷积"}
    assert isinstance(inspector.page, NodePage) and inspector.page.node == "卷积"
    document.undo_stack.undo()
    inspector.refresh()
    assert inspector.page.name.text() == "conv1"


@pytest.mark.parametrize(
    ("name", "said"), [("class", "Python"), ("train", "PyTorch"), ("relu1", "already"), ("1a", "")]
)
def test_a_wrong_name_is_said_and_not_taken(
    inspector: Inspector, document: Document, qtbot: QtBot, name: str, said: str
) -> None:
    page = page_of(inspector, document, "conv1")
    before = document.graph
    type_over(qtbot, page.name, name)
    assert page.fault.isVisible() and said in page.fault.text()
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    assert document.graph is before
    qtbot.keyClick(page.name, Qt.Key.Key_Escape)
    assert page.name.text() == "conv1" and not page.fault.isVisible()


def test_a_name_is_taken_in_its_normal_form(inspector: Inspector, document: Document, qtbot: QtBot) -> None:
    page = page_of(inspector, document, "conv1")
    type_over(qtbot, page.name, " ｓｔｅｍ ")
    assert not page.fault.isVisible()
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    inspector.refresh()
    assert "stem" in document.graph.nodes
    assert page.name.text() == "stem"


def test_a_label_is_any_text(inspector: Inspector, document: Document, qtbot: QtBot) -> None:
    page = page_of(inspector, document, "conv1")
    type_over(qtbot, page.label, "<b>第一层</b>")
    assert document.graph.nodes["conv1"].label == "<b>第一层</b>"
    document.undo_stack.undo()
    assert document.graph.nodes["conv1"].label == ""


def test_several_of_one_type_are_edited_together(inspector: Inspector, document: Document, qtbot: QtBot) -> None:
    document.select(["conv1", "conv2"])
    inspector.refresh()
    page = inspector.page
    assert isinstance(page, SeveralPage) and page.form is not None
    assert "differ" in page.form.fields["out_channels"].note.text()
    type_over(qtbot, boxes(page.form.fields["out_channels"])[0], "48")
    layers = [document.graph.nodes[name].layer for name in ("conv1", "conv2", "conv3")]
    assert [layer.out_channels for layer in layers] == [48, 48, 64]  # type: ignore[attr-defined]
    document.undo_stack.undo()
    assert not document.undo_stack.canUndo()


def test_several_types_are_edited_where_they_have_the_same_parameter(
    inspector: Inspector, document: Document, qtbot: QtBot
) -> None:
    graph = document.graph
    for name, kind in {"wide": "conv2d", "long": "conv1d", "full": "linear"}.items():
        graph = add(graph, name, make_layer(kind, {}))
    document.edit(text("add"), graph)
    document.select(["wide", "long"])
    inspector.refresh()
    page = inspector.page
    assert isinstance(page, SeveralPage) and page.form is not None
    assert "out_channels" in page.form.fields and "kernel_size" not in page.form.fields
    type_over(qtbot, boxes(page.form.fields["out_channels"])[0], "7")
    nodes = document.graph.nodes
    assert [nodes[name].layer.out_channels for name in ("wide", "long")] == [7, 7]  # type: ignore[attr-defined]
    document.undo_stack.undo()
    assert {name: node.layer for name, node in document.graph.nodes.items()} == {
        name: node.layer for name, node in graph.nodes.items()
    }
    document.select(["wide", "long", "full"])
    inspector.refresh()
    assert isinstance(inspector.page, SeveralPage) and inspector.page.form
    assert set(inspector.page.form.fields) == {"bias"}


def test_the_page_of_many_goes_over_to_others_where_it_has_no_form(inspector: Inspector, document: Document) -> None:
    nodes = document.graph.nodes
    mixed = [name for name in nodes if not type(nodes[name].layer).about.parameters][:2]
    document.select({"conv1", *mixed})
    inspector.refresh()
    page = inspector.page
    assert isinstance(page, SeveralPage) and page.form is None
    document.select(nodes)
    inspector.refresh()
    assert inspector.page is page
    assert page.names == list(nodes) and str(len(nodes)) in page.count.text()
    whole = page.figures.text()
    document.select({"conv1", "conv2"})
    inspector.refresh()
    assert isinstance(inspector.page, SeveralPage) and inspector.page.form
    document.select(nodes)
    inspector.refresh()
    assert isinstance(inspector.page, SeveralPage) and inspector.page.figures.text() == whole


def test_several_of_other_types_say_what_can_be_done(inspector: Inspector, document: Document) -> None:
    document.select(["conv1", "relu1"])
    inspector.refresh()
    assert isinstance(inspector.page, SeveralPage) and inspector.page.form is None


def test_a_page_turns_to_another_node_of_its_type(inspector: Inspector, document: Document, qtbot: QtBot) -> None:
    page = page_of(inspector, document, "conv1")
    type_over(qtbot, boxes(page.form.fields["groups"])[0], "5")
    assert page_of(inspector, document, "conv2") is page
    assert page.name.text() == "conv2"
    assert page.form.fields["out_channels"].editor.read() == 64
    assert page.form.fields["groups"].editor.read() == 1
    assert page.form.fields["groups"].note.property("role") == "secondary"
    type_over(qtbot, boxes(page.form.fields["out_channels"])[0], "8")
    assert document.graph.nodes["conv2"].layer.out_channels == 8  # type: ignore[attr-defined]
    assert document.graph.nodes["conv1"].layer.out_channels == 32  # type: ignore[attr-defined]


def test_a_replaced_layer_gets_its_own_form(inspector: Inspector, document: Document) -> None:

    page_of(inspector, document, "relu1")
    document.edit(text("replace"), set_layer(document.graph, "relu1", make_layer("leaky_relu", {})))
    inspector.refresh()
    assert isinstance(inspector.page, NodePage) and inspector.page.form.fields.keys() == {"negative_slope"}


def test_a_removed_node_leaves_the_summary(inspector: Inspector, document: Document) -> None:

    page_of(inspector, document, "relu1")
    document.edit(text("delete"), remove(document.graph, ["relu1"]))
    inspector.refresh()
    assert not isinstance(inspector.page, NodePage)


def test_every_editor_shows_and_reads_what_it_was_given(qtbot: QtBot) -> None:

    for cls in catalogue().values():
        for parameter in cls.about.parameters:
            editor: Editor = make_editor(parameter)
            qtbot.addWidget(editor)
            editor.show_value(parameter.default)
            assert editor.read() == parameter.default, (cls.about.id, parameter.name)
