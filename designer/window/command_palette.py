"""The command palette: every command, layer and node by a few letters of its name."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from designer.theme import tokens
from designer.theme.style import colour
from engine.text import tr

SIZE = (560, 380)
SHOWN = 60


class Entry(NamedTuple):
    """Something that can be called: its words, where it belongs, its keys, further words to find it by."""

    title: str
    group: str
    keys: str
    call: Callable[[], object]
    enabled: bool = True
    also: str = ""


class CommandPalette(QFrame):
    """Lies over the window while it is open. Enter calls, Esc closes, so does a click elsewhere."""

    def __init__(self, window: QWidget, entries: Callable[[], Iterable[Entry]]) -> None:
        super().__init__(window)
        self._make_entries = entries
        self._entries: list[Entry] = []
        self._shown: list[Entry] = []
        self._before: QWidget | None = None
        self.setProperty("role", "card")
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Search commands, layers and nodes"))
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list = self._make_list()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * tokens.STEP, 2 * tokens.STEP, 2 * tokens.STEP, 2 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self.hide()

    def open(self) -> None:
        """Shows everything that can be called now, ready for typing."""
        window = self.window()
        self._before = window.focusWidget()
        width, height = min(SIZE[0], window.width()), min(SIZE[1], window.height())
        self.setGeometry((window.width() - width) // 2, 18 * tokens.STEP, width, height)
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
        ranked = [(rank, place, entry) for place, entry in enumerate(self._entries) if (rank := match(words, entry))]
        ranked.sort(key=lambda found: (-found[0], found[1]))
        self._shown = [entry for _, _, entry in ranked[:SHOWN]]
        self.list.clear()
        self.list.addTopLevelItems([_row(entry) for entry in self._shown])
        self._choose(0)

    def _choose(self, row: int) -> None:
        if item := self.list.topLevelItem(row):
            self.list.setCurrentItem(item)

    def _call(self, row: int) -> None:
        if 0 <= row < len(self._shown) and self._shown[row].enabled:
            self.close_palette()
            self._shown[row].call()


def match(words: str, entry: Entry) -> int:
    """How well an entry fits what was typed: 0 not at all; best where its title begins so."""
    title, rest = entry.title.casefold(), f"{entry.group} {entry.also} {entry.keys}".casefold()
    rank = 1
    for word in words.casefold().split():
        if title.startswith(word):
            rank += 4
        elif f" {word}" in title:
            rank += 3
        elif word in title:
            rank += 2
        elif word not in rest and not _scattered(word, title):
            return 0
    return rank


def _scattered(word: str, title: str) -> bool:
    """True where the letters come in this order: "sva" finds "Save as…"."""
    letters = iter(title)
    return all(letter in letters for letter in word)


def _row(entry: Entry) -> QTreeWidgetItem:
    row = QTreeWidgetItem([entry.title, entry.group, entry.keys])
    row.setDisabled(not entry.enabled)
    for column in (1, 2):
        row.setForeground(column, colour("secondary" if entry.enabled else "disabled"))
    return row
