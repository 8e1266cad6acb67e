"""One window to a file: a lock that the system lets go when the window's process is gone, however it ended.

The lock lies in the user's data folder under the file's resolved path, not beside the file: folders may be read-only,
and nothing is left in them; where that cannot be written, it lies beside temporary files. Who works on the same file
on another machine is not seen by it; what they save is, by the watch on the file.
"""

import hashlib
import os
from pathlib import Path
from typing import IO

from engine.lock import lock
from engine.project.journal import shelf


class Hold:
    """A file that this window has open. It is let go by `release`, or with the last reference to this."""

    def __init__(self, path: Path, file: IO[bytes] | None) -> None:
        self.path = path
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def __del__(self) -> None:
        self.release()


def take_hold(path: Path) -> Hold | None:
    """Takes the file for this window; None where another has it. Where no lock can be made, nobody is kept out."""
    path = resolved(path)
    for root in shelf.roots("open"):
        folder = root / _key(path)
        try:
            shelf.make_root(root)
            folder.mkdir(exist_ok=True)
            file = lock(folder)
        except OSError:
            continue
        return Hold(path, file) if file else None
    return Hold(path, None)


def held(path: Path, has: Hold | None) -> Hold | None:
    """The hold on a file for a window that `has` this one, which may be it; None where another window has the file."""
    return has if has is not None and has.path == resolved(path) else take_hold(path)


def resolved(path: Path) -> Path:
    """The file itself, whichever link leads to it."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _key(path: Path) -> str:
    return hashlib.sha256(os.path.normcase(path).encode("utf-8", "surrogatepass")).hexdigest()[:32]
