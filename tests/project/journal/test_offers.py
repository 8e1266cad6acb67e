"""What is offered after a crash: all that can be had back, whatever else lies where journals are."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from engine.project.file import fingerprint, save
from engine.project.journal import offers as module
from engine.project.journal import shelf
from engine.project.journal.group import End, Head, end_line, head_line
from engine.project.journal.image import Image
from engine.project.journal.lines import line
from engine.project.journal.offers import Offer, look, offers
from engine.project.journal.reading import JOURNAL
from engine.project.journal.writing import Writing
from engine.project.project import Project
from engine.project.starters import make_starter
from engine.text import say

MLP = make_starter("mlp")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "journals"
    folder.mkdir(mode=0o700)
    return folder


def left(root: Path, project: Project = MLP, head: Head = Head()) -> Path:
    """What a crashed window leaves."""
    writing = Writing(root, head)
    writing.write(Image().take(project))
    writing.release()
    return writing.folder


def odd(root: Path, values: Sequence[Any], head: Head = Head()) -> Path:
    """A journal whose lines are sound, and hold these values."""
    folder = root / "odd"
    folder.mkdir()
    lines = [head_line(head), *map(line, values)]
    (folder / JOURNAL).write_bytes(b"".join([*lines, end_line(End(1, len(lines), 1.0))]))
    return folder


def best(found: list[Offer]) -> list[Project | None]:
    return [offer.found.best for offer in found]


MAIN_IS_THERE = [["networks", "main"], {}]


@pytest.mark.parametrize(
    "values",
    [
        [[["networks", "main"], "text"]],
        [[["networks", "main"], [1]]],
        [[["nodes"], 1], [["layout"], 1], [["nodes", "a"], 1]],
        [{"order": [[1]], "names": ["a"]}, {"order": ["nodes", "main"], "names": [[1], {}]}],
        [[["networks", "a b"], {"frames": 3}]],
        [[["loom"], None]],
        [[["networks", "main"], {"nodes": 5, "layout": []}]],
    ],
)
def test_a_journal_of_any_content_hides_no_other(root: Path, values: list[Any]) -> None:
    left(root)
    odd(root, values)
    assert MLP in best(offers(places=[root]))


def test_a_fault_of_ours_hides_no_other_journal_and_deletes_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = odd(root, [MAIN_IS_THERE, [["nodes", "main", "a"], {"type": "relu"}]])

    def faulty(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("engine.project.journal.state.State.content", faulty)
    assert best(offers(places=[root])) == [None]
    assert (root / shelf.DAMAGED / folder.name / JOURNAL).exists()


def test_what_does_not_go_together_is_left_out_and_the_rest_is_offered(root: Path) -> None:
    """Lines that are sound each, after damage between them."""
    odd(
        root,
        [MAIN_IS_THERE, [["nodes", "main", "a"], {"type": "relu"}], [["nodes", "main", "class"], {"type": "relu"}]],
    )
    (offer,) = offers(places=[root])
    assert offer.found.best is not None and list(offer.found.best.graph.nodes) == ["a"]
    assert any("class" in say(words) for words in offer.found.damage)


@pytest.mark.parametrize("head", [Head(), Head(journal=2)])
def test_what_a_later_version_has_kept_is_left_for_that(root: Path, head: Head) -> None:
    folder = odd(root, [MAIN_IS_THERE, [["loom"], 99]], head)
    assert offers(places=[root]) == []
    (offer,) = offers(shelved=True, places=[root])
    assert offer.found.best is None and "later version" in say(offer.found.damage[0])
    assert (folder / JOURNAL).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are characters there")
def test_a_name_that_is_no_text_is_kept(root: Path, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.loom"))
    save(MLP, path)
    left(root, make_starter("digits"), Head(str(path), sha256=fingerprint(path)))
    (offer,) = offers(places=[root])
    assert offer.found.path == path and offer.on_disk == "as_then"


@pytest.mark.parametrize("path", ["x" * 5000, "/a/\0b", "relative.loom", "/dev/zero"])
def test_a_file_of_any_name_is_looked_for(root: Path, path: str) -> None:
    left(root, head=Head(path))
    assert best(offers(places=[root])) == [MLP]


def test_what_another_window_recovers_meanwhile_is_not_offered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = left(root)

    def taken(folder: Path) -> Offer:
        shelf.remove(folder)
        return look(folder)

    monkeypatch.setattr(module, "look", taken)
    assert offers(places=[root]) == []
    assert not folder.exists() and not (root / shelf.DAMAGED).exists()


def test_a_file_of_a_later_version_is_not_said_to_be_unreadable(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "net.loom"
    save(MLP, path)
    left(root, make_starter("digits"), Head(str(path)))
    path.write_text(path.read_text("utf-8").replace('"loom": 1', '"loom": 99'), "utf-8")
    assert [offer.on_disk for offer in offers(places=[root])] == ["later"]
