"""The journal of an open project: whoever edits says so and goes on, a thread of its own writes it down."""

import contextlib
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, NamedTuple, TypeAlias

from msgspec.structs import replace

from engine.project.file import fingerprint
from engine.project.journal import shelf
from engine.project.journal.group import Head
from engine.project.journal.image import Image
from engine.project.journal.writing import Writing
from engine.project.project import Project
from engine.text import Text, text

log = logging.getLogger(__name__)

GAP_SECONDS = 0.25
RETRY_SECONDS = 3.0
HOME_SECONDS = 30.0
LOOK_SECONDS = 5.0


class Begin(NamedTuple):
    """Another project is shown."""

    project: Project
    path: Path | None
    title: str


class Note(NamedTuple):
    """The project was edited, and is this one now; its runs lie there, where it has no file."""

    project: Project
    runs: str = ""


class Saved(NamedTuple):
    """The project is in its file, which has this fingerprint. What is shown `now` was perhaps edited meanwhile."""

    project: Project
    path: Path
    now: Project
    sha256: str = ""


class Close(NamedTuple):
    """The project is put away; `leave`: its unsaved work is to be offered at the next start."""

    leave: bool


class Adopt(NamedTuple):
    """What was noted came from the journal of another window: that one is let go once this one has it."""

    folder: Path
    held: IO[bytes]
    damaged: bool


Wish: TypeAlias = Begin | Note | Saved | Adopt | Close


class Journal:
    """Keeps the unsaved work of one window. Its methods take microseconds and may be called from one thread.

    `told` is called, from the journal's thread, with a sentence when work cannot be kept as it should, and with None
    when it can again.
    """

    def __init__(self, told: Callable[[Text | None], None] = lambda _: None, roots: Sequence[Path] = ()) -> None:
        self._last: Project | None = None
        self._wishes: deque[Wish] = deque()
        self._changed = threading.Condition()
        self._busy = self._hurry = False
        self._thread: threading.Thread | None = None
        self._keeper = Keeper(told, roots or shelf.roots())

    def begin(self, project: Project, path: Path | None = None, title: str = "") -> None:
        """Another project is shown. Unsaved work of the one before goes to the shelf of what was discarded."""
        self._last = project
        self._wish(Begin(project, path, title))

    def note(self, project: Project, runs: str = "") -> None:
        """The project is this one now. It is on the disk within a second. `runs`: where its runs lie without a file."""
        if project is self._last:
            return
        self._last = project
        with self._changed:
            if self._wishes and isinstance(self._wishes[-1], Note):
                self._wishes.pop()
        self._wish(Note(project, runs))

    def saved(self, project: Project, path: Path, now: Project | None = None, sha256: str = "") -> None:
        """The project is in its file, of this fingerprint: what `now` differs in, if anything, is unsaved alone."""
        self._last = now or project
        self._wish(Saved(project, path, self._last, sha256))

    def adopt(self, folder: Path, held: IO[bytes], damaged: bool) -> None:
        """What was noted last was in another journal, claimed with `held`: it goes once all of it is in this one."""
        self._wish(Adopt(folder, held, damaged))

    def flush(self, seconds: float = 10.0) -> bool:
        """Waits until everything is on the disk; False where it is not after this time."""
        until = time.monotonic() + seconds
        with self._changed:
            self._hurry = True
            self._changed.notify_all()
            while self._wishes or self._busy:
                if not self._changed.wait(max(0.0, until - time.monotonic())) and time.monotonic() >= until:
                    break
            self._hurry = False
            return not (self._wishes or self._busy or self._keeper.unwritten)

    def close(self, leave: bool = False, seconds: float = 10.0) -> None:
        """Ends the journal: what is unsaved goes to the shelf, or is left to be offered at the next start."""
        if self._thread is None:
            return
        self._wish(Close(leave))
        self._thread.join(seconds)

    def _wish(self, wish: Wish) -> None:
        with self._changed:
            self._wishes.append(wish)
            self._changed.notify_all()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        going = True
        while going:
            wish = self._next()
            going = not isinstance(wish, Close)
            try:
                self._keeper.do(wish)
            except Exception as error:
                log.exception("the journal could not take a project")
                self._keeper.forget(type(error).__name__)
            with self._changed:
                self._busy = False
                self._changed.notify_all()

    def _next(self) -> Wish:
        """The next wish. Edits that come quickly one after another are written together."""
        with self._changed:
            while True:
                wait = self._keeper.due if not self._wishes else 0.0
                if len(self._wishes) == 1 and isinstance(self._wishes[0], Note) and not self._hurry:
                    wait = self._keeper.pause
                if wait is not None and wait <= 0:
                    self._busy = True
                    return self._wishes.popleft() if self._wishes else self._keeper.again()
                self._changed.wait(wait)


