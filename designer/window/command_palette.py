"""The command palette: every command, layer and node by a few letters of its name."""

import json
from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from designer.keyboard.speech import announce
from designer.palette.ranking import Fields, best
from designer.theme import tokens
from designer.theme.labels import Label
from designer.theme.style import colour
from designer.window.settings import remember, remembered
from engine.text import tr

SIZE = (640, 400)
SHOWN = 60
RECENT, MOST_RECENT = "commands/recent", 12


class Entry(NamedTuple):
    """Something that can be called: its words, where it belongs, its keys, further words to find it by.

    `id` is what it is remembered by where it was used lately; `why` says why it cannot be called now.
    """

    title: str
    group: str
    keys: str
    call: Callable[[], object]
    enabled: bool = True
    also: str = ""
    id: str = ""
    why: str = ""


class CommandPalette(QFrame):
    """Lies over the window while it is open. Enter calls, Esc closes, so does a click elsewhere."""

    def __init__(self, window: QWidget, entries: Callable[[], Iterable[Entry]]) -> None:
        super().__init__(window)
        self._make_entries = entries
        self._entries: list[Entry] = []
        self._shown: list[Entry] = []
        self._before: QWidget | None = None
        self._room = SIZE[1]
        self.setProperty("role", "card")
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Search commands, layers and nodes"))
        self.field.setAccessibleName(tr("Search commands, layers and nodes"))
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list = self._make_list()
        self._nothing = Label("", "secondary", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * tokens.STEP, 2 * tokens.STEP, 2 * tokens.STEP, 2 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        column.addWidget(self.field)
        column.addWidget(self._nothing)
        column.addWidget(self.list)
        self.hide()

    def open(self) -> None:
        """Shows everything that can be called now, ready for typing."""
        window = self.window()
        self._before = window.focusWidget()
        width, height = min(SIZE[0], window.width()), min(SIZE[1], window.height())
        self._room = height - 2 * tokens.FIELD_HEIGHT
        self.setFixedWidth(width)
        self.move((window.width() - width) // 2, 18 * tokens.STEP)
        self._entries = list(self._make_entries())
        self.field.clear()
        self._filter("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Goes away and gives the focus back."""
        self.hide()
        if self._before:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.scrollToTop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field has the focus; what moves in the list goes there."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event.key())
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._call(self.list.currentIndex().row())
        elif key in steps:
            row = self.list.currentIndex().row() + steps[Qt.Key(key)]
            self._choose(max(0, min(row, len(self._shown) - 1)))
        else:
            return False
        return True

    def _make_list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setProperty("role", "commands")
        tree.setAccessibleName(tr("Commands"))
        tree.setColumnCount(3)
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        tree.setAllColumnsShowFocus(True)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        tree.itemClicked.connect(lambda item, _column: self._call(tree.indexOfTopLevelItem(item)))
        return tree

    def _filter(self, words: str) -> None:
        self._shown = found_by(words, self._entries, recent())[:SHOWN]
        self._nothing.setText(tr("Nothing is called “{words}”.", words=words.strip()))
        self._nothing.setVisible(not self._shown)
        self.list.clear()
        self.list.addTopLevelItems([_row(entry) for entry in self._shown])
        self._choose(0)
        self._fit()

    def _fit(self) -> None:
        """As high as what was found needs, and no higher than there is room."""
        rows = len(self._shown) * self.list.sizeHintForRow(0) if self._shown else 0
        self.list.setFixedHeight(min(rows, self._room))
        self.list.setVisible(bool(self._shown))
        self.setFixedHeight(self.sizeHint().height())

    def _choose(self, row: int) -> None:
        if item := self.list.topLevelItem(row):
            self.list.setCurrentItem(item)
            announce(self.field, item.data(0, Qt.ItemDataRole.AccessibleTextRole))

    def _call(self, row: int) -> None:
        if 0 <= row < len(self._shown) and self._shown[row].enabled:
            entry = self._shown[row]
            self.close_palette()
            if entry.id:
                remember(RECENT, json.dumps([entry.id, *(id for id in recent() if id != entry.id)][:MOST_RECENT]))
            entry.call()


def recent() -> list[str]:
    """The ids of what was called from the palette lately, the last first."""
    try:
        found = json.loads(remembered(RECENT, "[]"))
    except ValueError:
        return []
    return [id for id in found if isinstance(id, str)] if isinstance(found, list) else []


def found_by(words: str, entries: list[Entry], recent: list[str]) -> list[Entry]:
    """The entries that the words find, best first; of equals those used last go first. All for no words."""
    place = {id: number for number, id in enumerate(recent)}
    entries = sorted(entries, key=lambda entry: place.get(entry.id, len(recent)))
    if not words.strip():
        return entries
    return [entry for _, entry in best(words, entries, _fields)]


def _fields(entry: Entry) -> Fields:
    return ((entry.title,), (entry.group, entry.also, entry.keys))


def _row(entry: Entry) -> QTreeWidgetItem:
    row = QTreeWidgetItem([entry.title, entry.why or entry.group, entry.keys])
    row.setDisabled(not entry.enabled)
    told = ", ".join(filter(None, (entry.title, entry.why or entry.group, entry.keys)))
    row.setData(0, Qt.ItemDataRole.AccessibleTextRole, told)
    for column in (1, 2):
        row.setForeground(column, colour("secondary" if entry.enabled else "disabled"))
    return row
