"""What is discarded stays for a while, what is damaged for ever."""

import os
import time
from pathlib import Path

import pytest

from engine.project.journal import shelf
from engine.project.journal.reading import JOURNAL


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "journals"
    folder.mkdir(mode=0o700)
    return folder


def put(root: Path, where: str, name: str, days: float, size: int = 10) -> Path:
    """A journal that was put somewhere so many days ago."""
    folder = root / where / name
    folder.mkdir(parents=True)
    (folder / JOURNAL).write_bytes(b"x" * size)
    moment = time.time() - days * 86_400
    os.utime(folder, (moment, moment))
    return folder


def test_what_was_discarded_long_ago_goes(root: Path) -> None:
    old, recent = put(root, shelf.DISCARDED, "old", 31), put(root, shelf.DISCARDED, "recent", 29)
    shelf.tidy([root])
    assert not old.exists() and recent.exists()


def test_what_is_damaged_or_was_left_by_a_crash_stays(root: Path) -> None:
    kept = [put(root, shelf.DAMAGED, "damaged", 999), put(root, "", "left", 999)]
    shelf.tidy([root])
    assert all((folder / JOURNAL).exists() for folder in kept)


def test_of_much_that_was_discarded_the_latest_stays_however_large(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_BYTES", 100)
    days = {"first": 3, "second": 2, "last": 1}
    folders = {name: put(root, shelf.DISCARDED, name, ago, 200) for name, ago in days.items()}
    shelf.tidy([root])
    assert [name for name, folder in folders.items() if folder.exists()] == ["last"]


def test_an_empty_folder_goes_when_nobody_can_be_about_to_write_in_it(root: Path) -> None:
    new, old = root / "new", root / "old"
    new.mkdir(), old.mkdir()
    os.utime(old, (1, 1))
    shelf.tidy([root])
    assert new.exists() and not old.exists()
