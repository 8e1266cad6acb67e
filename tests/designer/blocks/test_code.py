"""The code of blocks: lines light up at the way one came, and a click on a class leads into it."""

import pytest
from pytestqt.qtbot import QtBot

from designer.blocks import commands
from designer.code.view import CodeView
from designer.document import Document


@pytest.fixture
def code(qtbot: QtBot, document: Document) -> CodeView:
    view = CodeView(document)
    qtbot.addWidget(view)
    view.resize(600, 600)
    view.show()
    qtbot.waitExposed(view)
    view.refresh()
    return view


def lit(code: CodeView) -> list[str]:
    lines = code.page.toPlainText().splitlines()
    return [lines[number - 1].strip() for number in sorted(code.page._lit)]


def line_of(code: CodeView, words: str) -> int:
    return next(number for number, line in enumerate(code.page.toPlainText().splitlines(), 1) if words in line)


def test_a_node_in_a_block_lights_up_its_lines_in_the_class(code: CodeView, document: Document) -> None:
    commands.enter(document, "res1")
    document.select(["conv1"])
    assert [words.split(" = ")[0] for words in lit(code)] == ["self.conv1", "out"]
    commands.open_block(document, "residual")
    document.select(["relu1"])
    assert len(lit(code)) == 2


def test_the_whole_network_is_shown_wherever_one_is(code: CodeView, document: Document) -> None:
    before = code.page.toPlainText()
    commands.enter(document, "res1")
    code.refresh()
    assert code.page.toPlainText() == before
    assert code.source() == before


def test_a_click_on_a_line_of_a_class_leads_into_it(code: CodeView, document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(code.asked) as asked:
        code.page.clicked.emit(line_of(code, "self.relu1"))
    assert (document.where, document.selection, asked.args) == (("res1",), {"relu1"}, ["relu1"])
    commands.leave(document)
    commands.enter(document, "res2")
    code.page.clicked.emit(line_of(code, "self.conv1"))
    assert (document.where, document.selection) == (("res2",), {"conv1"})
    code.page.clicked.emit(line_of(code, "self.linear1"))
    assert (document.where, document.selection) == ((), {"linear1"})