class Keeper:
    """What the journal's thread does: makes what is on the disk what is wished for."""

    def __init__(self, told: Callable[[Text | None], None], roots: Sequence[Path]) -> None:
        self._told, self._roots = told, roots
        self._image = Image()
        self._head = Head()
        self._base: Project | None = None
        self._now: Project | None = None
        self._writing: Writing | None = None
        self._trouble: Text | None = None
        self._written_at = self._homed_at = -HOME_SECONDS
        self.unwritten = self._faulty = False

    @property
    def pause(self) -> float:
        """Seconds until the next edit may be written."""
        return self._written_at + (RETRY_SECONDS if self.unwritten else GAP_SECONDS) - time.monotonic()

    @property
    def due(self) -> float | None:
        """Seconds until it is to be seen whether all is on the disk still, or what is not yet; None for nothing."""
        if self._writing is None and not self.unwritten:
            return None
        return self._written_at + (RETRY_SECONDS if self.unwritten else LOOK_SECONDS) - time.monotonic()

    def again(self) -> Note:
        """What could not be written, or might be gone."""
        assert self._now is not None
        return Note(self._now, self._head.runs)

    def do(self, wish: Wish) -> None:
        """Carries a wish out."""
        match wish:
            case Begin(project, path, title):
                self._put_away()
                self._image, self._base = Image(), project
                self._head = _head(path, title)
            case Note(project, runs):
                self._head = replace(self._head, runs=runs)
                self._write(project)
            case Saved(project, path, now, sha256):
                self._base, self._head = project, _head(path, self._head.title, sha256)
                self._drop() if now is project else self._begin_with(now)
            case Adopt(folder, held, damaged):
                held.close()
                self._adopt(folder, damaged)
            case Close(leave):
                self._leave() if leave else self._put_away()

    def forget(self, fault: str) -> None:
        """After a fault of ours nothing is known of what is written: the next edit is written whole, into another."""
        self._image, self._faulty = Image(), True
        self._tell(_nowhere(self._roots[0], fault))
        self._written_at = time.monotonic()

    def _write(self, project: Project) -> None:
        lines = list(self._image.take(project))
        self._now = project
        try:
            if self._writing is None or self._is_to_begin(self._writing):
                self._begin()
            elif lines:
                self._writing.add(lines)
                if self._writing.long:
                    self._writing.write(self._image.lines())
        except OSError:
            self._begin()
        self._written_at = time.monotonic()

    def _begin_with(self, project: Project) -> None:
        """Keeps it in another journal; the one there was goes only after that."""
        for _ in self._image.take(project):
            pass
        self._now = project
        self._begin()
        self._written_at = time.monotonic()

    def _begin(self) -> None:
        """Writes the whole project into a folder of its own, in the first place that takes it."""
        self._homed_at = time.monotonic()
        reason = ""
        for root in self._roots:
            try:
                begun = self._begun(root)
            except OSError as error:
                reason = reason or (error.strerror or type(error).__name__).lower()
                continue
            before, self._writing, self.unwritten, self._faulty = self._writing, begun, False, False
            if before is not None:
                before.remove()
            self._tell(_elsewhere(self._roots[0], root, reason) if reason else None)
            return
        self.unwritten = True
        self._tell(_nowhere(self._roots[0], reason))

    def _begun(self, root: Path) -> Writing:
        begun = Writing(root, self._head)
        try:
            begun.write(self._image.lines())
        except OSError:
            begun.remove()
            raise
        return begun

    def _is_to_begin(self, writing: Writing) -> bool:
        """Whether nothing can be added to it, or it lies elsewhere and it is time to see whether it can come home."""
        away = writing.root != self._roots[0] and time.monotonic() > self._homed_at + HOME_SECONDS
        return self.unwritten or self._faulty or away or not writing.intact

    def _put_away(self) -> None:
        """The project is left: unsaved work goes to the shelf of what was discarded."""
        if self._writing is None or self._now is self._base:
            self._drop()
            return
        folder = self._writing.folder
        self._leave()
        with contextlib.suppress(OSError):  # where it cannot be moved it stays, to be offered
            shelf.put(folder, shelf.DISCARDED)

    def _adopt(self, folder: Path, damaged: bool) -> None:
        """Nothing of the other journal is let go that is not on the disk; what is damaged is put aside."""
        if self.unwritten:
            return
        if not damaged:
            shelf.remove(folder)
            return
        with contextlib.suppress(OSError):
            shelf.put(folder, shelf.DAMAGED)

    def _drop(self) -> None:
        """Nothing is unsaved."""
        if self._writing is not None:
            self._writing.remove()
        self._leave()

    def _leave(self) -> None:
        if self._writing is not None:
            self._writing.release()
        self._writing, self.unwritten, self._faulty = None, False, False
        self._tell(None)

    def _tell(self, trouble: Text | None) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            self._told(trouble)


def _head(path: Path | None, title: str, sha256: str = "") -> Head:
    where = str(path.absolute()) if path else ""
    return Head(where, title, sha256 or (fingerprint(path) if path else ""), time.time(), os.getpid())


def _elsewhere(root: Path, other: Path, reason: str) -> Text:
    return text(
        "Unsaved work cannot be kept in {folder} ({reason}); it is kept in {other} meanwhile. "
        "Make room there, or save the project.",
        folder=str(root),
        reason=reason,
        other=str(other),
    )


def _nowhere(root: Path, reason: str) -> Text:
    return text(
        "Unsaved work cannot be kept on disk ({reason}): a crash would lose it. "
        "Save the project, or make room in {folder}; it is tried again.",
        folder=str(root),
        reason=reason,
    )
