"""New, open, save: the way of a project between the window and its file, with nothing lost on the way."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from designer.disk import questions
from designer.disk.open_file import OpenFile
from designer.disk.saving import ChangedOnDisk, GivenUp, Save, Saving, Wish, Written
from designer.document import Document
from designer.opening import Opening, Ready
from designer.window.dialogs import ask_unsaved, tell
from designer.window.settings import remember_file, remembered
from designer.window.unfinished import finish_typing
from engine.project import SUFFIX
from engine.project.project import Project
from engine.text import Failure, Text, text, tr


class Files(QObject):
    """Opens and saves the document, and asks before changes would be lost.

    `opened` tells that another project is shown, `kept` that it was saved. `later`: the project is of a file of
    a later version, and `left_out` is what was not understood of it.
    """

    opened = Signal()
    kept = Signal()

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._window = document, window
        self.on_disk = OpenFile(document, self)
        self.opening = Opening(window)
        self.saving = Saving(window)
        self.saving.changed.connect(lambda: self.on_disk.watch.keep_still(self.saving.busy))
        self.title = ""
        self.left_out: tuple[Text, ...] = ()
        self.later = False

    @property
    def name(self) -> str:
        """What the project is called: its file's name, or the starter's."""
        return self._document.path.stem if self._document.path else self.title or tr("untitled")

    def begin(self, project: Project, title: str = "") -> bool:
        """Shows a new project that has no file yet; False where the person would rather keep the old one."""
        if not self.may_leave():
            return False
        self._begin(project, title)
        return True

    def open(self, path: Path) -> bool:
        """Opens a file; what is wrong with it is said, and then nothing has changed."""
        if not self.may_leave():
            return False
        try:
            ready = self.opening.read(path, self.on_disk.holding())
        except Failure as failure:
            tell(self._window, tr("This file was not opened"), str(failure))
            return False
        if ready is None:
            return False
        found = ready.found
        if ready.hold or found.later:
            self._show(path, ready, _later(path) if found.later else None)
            return True
        answer = questions.ask_open_elsewhere(self._window, path.name)
        if answer == "look":
            self._show(path, ready, text("“{file}” is open in another window.", file=path.name))
        elif answer == "copy":
            self._begin(found.project, tr("{name} copy", name=path.stem))
        return answer != "cancel"

    def look_again(self, to_edit: bool = False) -> bool:
        """Shows anew a file that can only be looked at; `to_edit`: for editing, where no other window has it now.

        False where another window still has it. Raises Failure, and then nothing has changed; nor has it where the
        person gave it up.
        """
        path, why = self._document.path, self._document.read_only
        assert path is not None
        ready = self.opening.read(path, self.on_disk.holding() if to_edit else lambda _: None)
        if ready is None:
            return True
        later = ready.found.later
        if to_edit and not (ready.hold or later):
            return False
        self._take_over(path, ready, None if to_edit and not later else why)
        return True

    def choose(self) -> bool:
        """Asks for a file and opens it."""
        filters = ";;".join((tr("Tensorloom projects (*.loom)"), tr("All files (*)")))
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Open project"), self._folder(), filters)
        return bool(name) and self.open(Path(name))

    def save(self) -> bool:
        """Saves to the project's file, or asks for one, and waits until that is done; True where all is on disk."""
        if not self._settled():
            return False
        path = self._path()
        return self._save(path, self.on_disk.watch.known) if path else self.save_as()

    def save_as(self) -> bool:
        """Asks where to, saves there and waits; a project that can only be looked at is saved as a copy."""
        path = self._ask_path()
        return path is not None and self._save(path, None)

    def start_saving(self) -> None:
        """Saves to the project's file, or asks for one, while the person works on."""
        if current := self.saving.current:
            current.once_more = True
        elif path := self._path():
            self._save_aside(path, self.on_disk.watch.known)
        else:
            self.start_saving_as()

    def start_saving_as(self) -> None:
        """Asks where to, and saves there while the person works on."""
        if path := self._ask_path():
            self._save_aside(path, None)

    def may_leave(self) -> bool:
        """True where the project may be put away: it is saved, or the person said what to do with the changes."""
        if not self._settled():
            return False
        finish_typing()
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

    def _begin(self, project: Project, title: str) -> None:
        self.title, self.left_out, self.later = title, (), False
        self._document.start(project)
        self.opened.emit()

    def _show(self, path: Path, ready: Ready, read_only: Text | None) -> None:
        """Shows an opened file; why it can only be looked at, if so, is said as long as it is shown."""
        self._take_over(path, ready, read_only)
        remember_file(path)
        self.opened.emit()

    def _take_over(self, path: Path, ready: Ready, read_only: Text | None) -> None:
        found = ready.found
        self.left_out, self.later = found.left_out, found.later
        for hand_over in ready.hand_over:
            hand_over()
        self.on_disk.expect(ready.hold, ready.base, found.fingerprint)
        self._document.start(found.project, path, read_only, ready.checker)

    def _path(self) -> Path | None:
        """The file that the project is saved to unasked."""
        return None if self._document.read_only else self._document.path

    def _ask_path(self) -> Path | None:
        if self.left_out and not questions.ask_save_without(self._window, self.name):
            return None
        copy = self._document.read_only is not None
        title = tr("Save a copy") if copy else tr("Save project")
        name = tr("{name} copy", name=self.name) if copy else self.name
        start = str(Path(self._folder()) / f"{name}{SUFFIX}")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, start, tr("Tensorloom projects (*.loom)"))
        return _with_suffix(Path(chosen)) if chosen else None

    def _save(self, path: Path, known: str | None) -> bool:
        one = self._begin_save(path, known)
        one.waited_for = True
        self.saving.wait(one)
        return self._ended(one, self._save)

    def _save_aside(self, path: Path, known: str | None) -> bool:
        self._begin_save(path, known)
        return True

    def _begin_save(self, path: Path, known: str | None) -> Save:
        """`known` is what the file is expected to hold; None where the person chose it, whatever it holds."""
        finish_typing()
        document = self._document
        document.undo_stack.seal()
        barred = (document.path, document.read_only) if document.path and document.read_only else None
        wish = Wish(document.project, path, known, document.id, self.on_disk.held, barred)
        return self.saving.start(wish, self._over)

    def _over(self, one: Save) -> None:
        """A save that nobody waits for has come to its end."""
        if one.given_up or not one.waited_for:
            self._ended(one, self._save_aside)

    def _settled(self) -> bool:
        """Waits for a save that is on its way; False where the person gave it up, or it failed."""
        one = self.saving.current
        if one is None:
            return True
        one.once_more, one.waited_for = False, True
        self.saving.wait(one)
        return self._ended(one, self._save)

    def _ended(self, one: Save, again: Callable[[Path, str], bool]) -> bool:
        """Takes note of what came of a save; what went wrong is said. True where the project is on the disk."""
        if one.taken or not one.done:
            return False
        one.taken = True
        self.saving.close(one)
        try:
            written = one.task.result()
        except ChangedOnDisk as changed:
            path = one.wish.path
            over = not one.given_up and questions.ask_save_over(self._window, path.name, changed.readable)
            return over and again(path, changed.found)
        except GivenUp:
            return False
        except Failure as failure:
            if not one.given_up:
                tell(self._window, tr("The project was not saved"), str(failure))
            return False
        taken = self._take(one, written)
        if one.once_more and not one.given_up and self._document.modified:
            self.start_saving()
        return taken

    def _take(self, one: Save, written: Written) -> bool:
        """The file is written; it is the document's, unless the person has turned to another meanwhile."""
        wish, document = one.wish, self._document
        if wish.document != document.id or (one.given_up and wish.path != document.path):
            if written.hold is not self.on_disk.held:
                written.hold.release()
            return False
        self.left_out, self.later = (), False
        self.on_disk.expect(written.hold, wish.project, written.fingerprint)
        document.take_saved(wish.project, wish.path, written.fingerprint)
        remember_file(wish.path)
        self.kept.emit()
        return True

    def _folder(self) -> str:
        if self._document.path:
            return str(self._document.path.parent)
        return remembered("folder", str(Path.home()))


def _later(path: Path) -> Text:
    return text("“{file}” was written by a later version of Tensorloom.", file=path.name)


def _with_suffix(path: Path) -> Path:
    return path if path.suffix else path.with_suffix(SUFFIX)
