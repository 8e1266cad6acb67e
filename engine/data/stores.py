"""Where image files lie: a folder, or a zip that is read where it is, never unpacked."""

import os
import stat
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Protocol

from engine.data.faults import BadData
from engine.data.images import MOST_BYTES, SUFFIXES
from engine.text import Text, text

EXPANSION = 200
FREE_EXPANSION = 2**30
_HIDDEN = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


class Store(Protocol):
    """Files by name. Used as a context while files are read."""

    def names(self) -> tuple[list[str], int]:
        """The image files, by their way from the top ("cat/1.png"), and how many other files there are."""

    def content(self, name: str) -> bytes | Path:
        """A file, or its bytes. Raises BadData."""

    def __enter__(self) -> "Store": ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_store(path: Path) -> Store:
    """The folder or zip. Raises BadData where it is neither."""
    if path.is_dir():
        return FolderStore(path)
    if path.is_file():
        return ZipStore(path)
    raise BadData(text("{path} is not there. Choose a folder of images, or a zip of one.", path=str(path)))


class FolderStore:
    """A folder; links to other folders are not followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> tuple[list[str], int]:
        found, others = [], 0
        for folder, inner, files in os.walk(self._folder, onerror=_raise):
            inner[:] = sorted(name for name in inner if not _hidden(name))
            way = Path(folder).relative_to(self._folder)
            for name in files:
                if _suffix(name) in SUFFIXES and not _hidden(name):
                    found.append((way / name).as_posix())
                else:
                    others += not _hidden(name)
        return found, others

    def content(self, name: str) -> bytes | Path:
        return self._folder / name

    def __enter__(self) -> "FolderStore":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class ZipStore:
    """A zip whose names stay inside it and whose files expand within bounds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._archive: zipfile.ZipFile | None = None

    def names(self) -> tuple[list[str], int]:
        with self:
            entries = [entry for entry in self._opened().infolist() if not entry.is_dir()]
        self._check(entries)
        names = [entry.filename for entry in entries if not any(_hidden(part) for part in _way(entry.filename))]
        images = [name for name in names if _suffix(name) in SUFFIXES]
        return images, len(names) - len(images)

    def content(self, name: str) -> bytes:
        try:
            with self._opened().open(name) as file:
                content = file.read(MOST_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise BadData(self._damaged(name, error)) from error
        if len(content) > MOST_BYTES:
            raise BadData(text("{file} in {zip} is too large for an image.", file=name, zip=self._path.name))
        return content

    def __enter__(self) -> "ZipStore":
        try:
            self._archive = zipfile.ZipFile(self._path)
        except (zipfile.BadZipFile, EOFError, ValueError) as error:
            sentence = text("{path} is no zip file, or a damaged one ({what}).", path=str(self._path), what=str(error))
            raise BadData(sentence) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened().close()
        self._archive = None

    def _opened(self) -> zipfile.ZipFile:
        assert self._archive, "a zip is read inside its context"
        return self._archive

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        for entry in entries:
            if ".." in _way(entry.filename) or entry.filename.startswith("/") or ":" in _way(entry.filename)[0]:
                raise BadData(
                    text(
                        "{zip} names a file outside of itself ({file}) and is not read.",
                        zip=self._path.name,
                        file=entry.filename[:120],
                    )
                )
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise BadData(
                    text(
                        "{zip} holds a link ({file}); pack the file itself.",
                        zip=self._path.name,
                        file=entry.filename[:120],
                    )
                )
            if entry.flag_bits & 1:
                raise BadData(text("{zip} is encrypted; pack it without a password.", zip=self._path.name))
        expanded = sum(entry.file_size for entry in entries)
        if expanded > max(FREE_EXPANSION, EXPANSION * self._path.stat().st_size):
            raise BadData(
                text(
                    "{zip} would expand to {size} MB, far more than images do; it is not read.",
                    zip=self._path.name,
                    size=expanded // 2**20,
                )
            )

    def _damaged(self, name: str, error: Exception) -> Text:
        return text(
            "{file} in {zip} is damaged ({what}). Pack it again.", file=name, zip=self._path.name, what=str(error)
        )


def _way(name: str) -> tuple[str, ...]:
    return tuple(name.replace("\\", "/").split("/"))


def _suffix(name: str) -> str:
    """The ending with its point; a Path for each of a million names would take its time."""
    return name[name.rfind(".") :].lower()


def _hidden(name: str) -> bool:
    return name.startswith(".") or name in _HIDDEN


def _raise(error: OSError) -> None:
    raise error
