"""A piece of unsaved work in the list: its picture, when and how much, and what can be done with it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from designer.recovery.words import name_words, place_words, size_words, time_words, warnings
from designer.theme import tokens
from designer.theme.labels import ElidedLabel, Label, Sign
from designer.thumbnail import Thumbnail
from engine.project.journal.offers import Offer
from engine.text import tr

PICTURE = QSize(32 * tokens.STEP, 24 * tokens.STEP)
BUTTON_WIDTH = 26 * tokens.STEP


class OfferRow(QFrame):
    """`recovered`, `discarded` and `put_back` tell what was asked for."""

    recovered = Signal()
    discarded = Signal()
    put_back = Signal()

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self.offer = offer
        self.setProperty("role", "card")
        self.setObjectName(f"offer-{offer.id}")
        self.setAccessibleName(name_words(offer))
        self.setAccessibleDescription(f"{place_words(offer)}. {time_words(offer.found.edited)}. {size_words(offer)}")
        self.recover = QPushButton(tr("Recover"))
        self.recover.setAccessibleName(tr("Recover {name}", name=name_words(offer)))
        self.recover.clicked.connect(lambda _checked: self.recovered.emit())
        self.recover.setVisible(offer.found.best is not None)
        self.discard = QPushButton(tr("Discard"))
        self.discard.clicked.connect(lambda _checked: self.discarded.emit())
        self.discard.setVisible(not offer.shelf)
        self.back = QPushButton(tr("Put back"))
        self.back.clicked.connect(lambda _checked: self.put_back.emit())
        self.back.hide()
        self._gone = Label(tr("Discarded. It is kept for 30 days."), "secondary")
        self._gone.hide()
        self._lay_out()

    def show_discarded(self, discarded: bool) -> None:
        """Shows that it was discarded, with the way back."""
        for button in (self.recover, self.discard):
            button.setVisible(not discarded)
        for part in (self.back, self._gone):
            part.setVisible(discarded)
        (self.back if discarded else self.discard).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP)
        row.setSpacing(4 * tokens.STEP)
        if (project := self.offer.found.best) is not None:
            row.addWidget(Thumbnail(project.graph, PICTURE), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(), 1)
        buttons = QVBoxLayout()
        buttons.setSpacing(2 * tokens.STEP)
        for button in (self.recover, self.discard, self.back):
            button.setMinimumWidth(BUTTON_WIDTH)
            buttons.addWidget(button)
        buttons.addStretch(1)
        row.addLayout(buttons)

    def _words(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(tokens.STEP)
        column.addWidget(ElidedLabel(name_words(self.offer), "title"))
        column.addWidget(ElidedLabel(place_words(self.offer), "secondary"))
        column.addWidget(Label(tr("Edited {when}", when=time_words(self.offer.found.edited)), wrap=True))
        if self.offer.found.best is not None:
            column.addWidget(Label(size_words(self.offer), wrap=True))
        for warning in warnings(self.offer):
            column.addLayout(_warning(warning))
        column.addWidget(self._gone)
        column.addStretch(1)
        return column


def _warning(words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(2 * tokens.STEP)
    row.addWidget(Sign("warning", "warning"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(words, "secondary", wrap=True), 1)
    return row
