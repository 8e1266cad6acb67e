"""Downloads: verified, resumed, and honest about what went wrong. The server is a real one, on this machine."""

import gzip
import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from engine.data import samples
from engine.data.download import NotDownloaded, Stopped, fetch
from engine.data.faults import BadData
from engine.data.known import Remote, Sample, samples_folder
from engine.data.samples import download
from engine.data.sources import open_data, survey
from engine.text import Text, say

CONTENT = np.random.default_rng(0).bytes(300_000)
PACKED = gzip.compress(CONTENT, mtime=0)
FILE = Remote("x.gz", len(PACKED), len(CONTENT), hashlib.sha256(CONTENT).hexdigest())


class Server(ThreadingHTTPServer):
    """Gives `files` by name. `cuts` are after how many bytes the next answers break off; `asked` the ranges wanted."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = {"x.gz": PACKED}
        self.cuts: list[int] = []
        self.asked: list[str | None] = []
        self.ranges = True

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.server.asked.append(wanted)
        content = self.server.files.get(self.path.rsplit("/", 1)[-1])
        if content is None:
            self.send_error(404)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.server.ranges else 0
        if start and start >= len(content):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        end = start + self.server.cuts.pop(0) if self.server.cuts else len(content)
        self.wfile.write(content[start:end])

    def log_message(self, format: str, *args: object) -> None:
        return None


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def get(server: Server, folder: Path, **more: object) -> None:
    fetch("X", [FILE], [server.address], folder, **more)  # type: ignore[arg-type]


def test_a_file_comes_whole_and_says_how_far_it_is(server: Server, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    def progress(what: Text, done: int, total: int) -> None:
        told.append((say(what), done, total))

    get(server, tmp_path, progress=progress)
    assert (tmp_path / "x.gz").read_bytes() == PACKED
    assert told[0] == ("Downloading X", 0, len(PACKED))
    assert told[-1] == ("Downloading X", len(PACKED), len(PACKED))
    assert [path.name for path in tmp_path.iterdir()] == ["x.gz"]


def test_what_is_there_is_not_fetched_again(server: Server, tmp_path: Path) -> None:
    get(server, tmp_path)
    get(server, tmp_path)
    assert server.asked == [None]


def test_an_interrupted_transfer_goes_on_where_it_ended(server: Server, tmp_path: Path) -> None:
    server.cuts = [100_000]
    with pytest.raises(NotDownloaded, match="what has come is kept"):
        get(server, tmp_path)
    assert not (tmp_path / "x.gz").exists()
    assert (tmp_path / "x.gz.part").stat().st_size == 100_000
    get(server, tmp_path)
    assert server.asked == [None, "bytes=100000-"]
    assert (tmp_path / "x.gz").read_bytes() == PACKED


def test_a_server_without_ranges_begins_anew(server: Server, tmp_path: Path) -> None:
    server.ranges = False
    (tmp_path / "x.gz.part").write_bytes(PACKED[:1000])
    get(server, tmp_path)
    assert (tmp_path / "x.gz").read_bytes() == PACKED


def test_a_part_that_was_complete_needs_only_its_check(server: Server, tmp_path: Path) -> None:
    (tmp_path / "x.gz.part").write_bytes(PACKED)
    get(server, tmp_path)
    assert (tmp_path / "x.gz").read_bytes() == PACKED


def test_a_part_with_a_wrong_beginning_is_fetched_anew(server: Server, tmp_path: Path) -> None:
    (tmp_path / "x.gz.part").write_bytes(b"\0" * 1000)
    get(server, tmp_path)
    assert (tmp_path / "x.gz").read_bytes() == PACKED
    assert server.asked == ["bytes=1000-", None]


def test_another_packing_of_the_same_contents_is_taken(server: Server, tmp_path: Path) -> None:
    server.files["x.gz"] = gzip.compress(CONTENT, 1, mtime=5)
    get(server, tmp_path)
    assert gzip.decompress((tmp_path / "x.gz").read_bytes()) == CONTENT


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(CONTENT[:-1] + b"x"),
        gzip.compress(CONTENT + b"x"),
        gzip.compress(CONTENT[:-1]),
        b"<html>Please log in</html>",
        b"",
        PACKED[:-9],
        gzip.compress(bytes(50_000_000)),
        np.random.default_rng(1).bytes(3_000_000),
    ],
    ids=["changed", "longer", "shorter", "page", "nothing", "cut", "bomb", "endless"],
)
def test_wrong_contents_never_get_the_name(server: Server, tmp_path: Path, content: bytes) -> None:
    server.files["x.gz"] = content
    with pytest.raises(NotDownloaded, match="other contents than expected"):
        get(server, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_next_mirror_is_asked(server: Server, tmp_path: Path) -> None:
    fetch("X", [FILE], ["http://127.0.0.1:9/", server.address], tmp_path)
    assert (tmp_path / "x.gz").read_bytes() == PACKED


def test_a_missing_file_is_named(server: Server, tmp_path: Path) -> None:
    server.files.clear()
    with pytest.raises(NotDownloaded, match=r"x\.gz.*HTTP 404"):
        get(server, tmp_path)


@pytest.mark.parametrize("host", ["127.0.0.1:9", "no-such-host.invalid"])
def test_no_network_is_a_sentence(tmp_path: Path, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NotDownloaded, match="Check the network"):
        fetch("X", [FILE], [f"http://{host}/"], tmp_path)


def test_stopping_keeps_what_has_come(server: Server, tmp_path: Path) -> None:
    calls = iter(range(100))
    with pytest.raises(Stopped, match="stopped"):
        get(server, tmp_path, stop=lambda: next(calls) >= 2)
    assert 0 < (tmp_path / "x.gz.part").stat().st_size < len(PACKED)
    get(server, tmp_path)
    assert (tmp_path / "x.gz").read_bytes() == PACKED


def test_a_folder_that_cannot_be_made_is_named(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotDownloaded, match="cannot be stored"):
        get(server, tmp_path / "file" / "folder")


@pytest.fixture
def small_mnist(server: Server, idx_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sample:
    """A sample like MNIST, offered by the local server; the user's data folder is one of its own."""
    files = []
    for path in sorted(idx_folder.iterdir()):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        name = path.name.removesuffix(".gz") + ".gz"
        server.files[name] = gzip.compress(content)
        digest = hashlib.sha256(content).hexdigest()
        files.append(Remote(name, len(server.files[name]), len(content), digest))
        path.unlink()
    sample = Sample("MNIST", (server.address,), tuple(files))
    monkeypatch.setattr(samples, "DOWNLOADS", {"mnist": sample})
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return sample


def test_a_sample_is_downloaded_and_then_opens(small_mnist: Sample) -> None:
    with pytest.raises(BadData, match="not on this machine yet"):
        survey("sample:mnist")
    assert download("sample:mnist") == "sample:mnist"
    data = open_data("sample:mnist")
    assert (data.count(), data.count("test")) == (30, 10)


def test_a_sample_goes_on_with_the_file_at_which_it_broke_off(small_mnist: Sample, server: Server) -> None:
    server.cuts = [10**6, 10**6, 20]
    with pytest.raises(NotDownloaded):
        download("sample:mnist")
    there = {path.name for path in (samples_folder() / "mnist").iterdir()}
    assert len([name for name in there if name.endswith(".gz")]) == 2
    told: list[tuple[int, int]] = []
    download("sample:mnist", lambda what, done, total: told.append((done, total)))
    assert told[0][0] > sum(file.size for file in small_mnist.files[:2])
    assert told[-1] == (small_mnist.size, small_mnist.size)


def test_digits_need_no_download() -> None:
    assert download("sample:digits") == "sample:digits"


def test_an_unknown_sample_is_refused() -> None:
    with pytest.raises(BadData, match="no sample “imagenet”"):
        download("sample:imagenet")
