"""The bar at the top: project, undo and redo, workspaces, search, device, and the way to train."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QTabBar, QToolButton, QWidget

from designer.theme import tokens
from designer.theme.action_button import ActionButton
from designer.theme.icons import icon
from designer.theme.labels import Label
from designer.window.commands import Actions, keys_of
from designer.window.settings import remember, remembered
from engine.text import tr

WORKSPACES = ("design", "data", "training", "trying", "exporting")
DOT, END = "•", "\u200b"  # room at the end of a line counts where something follows
DEVICES, TYPICAL = "devices", "CPU · 16 cores"
NAME_WIDTH = 52 * tokens.STEP


class TopBar(QWidget):
    """Holds the window's most used commands. `chosen(id)` carries the workspace whose tab was taken."""

    chosen = Signal(str)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.menus = _menu_button("list", tr("Menu"))
        self.project = _menu_button("", tr("Project"))
        self.undo, self.redo = _quiet(actions, "undo"), _quiet(actions, "redo")
        self.tabs = self._make_tabs(actions)
        self.search = self._make_search(actions)
        self.device = _Devices("", "secondary")
        self.train = QPushButton(icon("play-fill", "on_accent"), tr("Train"))
        self.train.setProperty("role", "primary")
        self.train.clicked.connect(actions["train"].trigger)
        self.show_keys(actions)
        self._lay_out()

    def show_project(self, name: str, modified: bool) -> None:
        """Shows the project's name, with a dot where there are changes that are not saved."""
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, NAME_WIDTH)
        self.project.setText(self._words(shown, True))
        self.project.setFixedWidth(self.project.sizeHint().width())  # as wide without the dot: what is beside it stays
        self.project.setText(self._words(shown, modified))
        self.project.setToolTip(f"{name} — {tr('unsaved changes')}" if modified else name)

    def _words(self, shown: str, modified: bool) -> str:
        """What the project's button says, with the room of the dot where there is none."""
        name, width = shown.replace("&", "&&"), self.fontMetrics().horizontalAdvance
        if modified:
            return f"{name} {DOT} ▾"
        spaces = round(width(f"{DOT} ") / max(1, width(" ")))
        return f"{name} ▾{' ' * spaces}{END}"

    def show_devices(self, names: Sequence[str]) -> None:
        """Says what can be trained on. What it was last has its room from the start: what is beside it stays."""
        words = ", ".join(names)
        self.device.setText(words)
        remember(DEVICES, words)

    def show_workspace(self, id: str) -> None:
        """Marks a workspace's tab as the current one; the welcome has none."""
        self.tabs.setProperty("away", id not in WORKSPACES)
        self.tabs.style().polish(self.tabs)
        if id in WORKSPACES:
            self.tabs.setCurrentIndex(WORKSPACES.index(id))

    def show_keys(self, actions: Actions) -> None:
        """Says on the search button and in the tabs' tooltips which keys call them."""
        for index, id in enumerate(WORKSPACES):
            self.tabs.setTabToolTip(index, f"{actions[id].text()} ({keys_of(actions[id])})")
        keys = keys_of(actions["commands"])
        self.search.setText(f"{tr('Search')}   {keys}")
        self.search.setToolTip(tr("Search all commands and layers ({keys})", keys=keys))

    def allow_training(self, reason: str, keys: str) -> None:
        """Lets the person train, or says why not."""
        self.train.setEnabled(not reason)
        self.train.setToolTip(reason or tr("Train this network ({keys})", keys=keys))

    def _make_tabs(self, actions: Actions) -> QTabBar:
        tabs = QTabBar()
        tabs.setExpanding(False)
        tabs.setDrawBase(False)
        tabs.setUsesScrollButtons(False)
        tabs.setElideMode(Qt.TextElideMode.ElideNone)
        for id in WORKSPACES:
            tabs.addTab(actions[id].text())
        tabs.currentChanged.connect(lambda index: self.chosen.emit(WORKSPACES[index]))
        tabs.tabBarClicked.connect(lambda index: self.chosen.emit(WORKSPACES[index]) if index >= 0 else None)
        return tabs

    def _make_search(self, actions: Actions) -> QPushButton:
        button = QPushButton(icon("magnifying-glass", "secondary"), "")
        button.setProperty("role", "search")
        button.setAccessibleName(tr("Search commands"))
        button.setMinimumWidth(36 * tokens.STEP)
        button.clicked.connect(actions["commands"].trigger)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * tokens.STEP, tokens.STEP, 2 * tokens.STEP, tokens.STEP)
        row.setSpacing(tokens.STEP)
        for widget in (self.menus, self.project, self.undo, self.redo):
            row.addWidget(widget)
        row.addSpacing(3 * tokens.STEP)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addSpacing(2 * tokens.STEP)
        row.addWidget(self.device)
        row.addSpacing(2 * tokens.STEP)
        row.addWidget(self.train)


class _Devices(Label):
    """What can be trained on; as wide as what it said last, or is likely to say, where the window has the room."""

    def sizeHint(self) -> QSize:
        known = (TYPICAL, remembered(DEVICES, ""))
        room = max(map(self.fontMetrics().horizontalAdvance, known)) + 1
        return super().sizeHint().expandedTo(QSize(room, 0))


def _menu_button(name: str, words: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "quiet")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    if name:
        button.setIcon(icon(name))
    else:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setMenu(QMenu(button))
    return button


def _quiet(actions: Actions, id: str) -> QToolButton:
    button = ActionButton(actions[id])
    button.setProperty("role", "quiet")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(18, 18))
    return button
