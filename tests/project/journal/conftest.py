"""Journals in folders of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.project.journal.journal import Journal
from engine.text import Text


class Kept:
    """A journal, its two places, and what it told."""

    def __init__(self, home: Path, spare: Path) -> None:
        self.home, self.spare = home, spare
        self.told: list[Text | None] = []
        self.journal = Journal(self.told.append, [home, spare])

    @property
    def roots(self) -> list[Path]:
        return [self.home, self.spare]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    kept = Kept(tmp_path / "home", tmp_path / "spare")
    yield kept
    kept.journal.close()
