"""Problems are listed with severity, node and fixes; a click goes there, a button mends."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from designer.document import Document
from designer.problems.panel import ProblemsPanel
from engine.graph.edits import remove
from engine.project.starters import make_starter
from engine.text import text


@pytest.fixture
def document() -> Document:
    """The textbook network without its flatten layer."""
    document = Document()
    document.start(make_starter("mnist-cnn"))
    document.edit(text("delete flatten1"), remove(document.graph, ["flatten1"]))
    return document


@pytest.fixture
def panel(document: Document, qtbot: QtBot, nothing_leaks: None) -> Iterator[ProblemsPanel]:
    panel = ProblemsPanel(document)
    panel.resize(900, 200)
    panel.show()
    qtbot.waitExposed(panel)
    yield panel
    panel.close()
    panel.deleteLater()


def words(panel: ProblemsPanel) -> str:
    return " ".join(label.text() for label in panel.widget().findChildren(QLabel))


def test_a_problem_says_how_grave_it_is_where_and_what(panel: ProblemsPanel) -> None:
    assert len(panel.rows) == 1
    assert "Error" in words(panel)
    assert "linear1" in words(panel)
    assert "64, 3, 3" in words(panel)


def test_a_fix_says_what_it_does_and_mends_in_one_step(panel: ProblemsPanel, document: Document, qtbot: QtBot) -> None:
    button = panel.rows[0].buttons[0]
    assert "flatten" in button.text().lower()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert document.report.ok
    assert "No problems" in words(panel)
    document.undo_stack.undo()
    assert not document.report.ok
    assert len(panel.rows) == 1


def test_a_click_asks_for_the_node(panel: ProblemsPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.asked) as told:
        qtbot.mouseClick(panel.rows[0], Qt.MouseButton.LeftButton)
    assert told.args == ["linear1"]


def test_enter_on_a_problem_asks_for_the_node(panel: ProblemsPanel, qtbot: QtBot) -> None:
    panel.rows[0].setFocus()
    with qtbot.waitSignal(panel.asked):
        qtbot.keyClick(panel.rows[0], Qt.Key.Key_Return)


def test_next_problem_goes_round(panel: ProblemsPanel, document: Document, qtbot: QtBot) -> None:
    document.edit(text("delete"), remove(document.graph, ["conv2"], heal=False))
    panel.activateWindow()
    asked: list[str] = []
    panel.asked.connect(asked.append)
    for _ in range(len(panel.rows) + 1):
        panel.go(1)
    nodes = [row.problem.node for row in panel.rows]
    assert asked == [*nodes, nodes[0]]


def test_errors_come_before_warnings(panel: ProblemsPanel, document: Document) -> None:
    document.edit(text("delete"), remove(document.graph, ["conv2"], heal=False))
    grave = [row.problem.severity != "error" for row in panel.rows]
    assert grave == sorted(grave)


def test_text_from_a_file_is_shown_as_it_is(panel: ProblemsPanel) -> None:
    labels = panel.widget().findChildren(QLabel)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


def test_the_context_menu_offers_node_fixes_and_text(panel: ProblemsPanel, document: Document, qtbot: QtBot) -> None:
    row = panel.rows[0]
    assert row.contextMenuPolicy() == Qt.ContextMenuPolicy.ActionsContextMenu
    show, *fixes, copy = row.actions()
    with qtbot.waitSignal(panel.asked) as told:
        show.trigger()
    assert told.args == ["linear1"]
    copy.trigger()
    qtbot.waitUntil(lambda: "64, 3, 3" in QGuiApplication.clipboard().text())
    assert [action.text() for action in fixes] == [button.text() for button in row.buttons]
    fixes[0].trigger()
    qtbot.waitUntil(lambda: document.report.ok)
