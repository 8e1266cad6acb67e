"""The `.loom` file: opening, and saving so that the old file or the new one is there whole, whatever happens.

The format is described in ARCHITECTURE.md, "The file".
"""

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from engine.files import write_whole
from engine.project.faults import LaterVersion, NotOpened, NotSaved, NotText, WrongContent
from engine.project.later import understood
from engine.project.printing import print_project
from engine.project.project import Project
from engine.project.reading import read_project
from engine.project.syntax import LARGEST, check_size, parse
from engine.project.upgrades import VERSION, upgraded
from engine.text import Text, text

# What a drive says that was unplugged, or whose network is gone.
GONE = (errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE, errno.ENOTCONN, errno.ETIMEDOUT, errno.EHOSTDOWN)


def loads(content: str, name: str = "project.loom") -> Project:
    """The project in a file's text; `name` is what sentences call the file. Raises BadFile (a Failure)."""
    found = parse(content, name)
    if type(found) is not dict:
        raise WrongContent(name, [text("A project is a JSON object {{…}}; this is something else.")])
    faults: list[Text] = []
    project = read_project(upgraded(found, name), faults)
    if faults:
        raise WrongContent(name, faults)
    return project


class Opened(NamedTuple):
    """A file's project. Of a file of a later `version`: what is understood of it, and what is `left_out`.

    Such a project is to be looked at, and never to be saved in the place of its file. `fingerprint` is that of the
    very bytes it was read from; empty where it was read from no file.
    """

    project: Project
    version: int = VERSION
    left_out: tuple[Text, ...] = ()
    fingerprint: str = ""

    @property
    def later(self) -> bool:
        """True where the file was written by a later version."""
        return self.version > VERSION


def read(content: str, name: str = "project.loom") -> Opened:
    """Like `loads`, and reads files of later versions as far as they are understood. Raises BadFile."""
    try:
        return Opened(loads(content, name))
    except LaterVersion:
        found = parse(content, name)
        project, left_out = understood(found, name)
        return Opened(project, found["loom"], left_out)


def dumps(project: Project) -> str:
    """The text of a project's file; `loads` gives back an equal project. Raises NotSaved."""
    try:
        return print_project(project)
    except (ValueError, OverflowError) as error:
        raise NotSaved(text("The project holds a number that is not finite; a file cannot keep it.")) from error


class Content(NamedTuple):
    """The text of a file, what sentences call the file, and the fingerprint of its bytes."""

    text: str
    name: str
    fingerprint: str


def load(path: Path | str) -> Project:
    """Opens a file. Raises BadFile (a Failure)."""
    content = content_of(path)
    return loads(content.text, content.name)


def open_file(path: Path | str) -> Opened:
    """Like `load`, and opens files of later versions as far as they are understood. Raises BadFile."""
    return opened(content_of(path))


def opened(content: Content) -> Opened:
    """What a file's content is. Raises BadFile."""
    return read(content.text, content.name)._replace(fingerprint=content.fingerprint)


def content_of(path: Path | str) -> Content:
    """What a file holds: all that waits for its disk. Raises BadFile."""
    path = Path(path)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotOpened(text("{path} is not a file; a project ending in .loom was expected.", path=str(path)))
        check_size(found.st_size, path.name)
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise NotOpened(_not_opened(path, error)) from error
    try:
        return Content(content.decode(), path.name, hashlib.sha256(content).hexdigest())
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        sentence = text("{file} is no project file: line {line} is not UTF-8 text.", file=path.name, line=line)
        raise NotText(sentence) from error


def save(project: Project, path: Path | str, before: Callable[[], object] = lambda: None) -> str:
    """Writes a file beside the old one and puts it in its place; gives the fingerprint of what it holds now.

    `before` is called when all is written and nothing replaced yet; where it raises, nothing is. Raises NotSaved,
    and then the old file is whole.
    """
    path = Path(path)
    try:
        target = path.resolve()
        content = dumps(project).encode()
        _check_content(path, content)
        _check_target(target)
        write_whole(target, content, before)
    except UnicodeEncodeError as error:
        raise NotSaved(text("{file} is not saved: a text holds half a character.", file=path.name)) from error
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: links that lead to each other
        raise NotSaved(_not_saved(path, error)) from error
    return hashlib.sha256(content).hexdigest()


def fingerprint(path: Path | str) -> str:
    """What a file holds, as a number that only the same bytes have; empty where no file can be read.

    A file that is larger than any project is not read: it is known by its size and time.
    """
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                return ""
            if found.st_size > LARGEST:
                return f"{found.st_size} bytes of {found.st_mtime_ns}"
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _without_waiting(path: str, flags: int) -> int:
    """Opens a pipe too, which would wait for whoever writes to it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _check_content(path: Path, content: bytes) -> None:
    """What could not be opened again is not saved."""
    if len(content) > LARGEST:
        sentence = text(
            "{file} is not saved: it would have {size} MB, and what has more than {limit} MB cannot be opened again. "
            "Take long notes or labels out, and save again.",
            file=path.name,
            size=len(content) // 2**20,
            limit=LARGEST // 2**20,
        )
        raise NotSaved(sentence)


def _check_target(target: Path) -> None:
    """A rename would also replace what its owner has write-protected, and devices and pipes."""
    if target.exists() and not (target.is_file() or target.is_dir()):
        raise NotSaved(text("Nothing is saved: {path} is no file. Save it under another name.", path=str(target)))
    effective = os.access in os.supports_effective_ids
    if target.exists() and not os.access(target, os.W_OK, effective_ids=effective):
        raise PermissionError(errno.EACCES, "write-protected")


def _not_opened(path: Path, error: OSError | ValueError) -> Text:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return text("{path} is not there. Was it moved or renamed?", path=str(path))
    if isinstance(error, PermissionError):
        return text("{path} may not be read: you have no right to it.", path=str(path))
    return text("{path} cannot be read: {why}.", path=str(path), why=_why(error))


def _not_saved(path: Path, error: OSError | ValueError | RuntimeError) -> Text:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return text("{file} is not saved: the folder {folder} is not there. Save it elsewhere.", **_where(path))
    if isinstance(error, PermissionError):
        return text(
            "{file} is not saved: you have no right to write it in {folder}. Save it elsewhere.", **_where(path)
        )
    if isinstance(error, IsADirectoryError):
        return text("{file} is not saved: there is a folder of this name in {folder}.", **_where(path))
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return text(
            "{file} is not saved: there is no room left in {folder}. Make room, or save it elsewhere.", **_where(path)
        )
    if isinstance(error, OSError) and error.errno == errno.EROFS:
        return text("{file} is not saved: {folder} is read-only. Save it elsewhere.", **_where(path))
    if isinstance(error, OSError) and error.errno in GONE:
        return text(
            "{file} is not saved: the drive of {folder} does not answer ({why}). Your work is still open here; "
            "connect the drive and save again, or save it elsewhere.",
            why=_why(error),
            **_where(path),
        )
    return text(
        "{file} is not saved: {why}. Your work is still open here; try again, or save it elsewhere.",
        file=path.name,
        why=_why(error),
    )


def _where(path: Path) -> dict[str, str]:
    return {"file": path.name, "folder": str(path.parent)}


def _why(error: OSError | ValueError | RuntimeError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
