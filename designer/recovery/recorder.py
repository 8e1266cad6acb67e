"""Tells the journal of every edit of the document."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from designer.document import Document
from designer.training.home import home_of
from engine.project.journal.journal import Journal
from engine.text import Text


class Recorder(QObject):
    """Keeps a document's unsaved work in a journal.

    `trouble` carries a Text when it cannot be kept as it should, and None when it can again.
    """

    trouble = Signal(object)

    def __init__(self, document: Document, name: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.journal = Journal(self._told)
        self._document, self._name = document, name
        self._starting = self._closed = False
        document.leaving.connect(self._leaving)
        document.changed.connect(self._changed)
        document.moved_to.connect(self._moved_to)

    def close(self, leave: bool = False) -> None:
        """The window closes: what is unsaved was discarded, or is left to be offered at the next start."""
        self._closed = True
        self.journal.close(leave)

    def _leaving(self) -> None:
        self._starting = True

    def _changed(self, _: object) -> None:
        if not self._starting and not self._closed:
            runs = "" if self._document.path else str(home_of(self._document).folder)
            self.journal.note(self._document.project, runs)

    def _moved_to(self, path: Path | None) -> None:
        """Another project is shown, or this one was saved."""
        if self._closed:
            return
        if self._starting or path is None:
            self._starting = False
            self.journal.begin(self._document.project, path, self._name())
        else:
            stored = self._document.stored
            self.journal.saved(stored.project, path, self._document.project, stored.fingerprint)

    def _told(self, trouble: Text | None) -> None:
        """Comes from the journal's thread."""
        try:
            self.trouble.emit(trouble)
        except RuntimeError:  # the window is gone
            return
