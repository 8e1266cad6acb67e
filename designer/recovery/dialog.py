"""What a crash has left, offered: recovered, left for later, or discarded with a way back."""

import contextlib

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from designer.recovery.row import OfferRow
from designer.theme import tokens
from designer.theme.labels import Label
from engine.project.journal import shelf
from engine.project.journal.offers import Offer, look
from engine.text import tr

WIDTH, HEIGHT = 720, 520
"""How wide it is, and how high at most."""
AT_ONCE = 4


class RecoveryDialog(QDialog):
    """`chosen` carries the Offer that is to be recovered; the dialog is closed then."""

    chosen = Signal(object)

    def __init__(self, offers: list[Offer], parent: QWidget | None = None, crashed: bool = True) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Unsaved work"))
        self._column = QVBoxLayout()
        self.rows: list[OfferRow] = []
        self._waiting = list(offers)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._add)
        self._add(AT_ONCE)
        self.later = QPushButton(tr("Not now") if crashed else tr("Close"))
        self.later.clicked.connect(self.reject)
        if not self.rows:
            self.later.setProperty("role", "primary")
        self._lay_out(crashed)
        self.resize(WIDTH, HEIGHT)
        if self._waiting:
            self._turn.start()
        if ready := [row for row in self.rows if row.offer.found.best is not None]:
            ready[0].recover.setDefault(True)
            ready[0].recover.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Few rows need less height; how much, is known once they have their style."""
        super().showEvent(event)
        holder = self._area.widget()
        layout = holder and holder.layout()
        if layout and not self._waiting:
            layout.activate()
            self.resize(WIDTH, self.height() - max(0, self._area.viewport().height() - layout.sizeHint().height()))

    def _lay_out(self, crashed: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * tokens.STEP, 5 * tokens.STEP, 5 * tokens.STEP, 4 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        title = tr("Work that was not saved is still here") if crashed else tr("Unsaved work that is kept")
        column.addWidget(Label(title, "heading"))
        column.addWidget(Label(_explanation(bool(self.rows)), "secondary", wrap=True))
        column.addSpacing(2 * tokens.STEP)
        column.addWidget(self._list(), 1)
        column.addSpacing(tokens.STEP)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 2 * tokens.STEP, 0)
        foot.addStretch(1)
        foot.addWidget(self.later)
        column.addLayout(foot)

    def _list(self) -> QScrollArea:
        holder = QWidget()
        holder.setProperty("role", "panel")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 2 * tokens.STEP, 0)
        self._column.setSpacing(2 * tokens.STEP)
        column.addLayout(self._column)
        column.addStretch(1)
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder)
        return area

    def _add(self, count: int = 1) -> None:
        """Adds the next rows: of many, some at once, and the others between two turns of the event loop."""
        for offer in self._waiting[:count]:
            row = self._row(offer)
            self.rows.append(row)
            self._column.addWidget(row)
        del self._waiting[:count]
        if not self._waiting:
            self._turn.stop()

    def _row(self, offer: Offer) -> OfferRow:
        row = OfferRow(offer)
        row.recovered.connect(lambda: self._choose(row))
        row.discarded.connect(lambda: _move(row, shelf.DAMAGED if row.offer.found.damage else shelf.DISCARDED))
        row.put_back.connect(lambda: _move(row, ""))
        return row

    def _choose(self, row: OfferRow) -> None:
        self.chosen.emit(row.offer)
        self.accept()


def _move(row: OfferRow, where: str) -> None:
    """Puts the journal of a row on a shelf, or back; where that cannot be done it stays, and so does the row."""
    with contextlib.suppress(OSError):
        row.offer = look(shelf.put(row.offer.found.folder, where), where)
        row.show_discarded(bool(where))


def _explanation(some: bool) -> str:
    if not some:
        return tr("There is none: everything was saved.")
    return tr(
        "Recovering opens the project with the unsaved changes in it; its file stays as it is until you save. "
        "What you leave is kept, and found under File, Recover unsaved work."
    )
