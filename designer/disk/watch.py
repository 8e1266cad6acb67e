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

    Not every file system tells of changes: `look_beside` is to be called when the window is come back to.
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
        self._settled.timeout.connect(self.look_beside)
        self._aside = Aside(self)
        self._looking = self._still = False
        self._turn = 0  # whatever was seen before another turn says nothing any more

    def follow(self, path: Path | None, known: str = "") -> None:
        """Watches this file from now on, in place of any other; `known` is the fingerprint of what is shown."""
        self._settled.stop()
        self._forget()
        self._turn += 1
        self.path, self._stamp = path, None
        if path is None:
            self._known = self._found = ""
            self.state = "same"
            return
        self._system = QFileSystemWatcher(self)
        self._system.fileChanged.connect(lambda _: self._settled.start())
        self._system.directoryChanged.connect(lambda _: self._settled.start())
        self.know(known or fingerprint(path))

    def know(self, known: str) -> None:
        """What the file is expected to hold: it was opened, saved, or what came was taken note of."""
        self._turn += 1
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

    def look(self, closely: bool = False) -> State:
        """Looks at the file now; `closely`: also where its time and size are as they were."""
        if self.path is None:
            return "same"
        stamp = _stamp(self.path)
        if closely or stamp != self._stamp or stamp is None:
            self._stamp = stamp
            self._take(fingerprint(self.path))
        self._listen()
        return self.state

    def look_beside(self) -> None:
        """Looks at the file, and does not wait for its disk meanwhile."""
        if self.path is None or self._still:
            return
        if self._looking:
            self._settled.start()
            return
        path, stamp, turn = self.path, self._stamp, self._turn
        self._looking = True
        self._aside.start(lambda: _looked(path, stamp), lambda task: self._seen(turn, *task.result()))

    def _seen(self, turn: int, stamp: _Stamp | None, found: str | None) -> None:
        self._looking = False
        if turn != self._turn:
            self._settled.start()
            return
        self._stamp = stamp
        if found is not None:
            self._take(found)
        self._listen()

    def _take(self, found: str) -> None:
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
