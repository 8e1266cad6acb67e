"""New, open, save: the way of a project between the window and its file, with nothing lost on the way."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from designer.document import Document
from designer.window.dialogs import ask_unsaved, tell
from designer.window.settings import remember_file, remembered
from engine.project.project import Project
from engine.text import Failure, tr

SUFFIX = ".loom"


class Files(QObject):
    """Opens and saves the document, and asks before changes would be lost.

    `opened` tells that another project is shown, `kept` that it was saved.
    """

    opened = Signal()
    kept = Signal()

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._window = document, window
        self.title = ""

    @property
    def name(self) -> str:
        """What the project is called: its file's name, or the starter's."""
        return self._document.path.stem if self._document.path else self.title or tr("untitled")

    def begin(self, project: Project, title: str = "") -> bool:
        """Shows a new project that has no file yet; False where the person would rather keep the old one."""
        if not self.may_leave():
            return False
        self.title = title
        self._document.start(project)
        self.opened.emit()
        return True

    def open(self, path: Path) -> bool:
        """Opens a file; what is wrong with it is said, and then nothing has changed."""
        if not self.may_leave():
            return False
        try:
            self._document.open(path)
        except Failure as failure:
            tell(self._window, tr("This file was not opened"), str(failure))
            return False
        remember_file(path)
        self.opened.emit()
        return True

    def choose(self) -> bool:
        """Asks for a file and opens it."""
        filters = ";;".join((tr("Tensorloom projects (*.loom)"), tr("All files (*)")))
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Open project"), self._folder(), filters)
        return bool(name) and self.open(Path(name))

    def save(self) -> bool:
        """Saves to the project's file, or asks for one; True where everything is on disk."""
        return self._save(self._document.path) if self._document.path else self.save_as()

    def save_as(self) -> bool:
        """Asks where to, and saves."""
        start = str(Path(self._folder()) / f"{self.name}{SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save project"), start, tr("Tensorloom projects (*.loom)")
        )
        return bool(name) and self._save(_with_suffix(Path(name)))

    def may_leave(self) -> bool:
        """True where the project may be put away: it is saved, or the person said what to do with the changes."""
        if not self._document.modified:
            return True
        answer = ask_unsaved(self._window, self.name)
        return self.save() if answer == "save" else answer == "discard"

    def write(self, title: str, suggestion: str, filters: str, writer: Callable[[Path], object]) -> Path | None:
        """Asks where to, and has something written there: the source, a picture. None where nothing was written."""
        start = str(Path(self._folder()) / suggestion)
        name, _ = QFileDialog.getSaveFileName(self._window, title, start, filters)
        if not name:
            return None
        path = Path(name) if Path(name).suffix else Path(name).with_suffix(Path(suggestion).suffix)
        try:
            writer(path)
        except OSError as error:
            reason = error.strerror or str(error)
            sentence = tr("{file} could not be written: {reason}.", file=str(path), reason=reason)
            tell(self._window, tr("Nothing was saved"), sentence)
            return None
        except Failure as failure:
            tell(self._window, tr("Nothing was saved"), str(failure))
            return None
        return path

    def _save(self, path: Path) -> bool:
        try:
            self._document.save(path)
        except Failure as failure:
            tell(self._window, tr("The project was not saved"), str(failure))
            return False
        remember_file(path)
        self.kept.emit()
        return True

    def _folder(self) -> str:
        if self._document.path:
            return str(self._document.path.parent)
        return remembered("folder", str(Path.home()))


def _with_suffix(path: Path) -> Path:
    return path if path.suffix else path.with_suffix(SUFFIX)
