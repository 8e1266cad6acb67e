"""Where a project's runs lie: beside its file, or in the user's data folder until it has one."""

import contextlib
import datetime
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_data_path
from PySide6.QtCore import QObject, Signal

from designer.aside import Aside
from designer.document import Document
from engine.text import Failure, text
from engine.train.runs import RunSummary, list_runs, runs_folder


class RunsHome(QObject):
    """The folder of the document's runs. Runs of an unsaved project move along at its first save.

    `changed` tells that there may be other runs, or another state of one; `left` that another project is open.
    `moved` carries the old and the new folder; `refused` the Failure where moving did not work.
    """

    changed = Signal()
    left = Signal()
    moved = Signal(object, object)
    refused = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._path = document.path
        self._other_project = False
        self._waiting: Path | None = None
        self._aside = Aside(self)
        self.training = False
        self.folder = _folder(document.path)
        document.changed.connect(self._notice)
        document.moved_to.connect(self._moved_to)

    def runs(self) -> list[RunSummary]:
        """The project's runs, the newest first."""
        try:
            return list_runs(self.folder)
        except OSError:
            return []

    def adopt(self, folder: Path) -> None:
        """A project without a file is had back after a crash: its runs lie here."""
        if folder.is_dir() and folder != self.folder:
            self.folder = folder
            self.changed.emit()

    def set_training(self, training: bool) -> None:
        """While a run is being trained, its folder stays where it is; it moves when that has ended."""
        self.training = training
        if not training and self._waiting is not None:
            target, self._waiting = self._waiting, None
            self._move(target)
        self.changed.emit()

    def _notice(self, _: object) -> None:
        """Another project shows itself before it names its path; a save names its path alone."""
        if self._document.path != self._path:
            self._other_project = True

    def _moved_to(self, path: Path | None) -> None:
        other = self._other_project or path is None
        first_save = not other and self._path is None
        self._path, self._other_project = path, False
        if first_save and path is not None:
            self._move(runs_folder(path))
        else:
            self._waiting = None
            self.folder = _folder(path)
            if other:
                self.left.emit()
            self.changed.emit()

    def _move(self, target: Path) -> None:
        if self.training:
            self._waiting = target
            return
        old = self.folder
        if old.is_dir() and not _on_one_disk(old, target):
            self._aside.start(lambda: _move_all(old, target), lambda task: self._over(old, target, task.result), True)
            return
        self._over(old, target, lambda: _move_all(old, target) if old.is_dir() else None)

    def _over(self, old: Path, target: Path, move: Callable[[], None]) -> None:
        """The runs are moved, unless they cannot be; what is trained meanwhile comes after them."""
        try:
            move()
        except OSError as error:
            reason = error.strerror or str(error)
            sentence = text("The runs stay in {folder}: {reason}.", folder=str(old), reason=reason)
            self.refused.emit(Failure(sentence))
            self.changed.emit()
            return
        if self.folder != old:  # another project is open
            return
        if self.training:
            self._waiting = target
            return
        if _runs_in(old):  # trained while the others were copied
            self._move(target)
            return
        self.folder = target
        self.moved.emit(old, target)
        self.changed.emit()


def home_of(document: Document) -> RunsHome:
    """The one home of a document's runs, which the panels share."""
    found = document.findChild(RunsHome)
    return found if isinstance(found, RunsHome) else RunsHome(document)


def _folder(path: Path | None) -> Path:
    if path is not None:
        return runs_folder(path)
    name = f"{datetime.datetime.now():%Y-%m-%d-%H%M%S-%f}-{os.getpid()}.runs"
    return user_data_path("tensorloom", appauthor=False) / "unsaved" / name


def _on_one_disk(old: Path, target: Path) -> bool:
    """Whether to move is to rename: else checkpoints are copied, which takes as long as they are large."""
    try:
        return old.stat().st_dev == target.parent.stat().st_dev
    except OSError:
        return False


def _runs_in(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _move_all(old: Path, target: Path) -> None:
    """Moves every run; a rename where both lie on the same disk, a copy where not."""
    target.mkdir(parents=True, exist_ok=True)
    for run in sorted(old.iterdir()):
        shutil.move(run, target / run.name)
    with contextlib.suppress(OSError):
        old.rmdir()
