"""`tensorloom recover`: unsaved work without a window."""

from pathlib import Path

from engine.project.file import load
from engine.project.journal.group import Head
from engine.project.journal.image import Image
from engine.project.journal.reading import JOURNAL
from engine.project.journal.writing import Writing
from engine.project.starters import make_starter
from tests.cli.conftest import Tensorloom


def leave(tmp_path: Path, starter: str = "mlp", path: str = "") -> Path:
    """What a crashed window leaves."""
    writing = Writing(tmp_path / "user" / "tensorloom" / "journals", Head(path, "net", "", 1.0, 1))
    writing.write(Image().take(make_starter(starter)))
    writing.release()
    return writing.folder


def test_it_lists_writes_and_discards(tensorloom: Tensorloom, tmp_path: Path) -> None:
    folder = leave(tmp_path)
    (listed,) = tensorloom("recover", "--json").json
    assert (listed["id"], listed["title"], listed["damage"]) == (folder.name, "net", [])
    assert folder.name in tensorloom("recover").out
    written = tensorloom("recover", folder.name[-6:], "-o", tmp_path / "back.loom")
    assert written.status == 0 and "still kept" in written.err
    assert load(tmp_path / "back.loom") == make_starter("mlp")
    assert tensorloom("recover", folder.name, "-o", tmp_path / "back.loom").status == 1
    assert tensorloom("recover", folder.name, "--discard").status == 0
    assert tensorloom("recover", "--json").json == []
    (kept,) = tensorloom("recover", "--all", "--json").json
    assert (kept["id"], kept["shelf"]) == (folder.name, "discarded")


def test_what_is_damaged_is_said_and_put_aside(tensorloom: Tensorloom, tmp_path: Path) -> None:
    folder = leave(tmp_path)
    (folder / JOURNAL).write_bytes(b"rubbish")
    listed = tensorloom("recover")
    assert folder.name in listed.out and "damaged" in listed.out + listed.err
    assert (folder.parent / "damaged" / folder.name / JOURNAL).read_bytes() == b"rubbish"


def test_a_file_whose_name_is_no_text_is_listed(tensorloom: Tensorloom, tmp_path: Path) -> None:
    leave(tmp_path, path="/home/\udcff.loom")
    assert "\\udcff.loom" in tensorloom("recover").out
    (listed,) = tensorloom("recover", "--json").json
    assert listed["path"] == "/home/\udcff.loom"


def test_misuse_is_said(tensorloom: Tensorloom, tmp_path: Path) -> None:
    assert tensorloom("recover", "-o", "x.loom").status == 2
    leave(tmp_path), leave(tmp_path, "digits")
    assert "may be any of" in tensorloom("recover", "-").err
    assert "is called" in tensorloom("recover", "nobody").err
