"""A list to choose from by typing a few letters: which node to connect, which wire to take away."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QListWidgetItem, QVBoxLayout, QWidget

from designer.keyboard.speech import announce
from designer.palette.ranking import best
from designer.panels.search_list import SearchList
from designer.theme.labels import Label
from designer.theme.tokens import STEP
from engine.text import tr

WIDTH = 96 * STEP
ICON = 14
ROWS = 10
SHOWN = 200


class Row(NamedTuple):
    """What can be chosen: its words, what is said beside them, the sign before them, and what it stands for."""

    words: str
    note: str
    value: object
    sign: QIcon | None = None


class PickList(SearchList):
    """`picked` carries the value of the row that Enter or a click took; Esc leaves."""

    picked = Signal(object)

    def __init__(self, parent: QWidget, title: str, rows: Sequence[Row]) -> None:
        super().__init__(parent, WIDTH, ROWS)
        self.setAccessibleName(title)
        self._rows, self._shown = list(rows), list(rows)
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(title)
        self.search.textChanged.connect(self._filter)
        self.list.setAccessibleName(title)
        self.list.setIconSize(QSize(ICON, ICON))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(Label(title, "title", wrap=True))
        for widget in (self.search, self.list, self.says):
            column.addWidget(widget)
        self._filter("")

    def open_at(self, point: QPoint, beside: QRect | None = None) -> None:
        self.list.setFixedHeight(ROWS * max(self.list.sizeHintForRow(0), 6 * STEP))
        super().open_at(point, beside)

    def take(self, held: Qt.KeyboardModifier) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            value = self._shown[row].value
            self.close()
            self.picked.emit(value)

    def say(self) -> None:
        row = self.list.currentRow()
        here = self._shown[row] if 0 <= row < len(self._shown) else None
        self.says.setText((here.note or tr("Enter takes it · Esc leaves")) if here else tr("Nothing is called that."))
        if here and self.isVisible():
            announce(self.search, ", ".join(filter(None, (here.words, here.note))))

    def _filter(self, words: str) -> None:
        found = [row for _, row in best(words, self._rows, lambda row: ((row.words,), (row.note,)))]
        self._shown = (found if words.strip() else self._rows)[:SHOWN]
        self.list.clear()
        for row in self._shown:
            item = QListWidgetItem(row.words)
            if row.sign:
                item.setIcon(row.sign)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (row.words, row.note))))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.say()
