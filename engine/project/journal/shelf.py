"""Where journals lie: those of open windows and of crashed ones, and on two shelves what was discarded or damaged.

Unsaved work stays until it is recovered or discarded; what was discarded stays for 30 days; what is damaged stays.
"""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from platformdirs import user_data_path

from engine.lock import lock, locked
from engine.project.journal.reading import JOURNAL

DISCARDED, DAMAGED = "discarded", "damaged"
SHELVES = (DISCARDED, DAMAGED)

DAYS = 30
MOST_BYTES = 200 * 2**20
ABANDONED_SECONDS = 86_400
TRIES = 5


def roots(what: str = "journals") -> tuple[Path, ...]:
    """The folders of journals: in the user's data, and where that cannot be written, beside temporary files."""
    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    spare = Path(tempfile.gettempdir()) / f"tensorloom-{what}-{user}"
    return user_data_path("tensorloom", appauthor=False) / what, spare


def make_root(root: Path) -> None:
    """Makes a folder of journals that nobody else looks into. Raises OSError, also where it is another user's."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_ours(root):
        raise PermissionError(13, "the folder belongs to somebody else", str(root))


def journals(places: Sequence[Path] | None = None) -> list[Path]:
    """The folders of journals whose window is gone: what a crash has left."""
    return [folder for root in _sound(places) for folder in _folders(root) if not locked(folder)]


def shelved(shelf: str, places: Sequence[Path] | None = None) -> list[Path]:
    """The folders of journals on a shelf."""
    return [folder for root in _sound(places) for folder in _folders(root / shelf)]


def claim(folder: Path) -> IO[bytes] | None:
    """Takes a journal for oneself until the file is closed; None where a window has it, or it is gone."""
    for _ in range(TRIES):  # whoever lists journals holds each for a moment
        try:
            if not (folder / JOURNAL).exists():
                return None
            if held := lock(folder):
                return held
        except OSError:
            return None
        time.sleep(0.02)
    return None


def put(folder: Path, shelf: str) -> Path:
    """Moves a journal to a shelf ("": back to where a crash left it), and gives where it lies now. Raises OSError."""
    root = folder.parent.parent if folder.parent.name in SHELVES else folder.parent
    target = root / shelf / folder.name
    if target == folder:
        return folder
    target.parent.mkdir(mode=0o700, exist_ok=True)
    folder.rename(target)
    os.utime(target)
    return target


def remove(folder: Path) -> None:
    """Takes a journal away, the content first: what is left of it, if the power goes, is nothing to recover."""
    with contextlib.suppress(OSError):
        (folder / JOURNAL).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def tidy(places: Sequence[Path] | None = None) -> None:
    """Lets go of what was discarded long ago, or is more than anybody needs; of empty folders too.

    What was discarded last stays, however large it is.
    """
    now = time.time()
    for root in _sound(places):
        for folder in _all(root):
            if not (folder / JOURNAL).exists() and now - _modified(folder) > ABANDONED_SECONDS:
                remove(folder)
        room = MOST_BYTES
        for place, folder in enumerate(sorted(_folders(root / DISCARDED), key=_modified, reverse=True)):
            room -= _size(folder)
            if (place and room < 0) or now - _modified(folder) > DAYS * 86_400:
                remove(folder)


def _sound(places: Sequence[Path] | None) -> Iterator[Path]:
    """Those of the folders that are there and ours: in a folder for all, somebody else may have laid one out."""
    return (root for root in (roots() if places is None else places) if root.is_dir() and _is_ours(root))


def _is_ours(root: Path) -> bool:
    return not hasattr(os, "getuid") or (root.stat().st_uid == os.getuid() and not root.is_symlink())


def _all(root: Path) -> list[Path]:
    try:
        return sorted(entry for entry in root.iterdir() if entry.name not in SHELVES and entry.is_dir())
    except OSError:
        return []


def _folders(root: Path) -> list[Path]:
    return [folder for folder in _all(root) if (folder / JOURNAL).is_file()]


def _modified(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return time.time()


def _size(folder: Path) -> int:
    try:
        return (folder / JOURNAL).stat().st_size
    except OSError:
        return 0
