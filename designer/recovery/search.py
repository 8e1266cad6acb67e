"""Looks for unsaved work off the window's thread: reading journals and the files beside them may take a while."""

import logging
import threading

from PySide6.QtCore import QObject, Signal

from engine.project.journal import shelf

log = logging.getLogger(__name__)


class Search(QObject):
    """`found` carries a list of Offers."""

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None

    def start(self, shelved: bool) -> None:
        """Looks for what crashes have left; with `shelved` also for what was discarded or damaged."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._thread = threading.Thread(target=self._work, args=(shelved,), name="recovery", daemon=True)
        self._thread.start()

    def wait(self, seconds: float = 5.0) -> None:
        """Waits for its end: nothing is told after this."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _work(self, shelved: bool) -> None:
        from engine.project.journal.offers import Offer, offers  # imported beside the window

        found: list[Offer] = []
        try:
            found = offers(shelved)
            shelf.tidy()
        except Exception:
            log.exception("unsaved work could not be looked for")
        try:
            self.found.emit(found)
        except RuntimeError:  # the window is gone
            return
