"""The window is killed at 20 moments of random editing sessions, and again while it recovers; nothing is lost."""

import sys
from pathlib import Path

import pytest

from tests.recovery.kill_window import Outcome, kill_often

MOMENTS = 20


@pytest.mark.skipif(sys.platform == "win32", reason="windows are forked from a process that has everything imported")
def test_every_edit_older_than_a_second_is_there_after_a_kill(tmp_path: Path) -> None:
    told: list[tuple[int, Outcome]] = []
    outcomes = kill_often(MOMENTS, 0, tmp_path, lambda number, outcome: told.append((number, outcome)))
    assert [(number, outcome.fault) for number, outcome in sorted(told) if outcome.fault] == []
    assert len(outcomes) == MOMENTS
    assert sum(outcome.edits for outcome in outcomes) > 5 * MOMENTS
    assert sum(bool(outcome.recovery) for outcome in outcomes) > MOMENTS // 2
