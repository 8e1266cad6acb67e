"""What is seen before a project is: starters to begin with, the files of the last time, and a way to open another."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from designer.aside import Aside
from designer.layout import placed
from designer.theme import tokens
from designer.theme.icons import icon
from designer.theme.labels import ElidedLabel, Label, Sign
from designer.thumbnail import Thumbnail
from designer.window.commands import Actions, keys_of
from designer.window.settings import look_for_files, recent_files
from engine.project import starters
from engine.text import say, tr

WIDTH = 660
PICTURE = QSize(18 * tokens.STEP, 27 * tokens.STEP)
FILES = 5


class Welcome(QScrollArea):
    """`begun(id)`: a starter was chosen; `opened(Path)`: a recent file."""

    begun = Signal(str)
    opened = Signal(object)

    def __init__(self, commands: Actions) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._aside = Aside(self)
        self._files = QVBoxLayout()
        self._files.setSpacing(0)
        self.cards = {starter.id: self._card(starter) for starter in starters.STARTERS}
        page = QWidget()
        page.setProperty("role", "panel")
        row = QHBoxLayout(page)
        row.addStretch(1)
        row.addWidget(self._column(commands))
        row.addStretch(1)
        self.setWidget(page)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever has only keys begins with the starters."""
        super().showEvent(event)
        next(iter(self.cards.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Shows the recent files, and looks beside the window whether they are there."""
        self._show_files()
        self._aside.start(look_for_files, lambda task: self._show_files() if task.result() else None)

    def _show_files(self) -> None:
        while item := self._files.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for path in recent_files()[:FILES]:
            self._files.addWidget(self._file(path))
        if not self._files.count():
            self._files.addWidget(Label(tr("Files that you open or save are listed here."), "secondary"))

    def _column(self, commands: Actions) -> QWidget:
        page = QWidget()
        page.setFixedWidth(WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(6 * tokens.STEP, 12 * tokens.STEP, 6 * tokens.STEP, 8 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        column.addWidget(Label(tr("Draw a network, train it, take it away"), "heading"))
        column.addWidget(
            Label(tr("Choose a starter, or open a project. Everything can be changed later."), "secondary")
        )
        column.addSpacing(4 * tokens.STEP)
        column.addWidget(Label(tr("Start with"), "title"))
        column.addLayout(self._grid())
        column.addSpacing(tokens.STEP)
        column.addWidget(_gallery_button(commands))
        column.addSpacing(4 * tokens.STEP)
        column.addLayout(_head(commands))
        column.addLayout(self._files)
        column.addStretch(1)
        return page

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(3 * tokens.STEP)
        for place, card in enumerate(self.cards.values()):
            grid.addWidget(card, place // 2, place % 2)
        return grid

    def _card(self, starter: starters.Starter) -> QPushButton:
        card = QPushButton()
        card.setObjectName(f"starter-{starter.id}")
        card.setProperty("role", "starter")
        card.setAccessibleName(say(starter.title))
        card.setAccessibleDescription(say(starter.description))
        card.clicked.connect(lambda _checked: self.begun.emit(starter.id))
        words = QVBoxLayout()
        words.setSpacing(tokens.STEP)
        words.addStretch(1)
        words.addWidget(Label(say(starter.title), "title"))
        words.addWidget(Label(say(starter.description), "secondary", wrap=True))
        words.addStretch(1)
        row = QHBoxLayout(card)
        row.setContentsMargins(2 * tokens.STEP, 2 * tokens.STEP, 3 * tokens.STEP, 2 * tokens.STEP)
        row.setSpacing(3 * tokens.STEP)
        row.addWidget(Thumbnail(placed(starters.make_starter(starter.id).graph), PICTURE))
        row.addLayout(words, 1)
        return card

    def _file(self, path: Path) -> QPushButton:
        button = QPushButton()
        button.setProperty("role", "link")
        button.setToolTip(str(path))
        button.setAccessibleName(tr("Open {file}", file=str(path)))
        row = QHBoxLayout(button)
        row.setContentsMargins(2 * tokens.STEP, 0, 2 * tokens.STEP, 0)
        row.setSpacing(2 * tokens.STEP)
        row.addWidget(Sign("file", "secondary"))
        for label, share in ((ElidedLabel(path.stem, "accent"), 2), (ElidedLabel(str(path.parent), "secondary"), 3)):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(label, share)
        button.clicked.connect(lambda _checked: self.opened.emit(path))
        return button


def _gallery_button(commands: Actions) -> QPushButton:
    """Leads to the published networks."""
    words = tr("Published networks: LeNet-5, ResNet, MobileNet, U-Net …")
    button = QPushButton(icon("squares-four", "secondary"), words)
    button.setObjectName("gallery")
    button.clicked.connect(commands["gallery"].trigger)
    return button


def _head(commands: Actions) -> QHBoxLayout:
    """The title of the list of files, with the button that opens another."""
    row = QHBoxLayout()
    row.addWidget(Label(tr("Recent"), "title"))
    row.addStretch(1)
    button = QPushButton(icon("folder-open", "secondary"), f"{tr('Open…')}   {keys_of(commands['open'])}")
    button.clicked.connect(commands["open"].trigger)
    row.addWidget(button)
    return row
