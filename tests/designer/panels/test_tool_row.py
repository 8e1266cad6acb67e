"""A row of buttons that is narrower than its words."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from designer.panels.tool_row import ToolRow
from designer.theme.icons import icon

WORDS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon


@pytest.fixture
def row(qtbot: QtBot) -> Iterator[ToolRow]:
    page = QWidget()
    qtbot.addWidget(page)
    row = ToolRow(QAction(icon("trash"), f"Do a thing {number}", page) for number in range(6))
    row.setParent(page)
    row.show()
    page.show()
    yield row  # while the page is kept


def test_words_go_from_the_end_and_all_buttons_stay(row: ToolRow) -> None:
    counts = []
    for width in (2000, 500, 300, row.minimumSizeHint().width()):
        row.resize(width, 40)
        row.layout().activate()  # type: ignore[union-attr]
        assert all(row.rect().contains(button.geometry()) for button in row.buttons)
        worded = [button.toolButtonStyle() == WORDS for button in row.buttons]
        assert worded == sorted(worded, reverse=True)
        assert all(button.toolTip() for button in row.buttons)
        counts.append(sum(worded))
    assert counts[0] == 6 and counts[-1] == 0 and counts == sorted(counts, reverse=True)
    row.resize(2000, 40)
    assert all(button.toolButtonStyle() == WORDS for button in row.buttons)
