"""What a data source holds, shown: its columns, its parts with the balance of classes, some of its samples."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from designer.data.sources import place_of, words_of
from designer.panels.bars import Bar, Bars
from designer.panels.sample_grid import SampleGrid
from designer.panels.words import part_words
from designer.theme import tokens
from designer.theme.labels import ElidedLabel, Label
from engine.check.report import Column
from engine.messages import Looked, Part
from engine.text import tr

BALANCE_HEIGHT = 66 * tokens.STEP


class Summary(QWidget):
    """Title and columns above, the parts beside one another, the samples in the room that is left."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ElidedLabel(role="heading")
        self.place = ElidedLabel(role="secondary")
        self.columns = Label(role="number", wrap=True)
        self.samples = SampleGrid()
        self.samples_title = Label(tr("Samples"), "title")
        self.parts: list[PartCard] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(3 * tokens.STEP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.STEP)
        for part in (self.title, self.place, self.columns):
            column.addWidget(part)
        column.addSpacing(2 * tokens.STEP)
        column.addLayout(self._row)
        column.addSpacing(2 * tokens.STEP)
        column.addWidget(self.samples_title)
        column.addWidget(self.samples, 1)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)

    def show_looked(self, looked: Looked) -> None:
        """Shows what a look found."""
        self.show_known(looked.data, looked.columns)
        classes = next((column.classes for column in looked.columns if column.classes), ())
        for part in looked.parts:
            card = PartCard(part, classes)
            self.parts.append(card)
            self._row.addWidget(card)
        self.samples.show_samples(looked.samples)
        self.samples_title.setVisible(bool(looked.samples))
        self.samples.setVisible(bool(looked.samples))
        self._rest.setVisible(not looked.samples)

    def show_known(self, source: str, columns: tuple[Column, ...]) -> None:
        """Shows what is known of a source without looking into it."""
        self.title.setText(words_of(source))
        self.place.setText(place_of(source))
        self.columns.setText("\n".join(_in_words(column) for column in columns))
        self.samples.show_samples(())
        self.samples_title.hide()
        self.samples.hide()
        self._rest.show()
        self.parts = []
        while self._row.count():
            item = self._row.takeAt(0)
            if item is not None and (card := item.widget()):
                card.hide()
                card.deleteLater()


class PartCard(QFrame):
    """A part of the data: its name, how many samples, and a bar for each class."""

    def __init__(self, part: Part, classes: tuple[str, ...]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.bars = Bars()
        self.bars.setAccessibleName(tr("Balance of the classes in {part}", part=part_words(part.name)))
        self.bars.show_bars(balance(part, classes))
        head = QHBoxLayout()
        head.addWidget(Label(part_words(part.name), "title"))
        head.addStretch(1)
        self.count = Label(tr("{count} samples", count=part.count), "number")
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * tokens.STEP, 3 * tokens.STEP, 4 * tokens.STEP, 3 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        column.addLayout(head)
        if part.balance:
            column.addWidget(_scrolled(self.bars))


def balance(part: Part, classes: tuple[str, ...]) -> tuple[Bar, ...]:
    """A bar for each class, the largest class taking the whole width."""
    most = max(part.balance, default=0) or 1
    names = classes if len(classes) == len(part.balance) else tuple(str(n) for n in range(len(part.balance)))
    return tuple(
        Bar(name, number / most, tr("{count}", count=number), strong=True)
        for name, number in zip(names, part.balance, strict=True)
    )


def _scrolled(bars: Bars) -> QWidget:
    """Many classes scroll inside their card."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(bars)
    area.viewport().setAutoFillBackground(False)
    bars.setAutoFillBackground(False)
    area.setFixedHeight(min(bars.sizeHint().height(), BALANCE_HEIGHT))
    return area


def _in_words(column: Column) -> str:
    """ "image  1×28×28 float32", "label  10 classes: 0, 1, 2, …"."""
    if column.classes:
        some = ", ".join(column.classes[:12]) + (", …" if len(column.classes) > 12 else "")
        return tr("{name}   {count} classes: {some}", name=column.name, count=len(column.classes), some=some)
    shape = "×".join(map(str, column.shape)) or tr("one number")
    return tr("{name}   {shape}   {dtype}", name=column.name, shape=shape, dtype=column.dtype)
