"""Files that are whole or not there: written beside, flushed to the disk, renamed over the old one. No torch."""

import contextlib
import os
import stat
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.text import Failure, Text, text


def write_whole(path: Path, content: bytes, before: Callable[[], object] = lambda: None) -> None:
    """Replaces the file in one step: a reader, or a crash at any moment, sees the old content or the new.

    The file keeps its permissions. `before` is called when all is written and nothing replaced yet; where it raises,
    nothing is. Raises OSError, and then the old file is whole.
    """
    beside = path.with_name(f".{path.name[:40]}.{uuid.uuid4().hex[:8]}")
    try:
        with beside.open("xb") as file:
            _take_mode(path, beside)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        before()
        beside.replace(path)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def _take_mode(path: Path, beside: Path) -> None:
    """Gives the new file the permissions of the old one, before anything is in it. Some file systems know only one."""
    with contextlib.suppress(FileNotFoundError):
        wanted = stat.S_IMODE(path.stat().st_mode)
        if wanted != stat.S_IMODE(beside.stat().st_mode):
            beside.chmod(wanted)


def sync_file(path: Path) -> None:
    """Waits until a file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Makes a rename in the folder last. Not every system or file system can, and the content is safe without."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns what the system says against writing here into a sentence."""
    try:
        yield
    except OSError as error:
        reason: Text | str = error.strerror or type(error).__name__
        if isinstance(error, FileNotFoundError) and not path.parent.is_dir():
            reason = text("the folder {folder} is not there", folder=str(path.parent))
        beside = Path(str(error.filename or path))
        sentence = text(
            "{path} cannot be written: {reason}. Make room or choose another folder, and try again.",
            path=str(path if beside.name.startswith(f".{path.name[:40]}.") else beside),
            reason=reason,
        )
        raise Failure(sentence) from error
