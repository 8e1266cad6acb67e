"""The code view: live, tied to the selection both ways, readable in both themes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.code.view import CodeView
from designer.document import Document
from engine.graph.edits import remove, rename, set_layer
from engine.layers import with_parameters
from engine.lower.printer import print_program
from engine.lower.program import lower
from engine.project.starters import make_starter
from engine.text import text


@pytest.fixture
def document() -> Document:
    document = Document()
    document.start(make_starter("mnist-cnn"))
    return document


@pytest.fixture
def view(document: Document, qtbot: QtBot, nothing_leaks: None) -> Iterator[CodeView]:
    view = CodeView(document)
    view.resize(600, 300)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.close()
    view.deleteLater()


def line_of(view: CodeView, words: str) -> int:
    lines = view.page.toPlainText().splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_it_shows_python_that_compiles(view: CodeView) -> None:
    source = view.page.toPlainText()
    assert "class Network(nn.Module):" in source
    compile(source, "network.py", "exec")


def test_it_follows_an_edit(view: CodeView, document: Document, qtbot: QtBot) -> None:
    layer = with_parameters(document.graph.nodes["conv1"].layer, out_channels=7)
    document.edit(text("set"), set_layer(document.graph, "conv1", layer))
    assert "out_channels=7" not in view.page.toPlainText()
    qtbot.waitUntil(lambda: "out_channels=7" in view.page.toPlainText())


def test_after_any_edit_the_whole_source_is_shown(view: CodeView, document: Document) -> None:
    for name in ("relu1", "conv3", "linear2"):
        document.edit(text("delete"), remove(document.graph, [name]))
        view.refresh()
        assert view.page.toPlainText() == print_program(lower(document.graph, document.report, partial=True)).text
    document.edit(text("rename"), rename(document.graph, "conv1", "𠀀first"))
    document.edit(text("rename"), rename(document.graph, "conv2", "second"))
    view.refresh()
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
        view.refresh()
        assert view.page.toPlainText() == print_program(lower(document.graph, document.report, partial=True)).text


def test_a_selected_node_lights_its_lines_and_is_scrolled_to(view: CodeView, document: Document) -> None:
    view.page.verticalScrollBar().setValue(0)
    document.select(["linear2"])
    assert line_of(view, "self.linear2 = ") in view.page.lit
    assert line_of(view, "= self.linear2(") in view.page.lit
    assert any(view.page._visible(line) for line in view.page.lit)
    document.select([])
    assert view.page.lit == ()


def test_a_click_on_a_line_selects_its_node(view: CodeView, document: Document, qtbot: QtBot) -> None:
    block = view.page.document().findBlockByNumber(line_of(view, "self.conv2 = ") - 1)
    box = view.page.blockBoundingGeometry(block).translated(view.page.contentOffset())
    with qtbot.waitSignal(view.asked) as told:
        place = QPoint(60, round(box.center().y()))
        qtbot.mouseClick(view.page.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["conv2"]
    assert document.selection == {"conv2"}


def test_a_half_drawn_network_is_shown_as_far_as_it_goes(view: CodeView, document: Document, qtbot: QtBot) -> None:
    document.edit(text("delete"), remove(document.graph, ["flatten1"]))
    view.refresh()
    assert "self.conv3" in view.page.toPlainText()
    assert view.note.isVisible() and "linear1" in view.note.text()
    document.undo_stack.undo()
    view.refresh()
    assert not view.note.isVisible()


def test_copy_puts_the_source_on_the_clipboard(view: CodeView, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == view.page.toPlainText()


def test_names_of_any_script_are_printed(view: CodeView, document: Document) -> None:
    document.edit(text("rename"), rename(document.graph, "conv1", "卷积"))
    view.refresh()
    assert "self.卷积 = nn.Conv2d(" in view.page.toPlainText()


def test_a_hidden_view_does_nothing(view: CodeView, document: Document, qtbot: QtBot) -> None:
    view.hide()
    document.edit(text("rename"), rename(document.graph, "conv1", "first"))
    qtbot.wait(200)
    assert "first" not in view.page.toPlainText()
    view.show()
    assert "first" in view.page.toPlainText()
