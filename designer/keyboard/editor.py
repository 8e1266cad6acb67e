"""The dialog in which shortcuts are changed: every command, the keys that are pressed for it, and whose they were."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from designer.keyboard.key_field import KeyField
from designer.keyboard.keymap import MOST_KEYS, keymap, shown
from designer.keyboard.speech import announce
from designer.palette.ranking import match
from designer.theme import fonts, tokens
from designer.theme.labels import Label
from designer.window.commands import BREAK, COMMANDS, MENUS, Command, plain
from engine.text import say, tr

SIZE = (640, 600)
ID = int(Qt.ItemDataRole.UserRole)


class ShortcutEditor(QDialog):
    """Changes the keymap at once; closing it needs no answer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Change shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit()
        self.list = _list()
        self.keys = KeyField()
        self.note = Label("", "secondary", wrap=True)
        self.give = QPushButton(tr("Take them"))
        self.change = QPushButton(tr("Change…"))
        self.add = QPushButton(tr("Add keys…"))
        self.remove = QPushButton(tr("Remove keys"))
        self.reset = QPushButton(tr("Reset"))
        self.reset_all = QPushButton(tr("Reset all"))
        self._wanted = ""
        self._adds = False
        self._lay_out()
        self._connect()
        self._fill()
        self.resize(min(SIZE[0], parent.width()), min(SIZE[1], parent.height()))
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; none is a default, which Enter in the search would press too."""
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QPushButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def show_found(self, words: str) -> None:
        """Leaves those commands in sight that the words find, by title, menu or keys."""
        for group in self._groups():
            rows = _children(group)
            for row in rows:
                fields = ((row.text(0),), (row.text(1), group.text(0)))
                row.setHidden(bool(words.strip()) and match(words, fields) is None)
            group.setHidden(all(row.isHidden() for row in rows))
        seen = next((row for row in self._rows() if not row.isHidden()), None)
        current = self.list.currentItem()
        if seen and (current is None or current.isHidden()):
            self.list.setCurrentItem(seen)

    def begin(self, adds: bool = False) -> None:
        """Waits for keys for the current command."""
        if self.command():
            self._adds = adds
            self._wanted = ""
            self.keys.clear()
            self.keys.setEnabled(True)
            self.keys.setFocus()
            self._say(tr("Press the keys for “{command}”. Esc leaves it as it is.", command=self._title()))

    def command(self) -> Command | None:
        """The command of the current row."""
        item = self.list.currentItem()
        return COMMANDS.get(item.data(0, ID) or "") if item else None

    def _taken(self, keys: str) -> None:
        """Keys were pressed: free ones are given at once; for others it is asked, and both commands are named."""
        command, other = self.command(), COMMANDS.get(keymap.command(keys))
        if command is None:
            return
        self._wanted = keys
        if other and other.id != command.id:
            self.give.setVisible(True)
            self.give.setFocus()
            self._say(
                tr(
                    "{keys} is “{other}”. Take them for “{command}”? Then “{other}” is left with: {left}.",
                    keys=shown(keys),
                    other=_words(other),
                    command=self._title(),
                    left=_keys_words(tuple(key for key in keymap.keys(other.id) if key != keys)),
                ),
                "warning",
            )
        else:
            self._give()

    def _give(self) -> None:
        command = self.command()
        if command and self._wanted:
            kept = keymap.keys(command.id)[: MOST_KEYS - 1] if self._adds else ()
            keymap.give(command.id, (*kept, self._wanted))
            keys, title = shown(self._wanted), self._title()
            if command.canvas or plain(self._wanted):
                self._end(tr("{keys} is “{command}” now, while the canvas has the focus.", keys=keys, command=title))
            else:
                self._end(tr("{keys} is “{command}” now.", keys=keys, command=title))

    def _end(self, words: str) -> None:
        self._wanted = ""
        self.keys.clear()
        self.keys.setEnabled(False)
        self.give.setVisible(False)
        self.list.setFocus()
        self._say(words)

    def _clear(self) -> None:
        if command := self.command():
            keymap.give(command.id, ())
            self._end(tr("“{command}” has no keys now.", command=self._title()))

    def _reset(self) -> None:
        if command := self.command():
            losers = {keymap.command(keys) for keys in keymap.defaults(command.id)} - {"", command.id}
            keymap.reset(command.id)
            lost = ", ".join(_words(COMMANDS[id]) for id in sorted(losers))
            words = tr("“{command}” has its first keys again.", command=self._title())
            self._end(f"{words} {tr('They were taken from: {commands}.', commands=lost)}" if lost else words)

    def _reset_all(self) -> None:
        keymap.reset_all()
        self._end(tr("Every command has its first keys again."))

    def _show_keys(self) -> None:
        for row in self._rows():
            id = row.data(0, ID)
            row.setText(1, _keys_words(keymap.keys(id)))
            row.setText(2, tr("changed") if keymap.is_own(id) else "")
        self._show_buttons()

    def _show_buttons(self) -> None:
        command = self.command()
        for button in (self.change, self.add):
            button.setEnabled(command is not None)
        self.remove.setEnabled(bool(command and keymap.keys(command.id)))
        self.reset.setEnabled(bool(command and keymap.is_own(command.id)))
        self.reset_all.setEnabled(keymap.dumps() != "{}")

    def _say(self, words: str, role: str = "secondary") -> None:
        self.note.setProperty("role", role)
        self.note.style().polish(self.note)
        self.note.setText(words)
        announce(self, words)

    def _title(self) -> str:
        command = self.command()
        return _words(command) if command else ""

    def _fill(self) -> None:
        for title, commands in MENUS.items():
            group = QTreeWidgetItem(self.list, [say(title).replace("&", "")])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.setFirstColumnSpanned(True)
            group.setFont(0, fonts.words(bold=True))
            for command in commands:
                if command is not BREAK:
                    QTreeWidgetItem(group, [_words(command)]).setData(0, ID, command.id)
        self.list.expandAll()
        self._show_keys()
        self.list.setCurrentItem(next(iter(self._rows())))
        self._say(tr("Keys without Ctrl or Alt hold while the canvas has the focus; elsewhere they type."))

    def _groups(self) -> list[QTreeWidgetItem]:
        found = (self.list.topLevelItem(number) for number in range(self.list.topLevelItemCount()))
        return [item for item in found if item]

    def _rows(self) -> list[QTreeWidgetItem]:
        return [row for group in self._groups() for row in _children(group)]

    def _connect(self) -> None:
        self.search.textChanged.connect(self.show_found)
        self.search.returnPressed.connect(self.begin)
        self.list.itemActivated.connect(lambda *_: self.begin())
        self.list.currentItemChanged.connect(lambda *_: self._show_buttons())
        self.keys.taken.connect(self._taken)
        self.keys.left.connect(lambda: self._end(tr("Nothing was changed.")))
        self.give.clicked.connect(self._give)
        self.change.clicked.connect(lambda: self.begin())
        self.add.clicked.connect(lambda: self.begin(adds=True))
        self.remove.clicked.connect(self._clear)
        self.reset.clicked.connect(self._reset)
        self.reset_all.clicked.connect(self._reset_all)
        keymap.changed.connect(self._show_keys)

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(tr("Search commands or keys"))
        self.search.setAccessibleName(tr("Search commands or keys"))
        self.keys.setEnabled(False)
        self.give.setVisible(False)
        row = QHBoxLayout()
        row.setSpacing(2 * tokens.STEP)
        row.addWidget(self.keys, 1)
        for button in (self.give, self.change, self.add, self.remove, self.reset):
            button.setAutoDefault(False)
            row.addWidget(button)
        foot = QDialogButtonBox()
        self.reset_all.setAutoDefault(False)
        foot.addButton(self.reset_all, QDialogButtonBox.ButtonRole.ResetRole)
        foot.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        foot.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * tokens.STEP, 4 * tokens.STEP, 4 * tokens.STEP, 3 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addWidget(foot)


def _list() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setProperty("role", "commands")
    tree.setColumnCount(3)
    tree.setHeaderLabels([tr("Command"), tr("Keys"), ""])
    tree.setRootIsDecorated(False)
    tree.setIndentation(3 * tokens.STEP)
    tree.setUniformRowHeights(True)
    tree.setAllColumnsShowFocus(True)
    tree.setItemsExpandable(False)
    tree.setAccessibleName(tr("Commands and their keys"))
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in (1, 2):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    return tree


def _children(group: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [row for number in range(group.childCount()) if (row := group.child(number))]


def _words(command: Command) -> str:
    return say(command.title).replace("&", "")


def _keys_words(keys: tuple[str, ...]) -> str:
    return ", ".join(shown(key) for key in keys) or tr("no keys")
