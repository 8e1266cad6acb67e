"""The file of the document that the window shows: held, watched, and remembered as it was opened or saved last."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from designer.disk.hold import Hold, held
from designer.disk.watch import Watch
from designer.document import Document
from engine.project.project import Project


class OpenFile(QObject):
    """`base` is what the file held when it was opened, saved or merged with: both sides' changes count from there."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.watch = Watch(self)
        self.base: Project | None = None
        self._document = document
        self._hold: Hold | None = None
        self._coming: tuple[Hold | None, Project, str] | None = None
        document.moved_to.connect(self._follow)

    @property
    def held(self) -> Hold | None:
        """The hold that this window has."""
        return self._hold

    def holding(self) -> Callable[[Path], Hold | None]:
        """What takes the hold on a file for this window, also where it has it already; on any thread."""
        has = self._hold
        return lambda path: held(path, has)

    def expect(self, hold: Hold | None, base: Project, known: str) -> None:
        """The document is about to be of a file that holds this: it is held, or without a hold only looked at.

        `known` is the file's fingerprint.
        """
        self._coming = (hold, base, known)

    def come_back(self, state: Qt.ApplicationState) -> None:
        """The program is come back to: not every file system tells of changes by itself."""
        if state == Qt.ApplicationState.ApplicationActive:
            self.watch.look()

    def release(self) -> None:
        """Lets the file go: the window closes."""
        self.watch.follow(None)
        if self._hold:
            self._hold.release()
            self._hold = None

    def _follow(self, path: Path | None) -> None:
        """The document is of another file, or was saved."""
        coming, self._coming = self._coming, None
        if path is None:
            self.release()
            self.base = None
            return
        stored = self._document.stored
        hold, self.base, known = coming or (self._held(path), stored.project, stored.fingerprint)
        if hold is not self._hold and self._hold:
            self._hold.release()
        self._hold = hold
        if self.watch.path == path and known:
            self.watch.know(known)
        else:
            self.watch.follow(path, known)

    def _held(self, path: Path) -> Hold | None:
        """The hold on a file that nobody has announced."""
        return held(path, self._hold) if self._document.read_only is None else None
