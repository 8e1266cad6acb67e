"""The gallery: published networks as they would be for the wished size of image and number of classes."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from designer.gallery.card import PICTURE, Card
from designer.gallery.making import Made, Maker, Wish
from designer.inspector.numbers import NotANumber, NumberBox
from designer.theme import theme
from designer.theme.icons import icon
from designer.theme.labels import Label
from designer.theme.tokens import STEP
from engine.layers import Range
from engine.project.templates import TEMPLATES
from engine.project.templates.template import LARGEST, MOST_CLASSES
from engine.text import tr

PAUSE_MS = 250
COLUMN = 85 * STEP
GAP = 3 * STEP
NUMBER = 19 * STEP
SIDE = Range(1, LARGEST)
LIMITS = {"channels": SIDE, "height": SIDE, "width": SIDE, "classes": Range(1, MOST_CLASSES)}


class Gallery(QScrollArea):
    """`begun` carries the Made that was chosen; `left` comes when the person goes back."""

    begun = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.maker = Maker(self)
        self.search = QLineEdit()
        self.boxes = {
            "channels": _box(tr("Channels"), LIMITS["channels"]),
            "height": _box(tr("Height"), LIMITS["height"]),
            "width": _box(tr("Width"), LIMITS["width"]),
            "classes": _box(tr("Classes"), LIMITS["classes"], tr("number")),
        }
        self.says = Label("", "warning", wrap=True)
        self.nothing = Label(tr("No template is called that."), "secondary")
        self.cards = {template.id: Card(template) for template in TEMPLATES}
        self._grid = QGridLayout()
        self._columns = 0
        self._asked: Wish | None = None
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self.draw)
        self._lay_out()
        self._connect()

    def open(self) -> None:
        """Ready to be looked at: drawn, the search empty."""
        self.search.clear()
        self.search.setFocus()
        self.draw()

    def wish(self) -> Wish:
        """What is wished for. Raises NotANumber where a field does not say it."""
        numbers = {}
        for name, box in self.boxes.items():
            number = box.read()
            if number is not None and not LIMITS[name].holds(number):
                raise NotANumber(name)
            numbers[name] = None if number is None else int(number)
        return Wish(**numbers)

    def draw(self) -> None:
        """Draws all templates for what is wished for, unless that is what they show."""
        self._soon.stop()
        try:
            wish = self.wish()
        except NotANumber:
            self.says.setText(tr("Sizes and classes are whole numbers from 1 on; empty is as published."))
            self.says.show()
            return
        self.says.hide()
        if wish == self._asked:
            return
        self._asked = wish
        for card in self.cards.values():
            card.show_wish(wish)
        self.maker.make([card.template for card in self.cards.values()], wish, PICTURE, self.devicePixelRatioF())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show_made(self, made: Made) -> None:
        self.cards[made.id].show_made(made)

    def _restyle(self) -> None:
        """Pictures are in the colours of a theme."""
        if self._asked is not None:
            self._asked = None
            self.draw()

    def _find(self) -> None:
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        """As many columns as there is room for, with those cards that the search finds."""
        columns = max((self.viewport().width() - 8 * STEP) // (COLUMN + GAP), 1)
        if columns == self._columns:
            return
        self._columns = columns
        found = [card for card in self.cards.values() if card.found_by(self.search.text())]
        for card in self.cards.values():
            self._grid.removeWidget(card)
            card.setVisible(card in found)
        for place, card in enumerate(found):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self.nothing.setVisible(not found)

    def _connect(self) -> None:
        self.maker.made.connect(self._show_made)
        self.search.textChanged.connect(lambda _: self._find())
        for box in self.boxes.values():
            box.typed.connect(self._soon.start)
        for card in self.cards.values():
            card.clicked.connect(lambda _checked=False, card=card: self.begun.emit(card.made))
        theme.changed.connect(self._restyle)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("role", "panel")
        column = QVBoxLayout(page)
        column.setContentsMargins(4 * STEP, 4 * STEP, 4 * STEP, 4 * STEP)
        column.setSpacing(3 * STEP)
        column.addLayout(self._head())
        column.addLayout(self._wishes())
        column.addWidget(Label(tr("An empty field stands for what was published."), "secondary", wrap=True))
        column.addWidget(self.says)
        column.addWidget(self.nothing)
        self._grid.setSpacing(GAP)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.says.hide()
        self.setWidget(page)
        self._arrange()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(3 * STEP)
        back = QPushButton(icon("arrow-left", "secondary"), tr("Back"))
        back.clicked.connect(lambda _checked: self.left.emit())
        row.addWidget(back)
        row.addWidget(Label(tr("Published networks"), "heading"))
        row.addStretch(1)
        self.search.setPlaceholderText(tr("Search templates"))
        self.search.setAccessibleName(tr("Search templates"))
        self.search.setMinimumWidth(60 * STEP)
        row.addWidget(self.search)
        return row

    def _wishes(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * STEP)
        row.addWidget(Label(tr("Images of"), "secondary"))
        signs = {"channels": "×", "height": "×", "width": tr("for"), "classes": tr("classes")}
        for name, sign in signs.items():
            row.addWidget(self.boxes[name])
            row.addWidget(Label(sign, "secondary"))
        row.addStretch(1)
        return row


def _box(name: str, limits: Range, hint: str = "") -> NumberBox:
    box = NumberBox(True, limits, optional=True)
    box.setPlaceholderText(hint or name.lower())
    box.setAccessibleName(name)
    box.setFixedWidth(NUMBER)
    box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return box
