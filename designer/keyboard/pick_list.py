"""A list to choose from by typing a few letters: which node to connect, which wire to take away."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from designer.keyboard.speech import announce
from designer.palette.ranking import best
from designer.theme.labels import Label
from designer.theme.tokens import STEP
from engine.text import tr

WIDTH = 96 * STEP
ICON = 14
ROWS = 10
SHOWN = 200
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -ROWS, Qt.Key.Key_PageDown: ROWS}


class Row(NamedTuple):
    """What can be chosen: its words, what is said beside them, the sign before them, and what it stands for."""

    words: str
    note: str
    value: object
    sign: QIcon | None = None


class PickList(QFrame):
    """Opens over a widget. `picked` carries the value of the row that Enter or a click took; Esc leaves."""

    picked = Signal(object)

    def __init__(self, parent: QWidget, title: str, rows: Sequence[Row]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self._parent, self._rows, self._shown = parent, list(rows), list(rows)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(title)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setProperty("role", "pick")
        self.list.setAccessibleName(title)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setIconSize(QSize(ICON, ICON))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _: self._take())
        self.list.currentRowChanged.connect(lambda _: self._say())
        self.says = Label("", "secondary", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(Label(title, "title", wrap=True))
        for widget in (self.search, self.list, self.says):
            column.addWidget(widget)
        self._filter("")

    def open_at(self, point: QPoint) -> None:
        """Shows the list with its corner at a point of the screen, moved so that all of it is in sight."""
        self.setFixedWidth(WIDTH)
        self.list.setFixedHeight(ROWS * max(self.list.sizeHintForRow(0), 6 * STEP))
        self.adjustSize()
        room = self._parent.screen().availableGeometry()
        x, y = min(point.x(), room.right() - WIDTH), min(point.y(), room.bottom() - self.height())
        self.move(max(x, room.left()), max(y, room.top()))
        self.show()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in STEPS:
            self.list.setCurrentRow(min(max(self.list.currentRow() + STEPS[key], 0), self.list.count() - 1))
        else:
            return False
        return True

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
        self._say()

    def _take(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            value = self._shown[row].value
            self.close()
            self.picked.emit(value)

    def _say(self) -> None:
        row = self.list.currentRow()
        here = self._shown[row] if 0 <= row < len(self._shown) else None
        self.says.setText((here.note or tr("Enter takes it · Esc leaves")) if here else tr("Nothing is called that."))
        if here and self.isVisible():
            announce(self.search, ", ".join(filter(None, (here.words, here.note))))
