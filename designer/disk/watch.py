"""Looks after a file on disk: whether it still holds what it held when it was opened or saved."""

from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from designer.aside import Aside
from engine.project.file import fingerprint

State: TypeAlias = Literal["same", "changed", "gone"]
SETTLED_MS = 150
"""Whoever writes a file does so in several steps; it is looked at once they are over."""


class _Stamp(NamedTuple):
    """What the file system says of a file; while it is the same, the file need not be read."""

    modified: int
    size: int
    number: int


class Watch(QObject):
    """Follows one file. `differed` carries the State whenever it is another, or the file holds something else again.

    Not every file system tells of changes: `look` is to be called when the window is come back to.
    """

    differed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.state: State = "same"
        self._known = self._found = ""
        self._stamp: _Stamp | None = None
        self._system: QFileSystemWatcher | None = None
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self.look)
        self._aside = Aside(self)
        self._still = self._new = False
        self._looking: object = None  # the look that is on its way
        self._turn = 0  # whatever was seen before another turn says nothing any more

    def follow(self, path: Path | None, known: str = "") -> None:
        """Watches this file from now on, in place of any other; `known` is the fingerprint of what is shown.

        Without one, what the file holds when it is first looked at is known.
        """
        self._settled.stop()
        self._looking = None  # at another file: its disk may never answer
        self._forget()
        self._turn += 1
        self.path, self._stamp, self._new = path, None, not known
        self._known = self._found = ""
        self.state = "same"
        if path is None:
            return
        self._system = QFileSystemWatcher(self)
        self._system.fileChanged.connect(lambda _: self._settled.start())
        self._system.directoryChanged.connect(lambda _: self._settled.start())
        if known:
            self.know(known)
        else:
            self.look()

    def know(self, known: str) -> None:
        """What the file is expected to hold: it was opened, saved, or what came was taken note of."""
        self._turn += 1
        self._new = False
        self._known = self._found = known
        self.state, self._stamp = "same", None
        self._listen()

    @property
    def known(self) -> str:
        """The fingerprint of what the file is expected to hold."""
        return self._known

    @property
    def found(self) -> str:
        """The fingerprint of what the file held when it was looked at last."""
        return self._found

    def keep_still(self, still: bool) -> None:
        """While this window is writing the file, nothing is told of it."""
        if still != self._still:
            self._still = still
            self._turn += 1
            if not still and self.path is not None:
                self._settled.start()

    def accept(self) -> None:
        """Takes what the file holds now for known: nobody is told of it again."""
        self.know(self._found)

    @property
    def looking(self) -> bool:
        """Whether the file is being looked at, or is about to be."""
        return self._looking is not None or self._settled.isActive()

    def look(self) -> None:
        """Looks at the file, and does not wait for its disk meanwhile."""
        if self.path is None or self._still:
            return
        if self._looking is not None:
            self._settled.start()
            return
        path, stamp, turn = self.path, self._stamp, self._turn
        one = self._looking = object()
        self._aside.start(lambda: _looked(path, stamp), lambda task: self._seen(one, turn, *task.result()))

    def _seen(self, one: object, turn: int, stamp: _Stamp | None, found: str | None) -> None:
        if one is not self._looking:
            return
        self._looking = None
        if turn != self._turn:
            self._settled.start()
            return
        self._stamp = stamp
        if found is not None:
            self._take(found)
        self._listen()

    def _take(self, found: str) -> None:
        if self._new:
            self.know(found)
        state: State = "same" if found == self._known else "changed" if found else "gone"
        differs = state != self.state or (state == "changed" and found != self._found)
        self.state, self._found = state, found
        if differs:
            self.differed.emit(state)

    def _listen(self) -> None:
        """Asks the system to tell; again after each change, because a file that is replaced is another to it."""
        if self._system is None or self.path is None:
            return
        wanted = {str(path) for path in (self.path, self.path.parent) if path.exists()}
        if missing := wanted - {*self._system.files(), *self._system.directories()}:
            self._system.addPaths(sorted(missing))

    def _forget(self) -> None:
        if self._system is not None:
            self._system.deleteLater()
            self._system = None


def _looked(path: Path, before: _Stamp | None) -> tuple[_Stamp | None, str | None]:
    """How the file stands, and its fingerprint, or None where it stands as before."""
    stamp = _stamp(path)
    return stamp, None if stamp is not None and stamp == before else fingerprint(path)


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _Stamp(found.st_mtime_ns, found.st_size, found.st_ino)
