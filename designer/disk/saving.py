"""Saving beside the window: a large project takes a while to print, and a slow disk takes as long as it likes."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from designer.aside import SHOWN_AFTER_MS, Aside, Task
from designer.disk.hold import Hold, held, resolved
from designer.progress import Progress
from engine.project.faults import LaterVersion
from engine.project.file import fingerprint, load, save
from engine.project.project import Project
from engine.text import Failure, Text, text, tr

TOLD_EVERY_MS = 1000


class ChangedOnDisk(Exception):
    """The file holds what somebody else saved: its fingerprint, and whether it is a project."""

    def __init__(self, found: str, readable: bool) -> None:
        super().__init__(found)
        self.found, self.readable = found, readable


class GivenUp(Exception):
    """The person gave the save up, and nothing was written."""


class Wish(NamedTuple):
    """A project to be saved. `known`: what the file is expected to hold; None where whatever it holds may go.

    `has` is the window's hold on its file; `barred` that file and why it may not be saved over, if so.
    """

    project: Project
    path: Path
    known: str | None
    document: str
    has: Hold | None = None
    barred: tuple[Path, Text] | None = None


class Written(NamedTuple):
    """The file is on the disk: the hold on it, and its fingerprint."""

    hold: Hold
    fingerprint: str


class Save:
    """A wish on its way. It is over when the task is done, or when it was given up.

    `once_more`: what is edited meanwhile is to be saved after it.
    """

    def __init__(self, wish: Wish, before: "Sequence[Save]") -> None:
        self.wish = wish
        self.given_up = self.waited_for = self.once_more = self.taken = False
        self.task: Task[Written]
        self._before = before
        self._target: Path | None = None
        self._since = QElapsedTimer()
        self._since.start()

    @property
    def done(self) -> bool:
        return self.task.done.is_set()

    @property
    def seconds(self) -> int:
        """For how long it has been on its way."""
        return self._since.elapsed() // 1000

    def write(self) -> Written:
        """What the task does. Raises ChangedOnDisk, GivenUp or a Failure, and then the old file is whole."""
        path, known = self.wish.path, self.wish.known
        self._target = resolved(path)
        earlier = self._waited()
        self._go_on()
        if self.wish.barred and _is_same_file(path, self.wish.barred[0]):
            raise Failure(text("{why} Save it under another name.", why=self.wish.barred[1]))
        hold = held(path, self.wish.has)
        if hold is None:
            raise Failure(text("“{file}” is open in another window. Save under another name.", file=path.name))
        try:
            found = fingerprint(path) if known is not None else ""
            if found and found not in (known, *earlier):
                raise ChangedOnDisk(found, _is_readable(path))
            return Written(hold, save(self.wish.project, path, self._go_on))
        except BaseException:
            if hold is not self.wish.has:
                hold.release()
            raise

    def _waited(self) -> list[str]:
        """Waits for earlier saves of the same file that were given up: none may come after this. Their fingerprints."""
        written = []
        for other in self._before:
            if other.wish.path == self.wish.path or other._target == self._target:
                other.task.done.wait()
                try:
                    written.append(other.task.result().fingerprint)
                except Exception:
                    continue
        return written

    def _go_on(self) -> None:
        if self.given_up:
            raise GivenUp


class Saving(QObject):
    """The saves of a window. `changed` comes when one begins, every second while it lasts, and when it is over."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._aside = Aside(self)
        self._open: list[Save] = []
        self._tick = QTimer(self, interval=TOLD_EVERY_MS)
        self._tick.timeout.connect(self.changed)

    @property
    def current(self) -> Save | None:
        """The save that is on its way, if one is."""
        return next((one for one in reversed(self._open) if not one.given_up), None)

    @property
    def busy(self) -> bool:
        """Whether a thread may be writing, also for a save that was given up."""
        return bool(self._open)

    def start(self, wish: Wish, then: Callable[[Save], object]) -> Save:
        """Begins to save, in place of what is on its way; `then` comes when the task is done, however late."""
        self.give_up()
        one = Save(wish, tuple(self._open))
        self._open.append(one)
        one.task = self._aside.start(one.write, lambda _: self._over(one, then))
        self._tick.start()
        self.changed.emit()
        return one

    def give_up(self) -> None:
        """What is not written yet stays unwritten; a disk that does not answer is waited for no more."""
        if one := self.current:
            one.given_up = True
            self._tell()

    def wait(self, one: Save) -> None:
        """Lets the window live until it is over; after a moment it says so, and can be given up."""

        def over() -> bool:
            return one.done or one.given_up

        self._aside.wait(over, SHOWN_AFTER_MS, closed=True)
        if over():
            return
        bar = Progress(tr("Save project"), tr("Saving “{file}”…", file=one.wish.path.name), self._window)
        bar.given_up.connect(self.give_up)

        def tell() -> None:
            bar.setLabelText(_words(one))

        self.changed.connect(tell)
        self._aside.show(bar, over)
        self.changed.disconnect(tell)

    def close(self, one: Save) -> None:
        """Its outcome was taken note of."""
        if one in self._open and one.done:
            self._open.remove(one)
            self._tell()

    def _over(self, one: Save, then: Callable[[Save], object]) -> None:
        self.close(one)
        then(one)

    def _tell(self) -> None:
        if self.current is None:
            self._tick.stop()
        self.changed.emit()


def _words(one: Save) -> str:
    return tr("Saving “{file}”… {seconds} s", file=one.wish.path.name, seconds=one.seconds)


def _is_readable(path: Path) -> bool:
    """Whether there is a project in the file now. Raises Failure where it is one of a later version: that stays."""
    try:
        load(path)
    except LaterVersion as later:
        raise Failure(text("{why} Save what is shown under another name.", why=later.text)) from later
    except Failure:
        return False
    return True


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
