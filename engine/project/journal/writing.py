"""A journal on the disk while it is written: whole at once, then group after group."""

import datetime
import os
import time
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from engine.files import sync_folder, write_whole
from engine.lock import LOCK, lock
from engine.project.journal import shelf
from engine.project.journal.group import End, Head, end_line, head_line
from engine.project.journal.reading import JOURNAL

# When what was added is more than this, and more than twice the state itself, the journal is written anew.
LEAST_BYTES = 256 * 1024


class Writing:
    """A journal's folder, locked while this lives. Every method but `release` and `remove` may raise OSError."""

    def __init__(self, root: Path, head: Head) -> None:
        shelf.make_root(root)
        stamp = f"{datetime.datetime.now():%Y-%m-%d-%H%M%S}"
        self.root = root
        self.folder = root / f"{stamp}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
        self._head = head_line(head)
        self._file: IO[bytes] | None = None
        self._groups = self._whole = self._added = 0
        self.folder.mkdir(mode=0o700)
        self._lock = lock(self.folder)

    @property
    def intact(self) -> bool:
        """Whether what was written lies where it was put: nobody has taken it or its lock away, cut or replaced it."""
        try:
            kept = (self.folder / JOURNAL).stat()
            same = self._file is not None and os.path.samestat(kept, os.fstat(self._file.fileno()))
            alone = self._lock is None or os.path.samestat((self.folder / LOCK).stat(), os.fstat(self._lock.fileno()))
        except OSError:
            return False
        return same and alone and kept.st_size == self._whole + self._added

    @property
    def long(self) -> bool:
        """Whether it is time to write it anew."""
        return self._added > max(LEAST_BYTES, 2 * self._whole)

    def write(self, lines: Iterable[bytes]) -> None:
        """Writes the whole state, in place of what was there: the old journal or the new one is there."""
        pieces = [self._head, *lines, self._head]
        content = b"".join([*pieces, end_line(End(1, len(pieces), time.time()))])
        write_whole(self.folder / JOURNAL, content)
        self._close()
        self._file = (self.folder / JOURNAL).open("ab", buffering=0)
        self._groups, self._whole, self._added = 1, len(content), 0

    def add(self, lines: list[bytes]) -> None:
        """Writes what leads to the next state."""
        assert self._file is not None
        content = b"".join([*lines, end_line(End(self._groups + 1, len(lines), time.time()))])
        rest = memoryview(content)
        while rest:
            rest = rest[self._file.write(rest) :]
        os.fsync(self._file.fileno())
        self._groups += 1
        self._added += len(content)

    def release(self) -> None:
        """Lets go of it; it stays."""
        self._close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def remove(self) -> None:
        """Takes it away."""
        self.release()
        shelf.remove(self.folder)
        sync_folder(self.root)

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
