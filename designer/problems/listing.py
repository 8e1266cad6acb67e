"""The rows of the problems list: those that say what they said stay, the others are made in slices of a frame."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from time import perf_counter
from typing import TypeAlias

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.blocks.problems import Found
from designer.problems.row import ProblemRow
from designer.theme import tokens

AT_ONCE = 8
SLICE_SECONDS = 0.008

Entry: TypeAlias = tuple[Found, str]
"""A problem and the words for its place."""


class Rows(QWidget):
    """A row for each entry, one below the other. `made` are those that are there so far: the first ones."""

    def __init__(self, make: Callable[[Found, str], ProblemRow]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.made: list[ProblemRow] = []
        self._make = make
        self._wanted: Sequence[Entry] = ()
        self._kept: dict[Entry, list[ProblemRow]] = {}
        self._last: QWidget | None = None
        self._widest = 0
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._take_in)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, tokens.STEP, 0, tokens.STEP)
        self._column.setSpacing(0)
        self._column.addStretch(1)

    def show_entries(self, entries: Sequence[Entry], last: QWidget | None) -> None:
        """Shows these, and below them what is given."""
        kept = [*self.made, *self._spare()]
        wanted = set(entries)
        for row in kept:
            if row.entry in wanted:
                self._kept.setdefault(row.entry, []).append(row)
            else:
                self._part(row)
        self.made, self._wanted, self._widest = [], entries, 0
        self._take_in()
        if self._last:
            self._part(self._last)
        self._last = last
        if last:
            self._column.insertWidget(self._column.count() - 1, last)

    def finish(self) -> None:
        """Makes the rows that are not there yet, whatever it takes."""
        self._later.stop()
        self._take_in(len(self._wanted))

    def _take_in(self, least: int = AT_ONCE) -> None:
        """The next rows, as many as there is time for; the first few in any case."""
        until, moved = perf_counter() + SLICE_SECONDS, False
        self._column.setEnabled(False)  # laid out once, not for each row
        while len(self.made) < len(self._wanted) and (len(self.made) < least or perf_counter() < until):
            place, entry = len(self.made), self._wanted[len(self.made)]
            rows = self._kept.get(entry)
            row = rows.pop(0) if rows else self._make(*entry)
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)
                row.show()
                moved = True
            self.made.append(row)
            row.place.ensurePolished()
            self._widest = max(self._widest, row.place.sizeHint().width())
        for row in self.made:
            row.place.setMinimumWidth(self._widest)  # so that the sentences begin below each other
        self._column.setEnabled(True)
        if moved:
            self._column.activate()
            self._chain()
        if len(self.made) < len(self._wanted):
            self._later.start()
            return
        for row in self._spare():
            self._part(row)

    def _spare(self) -> list[ProblemRow]:
        """The rows that were kept for entries and not taken so far; from now on, none are kept."""
        rows = [row for kept in self._kept.values() for row in kept]
        self._kept = {}
        return rows

    def _chain(self) -> None:
        """Tab goes through them from above to below."""
        stops = [stop for row in self.made for stop in row.stops()]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)

    def _part(self, widget: QWidget) -> None:
        """It may have been clicked just now, and is in use until then."""
        self._column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
