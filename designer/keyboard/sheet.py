"""The sheet of all shortcuts: by menu, in columns, with a field that searches them."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from designer.keyboard.editor import ShortcutEditor
from designer.keyboard.keymap import keymap, shown
from designer.palette.ranking import match
from designer.theme import tokens
from designer.theme.labels import Label
from designer.window.commands import BREAK, MENUS
from engine.text import Text, say, text, tr

SIZE = (940, 640)
COLUMN = 400
HAND = text("By mouse and by hand")
FIXED: tuple[tuple[Text, Text], ...] = (
    (text("Leave, select nothing, back to the canvas"), text("Esc")),
    (text("Move the view"), text("Space and drag, middle button")),
    (text("Zoom"), text("Ctrl and wheel")),
    (text("Add to the selection"), text("Shift and click")),
    (text("Menu of what is selected"), text("Menu key, Shift+F10")),
)
"""What belongs to no command and cannot be changed."""


class Line(NamedTuple):
    """A row of the sheet with the words that it is found by."""

    widget: QWidget
    words: tuple[str, ...]


class ShortcutSheet(QDialog):
    """Shows what every key does. A button leads to where keys are changed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search commands or keys"))
        self.search.setAccessibleName(tr("Search commands or keys"))
        self.search.textChanged.connect(self.show_found)
        self.change = QPushButton(tr("Change…"))
        self.change.setAutoDefault(False)
        self.change.clicked.connect(self._change)
        self._parent = parent
        self._nothing = Label("", "secondary")
        self._nothing.hide()
        self._groups: list[tuple[QWidget, list[Line]]] = []
        self.resize(min(SIZE[0], parent.width()), min(SIZE[1], parent.height()))
        self._lay_out()

    def show_found(self, words: str) -> None:
        """Leaves what the words find in sight."""
        found = 0
        for group, lines in self._groups:
            fits = [not words.strip() or match(words, (line.words[:1], line.words[1:])) is not None for line in lines]
            for line, fit in zip(lines, fits, strict=True):
                line.widget.setVisible(fit)
            group.setVisible(any(fits))
            found += sum(fits)
        self._nothing.setText(tr("No command is called “{words}”.", words=words.strip()))
        self._nothing.setVisible(not found)

    def _change(self) -> None:
        self.close()
        ShortcutEditor(self._parent).open()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("role", "panel")
        row = QHBoxLayout(page)
        row.setContentsMargins(5 * tokens.STEP, 0, 5 * tokens.STEP, 4 * tokens.STEP)
        row.setSpacing(10 * tokens.STEP)
        for groups in _in_columns(self._make_groups(), max(1, self.width() // COLUMN)):
            column = QVBoxLayout()
            column.setSpacing(0)
            for group in groups:
                column.addWidget(group)
            column.addStretch(1)
            row.addLayout(column, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        buttons = QDialogButtonBox()
        close = buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        top = QHBoxLayout()
        top.setContentsMargins(5 * tokens.STEP, 4 * tokens.STEP, 5 * tokens.STEP, 2 * tokens.STEP)
        top.addWidget(self.search, 1)
        top.addWidget(self.change)
        foot = QHBoxLayout()
        foot.setContentsMargins(5 * tokens.STEP, tokens.STEP, 5 * tokens.STEP, 3 * tokens.STEP)
        foot.addWidget(Label(tr("Keys without Ctrl or Alt hold while the canvas has the focus."), "secondary"), 1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(area, 1)
        column.addLayout(foot)
        self.search.setFocus()

    def _make_groups(self) -> list[QWidget]:
        for title, commands in MENUS.items():
            rows = [
                (say(command.title).replace("&", ""), [shown(keys) for keys in keymap.keys(command.id)])
                for command in commands
                if command is not BREAK and keymap.keys(command.id)
            ]
            self._add_group(say(title).replace("&", ""), rows)
        self._add_group(say(HAND), [(say(what), [say(keys)]) for what, keys in FIXED])
        return [group for group, _ in self._groups]

    def _add_group(self, title: str, rows: Sequence[tuple[str, list[str]]]) -> None:
        group = QWidget()
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 4 * tokens.STEP, 0, 0)
        column.setSpacing(tokens.STEP)
        column.addWidget(Label(title, "title"))
        lines = []
        for words, keys in rows:
            line = Line(_line(words, keys), (words, *keys, title))
            column.addWidget(line.widget)
            lines.append(line)
        self._groups.append((group, lines))


def _line(words: str, keys: Sequence[str]) -> QWidget:
    """What it does at the left, its keys as caps at the right."""
    line = QWidget()
    line.setAccessibleName(f"{words}: {', '.join(keys)}")
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(tokens.STEP)
    row.addWidget(Label(words, "secondary"), 1)
    for key in keys:
        row.addWidget(Label(key, "key"))
    return line


def _in_columns(groups: Sequence[QWidget], count: int) -> list[list[QWidget]]:
    """The groups shared out, in their order, so that the columns are about of one height."""
    heights = [group.sizeHint().height() for group in groups]
    columns: list[list[QWidget]] = [[] for _ in range(count)]
    limit, at, filled = sum(heights) / count, 0, 0.0
    for group, height in zip(groups, heights, strict=True):
        if filled + height / 2 > limit and at < count - 1:
            at, filled = at + 1, 0.0
        columns[at].append(group)
        filled += height
    return columns
