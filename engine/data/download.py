"""Fetching files whose contents are known: resumed where a try broke off, verified before they get their names."""

import contextlib
import gzip
import hashlib
import http.client
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from engine.data.faults import BadData
from engine.data.known import Remote
from engine.data.values import Progress
from engine.text import Failure, Text, text

PIECE = 64 * 1024
TIMEOUT = 30
ALLOWANCE = 2
"""A mirror may have compressed the same contents less well: this many times the usual size is let in."""


class NotDownloaded(BadData):
    """A file could not be fetched; what had come is kept for the next try."""


class Stopped(Failure):
    """The user ended the download; what had come is kept for the next try."""


class _Wrong(Exception):
    """What was fetched does not hold what it should."""


def fetch(
    title: str,
    files: Sequence[Remote],
    mirrors: Sequence[str],
    folder: Path,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Fetches the files that are not there yet from the first mirror that gives them. Raises a Failure."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        total, done = sum(file.size for file in files), 0
        for file in files:
            if not (folder / file.name).is_file():
                _from_mirrors(file, mirrors, folder, _Gauge(title, done, total, progress, stop))
            done += file.size
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise NotDownloaded(
            text("{title} cannot be stored in {folder}: {why}.", title=title, folder=str(folder), why=why)
        ) from error


@dataclass
class _Gauge:
    """How far the whole download is, and whether it shall go on."""

    title: str
    before: int
    total: int
    progress: Progress | None
    stop: Callable[[], bool]

    def show(self, done: int) -> None:
        if self.stop():
            raise Stopped(text("The download of {title} was stopped; it goes on there next time.", title=self.title))
        if self.progress:
            self.progress(
                text("Downloading {title}", title=self.title), min(self.before + done, self.total), self.total
            )


def _from_mirrors(file: Remote, mirrors: Sequence[str], folder: Path, gauge: _Gauge) -> None:
    part = folder / f"{file.name}.part"
    faults: list[Text] = []
    for mirror in mirrors:
        address = mirror + file.name
        try:
            _fetch(address, file, part, gauge)
            part.replace(folder / file.name)
            return
        except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            faults.append(text("{address}: {why}", address=address, why=_why(error)))
        except _Wrong:
            part.unlink(missing_ok=True)
            faults.append(text("{address}: other contents than expected", address=address))
    raise NotDownloaded(
        text(
            "{file} could not be downloaded ({why}). Check the network and try again; what has come is kept.",
            file=file.name,
            why=reduce(lambda some, one: text("{some}; {one}", some=some, one=one), faults),
        )
    )


def _fetch(address: str, file: Remote, part: Path, gauge: _Gauge) -> None:
    """Fetches what is missing of a part, or all of it again where its beginning was no good."""
    resumed = part.stat().st_size if part.is_file() else 0
    _transfer(address, file, part, gauge)
    if _holds(part, file):
        return
    if resumed:
        part.unlink()
        _transfer(address, file, part, gauge)
        if _holds(part, file):
            return
    raise _Wrong


def _transfer(address: str, file: Remote, part: Path, gauge: _Gauge) -> None:
    there = part.stat().st_size if part.is_file() else 0
    headers = {"User-Agent": "tensorloom"} | ({"Range": f"bytes={there}-"} if there else {})
    gauge.show(there)
    try:
        response = urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            return  # everything had come already
        raise
    with response:
        there = there if response.status == http.client.PARTIAL_CONTENT else 0
        with part.open("ab" if there else "wb") as target:
            _copy(response, target.write, file, there, gauge)


def _copy(
    response: http.client.HTTPResponse, write: Callable[[bytes], int], file: Remote, there: int, gauge: _Gauge
) -> None:
    while piece := response.read(PIECE):
        write(piece)
        there += len(piece)
        if there > ALLOWANCE * file.size + PIECE:
            raise _Wrong
        gauge.show(there)
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)


def _holds(part: Path, file: Remote) -> bool:
    """Whether what was fetched holds the known contents; it is decompressed no further than they are long."""
    digest, size = hashlib.sha256(), 0
    with contextlib.suppress(OSError, EOFError, zlib.error), gzip.open(part) as content:
        while piece := content.read(1024 * 1024):
            digest.update(piece)
            size += len(piece)
            if size > file.content_size:
                return False
        return size == file.content_size and digest.hexdigest() == file.sha256
    return False


def _why(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP {error.code}"
    reason = getattr(error, "reason", error)
    return str(getattr(reason, "strerror", None) or reason or type(error).__name__).lower()
