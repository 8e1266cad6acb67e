"""The lock of a folder: held by the process that works in it, and let go by the system when that process is gone."""

import sys
from pathlib import Path
from typing import IO

LOCK = "lock"


def lock(folder: Path) -> IO[bytes] | None:
    """Takes the folder's lock; None where another process has it. Closing the file lets it go.

    Raises OSError where there can be none: the folder cannot be written, or its file system knows no locks.
    """
    file = (folder / LOCK).open("ab")
    taken = False
    try:
        taken = _take(file)
    finally:
        if not taken:
            file.close()
    return file if taken else None


def locked(folder: Path) -> bool:
    """Whether a living process holds the folder's lock."""
    try:
        if not (folder / LOCK).exists():
            return False
        file = lock(folder)
    except OSError:
        return False
    if file is None:
        return True
    file.close()
    return False


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True
