"""The file of the document that the window shows: held, watched, and remembered as it was opened or saved last."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt

from designer.disk.hold import Hold, is_same, take_hold
from designer.disk.watch import Watch
from designer.document import Document
from engine.project.file import load
from engine.project.project import Project
from engine.text import Failure


class OpenFile(QObject):
    """`base` is what the file held when it was opened, saved or merged with: both sides' changes count from there."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.watch = Watch(self)
        self.base: Project | None = None
        self._document = document
        self._hold: Hold | None = None
        document.moved_to.connect(self._follow)

    def hold(self, path: Path) -> Hold | None:
        """The hold on a file for this window, also where it has it already; None where another window has it."""
        return self._hold if is_same(self._hold, path) else take_hold(path)

    def keep(self, hold: Hold | None, known: str, base: Project) -> None:
        """The document's file was opened or saved: this is what it holds. Without a hold it is only looked at."""
        if hold is not self._hold and self._hold:
            self._hold.release()
        self._hold = hold
        self.base = base
        if self.watch.path == self._document.path:
            self.watch.know(known)
        else:
            self.watch.follow(self._document.path, known)

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
        """The document has another file, or was saved; whoever knows more says so with `keep`."""
        if path is None:
            self.release()
            self.base = None
            return
        if not is_same(self._hold, path):
            if self._hold:
                self._hold.release()
            self._hold = take_hold(path) if self._document.read_only is None else None
        self.base = _read(path) if self._document.modified else self._document.project
        self.watch.follow(path)


def _read(path: Path) -> Project | None:
    try:
        return load(path)
    except Failure:
        return None
