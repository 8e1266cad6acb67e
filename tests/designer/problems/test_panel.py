"""Problems are listed with severity, node and fixes; a click goes there, a button mends."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from designer.document import Document
from designer.problems.panel import ProblemsPanel
from designer.problems.row import ProblemRow
from designer.theme.style import sheet
from designer.theme.tokens import DARK
from engine.graph import Inlet, Outlet
from engine.graph.edits import add, connect, remove
from engine.layers import make_layer
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
    return " ".join(label.text() for label in page_of(panel).findChildren(QLabel))


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
    panel.setFocus()
    asked: list[str] = []
    panel.asked.connect(asked.append)
    for _ in range(len(panel.found or ()) + 1):
        panel.go(1)
    nodes = [row.problem.node for row in panel.rows]
    assert asked == [*nodes, nodes[0]]


def test_errors_come_before_warnings(panel: ProblemsPanel, document: Document) -> None:
    document.edit(text("delete"), remove(document.graph, ["conv2"], heal=False))
    grave = [row.problem.severity != "error" for row in panel.rows]
    assert grave == sorted(grave)


def test_text_from_a_file_is_shown_as_it_is(panel: ProblemsPanel) -> None:
    labels = page_of(panel).findChildren(QLabel)
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


@pytest.fixture
def sum_of_two(document: Document) -> None:
    """A sum of two branches of other widths beside the network: a misfit with four fixes."""
    graph = add(document.graph, "left", make_layer("conv2d", {"out_channels": 16}))
    graph = add(graph, "right", make_layer("conv2d", {"out_channels": 24}))
    graph = add(graph, "both", make_layer("add", {}))
    for slot, name in enumerate(("left", "right")):
        graph = connect(graph, Outlet("image", "output"), Inlet(name, "image"))
        graph = connect(graph, Outlet(name, "output"), Inlet("both", "parts", slot))
    document.edit(text("add a sum"), graph)


def within(row: ProblemRow) -> bool:
    """Whether the row shows all of its buttons."""
    shown = row.fixes.shown()
    return all(row.rect().contains(button.geometry().translated(row.fixes.pos())) for button in shown)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found
    return found


@pytest.mark.parametrize("width", [640, 760, 1024, 1440, 2400])
def test_fixes_that_do_not_fit_are_in_a_menu(
    panel: ProblemsPanel, sum_of_two: None, width: int, qtbot: QtBot, document: Document
) -> None:
    panel.resize(width, 200)
    row = next(row for row in panel.rows if len(row.problem.fixes) == 4)
    qtbot.waitUntil(lambda: within(row) and row.width() > width - 40)
    page = panel.widget()
    assert page and page.width() <= panel.viewport().width()
    shown = row.fixes.shown()
    menu = row.fixes.more.menu()
    hidden = [action for action in menu.actions() if action.isVisible()] if menu else []
    direct = [button for button in shown if button is not row.fixes.more]
    assert len(direct) >= 1 and len(direct) + len(hidden) == 4
    assert (row.fixes.more in shown) == bool(hidden) == (width < 2400)
    if hidden:
        count = len(panel.rows)
        hidden[-1].trigger()
        qtbot.waitUntil(lambda: len(panel.rows) < count)


def test_the_keys_go_through_rows_and_fixes(
    panel: ProblemsPanel, sum_of_two: None, document: Document, qtbot: QtBot
) -> None:
    panel.activateWindow()
    first, second = panel.rows[:2]
    qtbot.waitUntil(lambda: len(second.fixes.shown()) == 2 and within(second))
    fixes = second.fixes.shown()
    first.setFocus()
    press = [Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left]
    there = [second, fixes[0], fixes[1], fixes[1], fixes[0], second]
    for key, goal in zip(press, there, strict=True):
        QTest.keyClick(focused(), key)
        assert focused() is goal
    fixes[0].setFocus()
    QTest.keyClick(fixes[0], Qt.Key.Key_Up)
    assert focused() is first
    QTest.keyClick(first.buttons[0], Qt.Key.Key_Return)
    assert "flatten1" in document.graph.nodes


def test_a_fix_in_the_menu_is_pondered_while_the_keys_are_on_it(panel: ProblemsPanel, sum_of_two: None) -> None:
    row = next(row for row in panel.rows if len(row.problem.fixes) == 4)
    pondered: list[object] = []
    row.pondered.connect(pondered.append)
    menu = row.fixes.more.menu()
    assert menu
    menu.hovered.emit(menu.actions()[2])
    menu.aboutToHide.emit()
    assert pondered == [row.problem.fixes[2], None]


def broken(document: Document, count: int) -> None:
    """That many layers of which each has a problem of its own."""
    graph = document.graph
    for number in range(count):
        graph = add(graph, f"alone{number}", make_layer("relu", {}))
    document.edit(text("add layers"), graph)


def page_of(panel: ProblemsPanel) -> QWidget:
    page = panel.widget()
    assert page
    return page


def test_rows_that_say_what_they_said_stay(panel: ProblemsPanel, document: Document, qtbot: QtBot) -> None:
    broken(document, 3)
    rows = list(panel.rows)
    document.edit(text("delete"), remove(document.graph, ["alone1"]))
    left = [row for row in rows if row.problem.node != "alone1"]
    assert 0 < len(left) < len(rows)
    assert panel.rows == left
    document.undo_stack.undo()
    assert [row.found for row in panel.rows] == [row.found for row in rows]

    def heights() -> list[int]:
        return [row.mapTo(page_of(panel), row.rect().topLeft()).y() for row in panel.rows]

    qtbot.waitUntil(lambda: len(set(heights())) == len(rows) and heights() == sorted(heights()))


def test_tab_goes_from_above_to_below_after_rows_came_between(panel: ProblemsPanel, document: Document) -> None:
    broken(document, 3)
    document.edit(text("delete"), remove(document.graph, ["alone1"]))
    document.undo_stack.undo()
    panel.activateWindow()
    panel.rows[0].setFocus()
    met = []
    for _ in range(20):
        row = next((row for row in panel.rows if row is focused()), None)
        met += [row] if row and row not in met else []
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert met == panel.rows


def test_a_long_list_is_made_in_slices(panel: ProblemsPanel, document: Document, qtbot: QtBot) -> None:
    broken(document, 60)
    assert panel.found and len(panel.rows) < len(panel.found)
    qtbot.waitUntil(lambda: panel.found is not None and len(panel.rows) == len(panel.found))
    panel.activateWindow()
    document.edit(text("delete"), remove(document.graph, ["alone1"]))
    document.undo_stack.undo()
    panel.setFocus()
    panel.go(-1)
    assert panel.rows[-1].hasFocus() and len(panel.rows) == len(panel.found)


def test_the_focus_stays_in_the_list_when_its_row_goes(panel: ProblemsPanel, document: Document) -> None:
    broken(document, 3)
    panel.activateWindow()
    pondered: list[object] = []
    panel.pondered.connect(pondered.append)
    gone = panel.rows[1]
    gone.setFocus()
    document.edit(text("delete"), remove(document.graph, [gone.problem.node]))
    assert panel.rows[1].hasFocus() and gone not in panel.rows
    assert not any(pondered)


def test_next_problem_goes_on_from_a_node_with_several(panel: ProblemsPanel, document: Document) -> None:
    broken(document, 2)
    panel.activateWindow()
    panel.setFocus()
    met = []
    for _ in panel.found or ():
        panel.go(1)
        met += [row for row in panel.rows if row.hasFocus()]
    assert met == panel.rows
    assert len({row.problem.node for row in met}) < len(met)


def test_a_row_is_as_high_with_a_fix_as_without(panel: ProblemsPanel, document: Document, qtbot: QtBot) -> None:
    panel.setStyleSheet(sheet(DARK))
    panel.resize(2000, 300)
    document.edit(text("add"), add(document.graph, "relu9", make_layer("relu", {})))
    with_fix, without = (next(r for r in panel.rows if bool(r.buttons) == fixed) for fixed in (True, False))
    qtbot.waitUntil(lambda: without.y() > 0 and without.height() < 50)
    assert with_fix.height() == without.height()
