"""Whatever happens to a journal, what is sound of it comes back, and nothing is raised."""

import os
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.project.journal import writing
from engine.project.journal.group import Head, read_groups
from engine.project.journal.image import Image
from engine.project.journal.reading import JOURNAL, Recovered, recover
from engine.project.journal.writing import Writing
from engine.project.project import Project
from tests.project.journal.sessions import kept, session

HEAD = Head("/home/me/net.loom", "net", "ab" * 32, 1.0, 7)
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SEEDS = st.integers(0, 2**32)


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(writing, "time", SimpleNamespace(time=lambda: 2.5))


def written(states: list[Project], folder: Path, rewrite_after: int = -1) -> tuple[bytes, list[int], list[Project]]:
    """The journal of a session; where each group of it ends; the state at each group's end."""
    image, ends, whole = Image(), list[int](), list[Project]()
    journal_file = Writing(folder, HEAD)
    journal = journal_file.folder / JOURNAL
    for number, state in enumerate(states):
        lines = list(image.take(state))
        if number == 0 or number == rewrite_after:
            journal_file.write(image.lines())
            ends, whole = [], []
        elif lines:
            journal_file.add(lines)
        else:
            continue
        ends.append(journal.stat().st_size)
        whole.append(kept(state))
    content = journal.read_bytes()
    journal_file.remove()
    return content, ends, whole


def read(content: bytes, folder: Path) -> Recovered:
    (folder / "left").mkdir()
    (folder / "left" / JOURNAL).write_bytes(content)
    return recover(folder / "left")


def same(one: Project | None, other: Project) -> bool:
    """Equal, and in the same order."""
    return one == other and [list(g.nodes) for g in one.networks.values()] == [
        list(g.nodes) for g in other.networks.values()
    ]


@CALM
@given(SEEDS, st.integers(-1, 8))
def test_an_undamaged_journal_gives_exactly_the_last_state(seed: int, rewrite_after: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content, _, whole = written(session(seed), Path(folder), rewrite_after)
        found = read(content, Path(folder))
    assert found.damage == () and found.later is None
    assert same(found.project, whole[-1])
    assert (found.head, found.edited > 1) == (HEAD, True)


@CALM
@given(SEEDS, st.data())
def test_a_journal_that_was_cut_off_gives_the_state_before_the_cut(seed: int, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content, ends, whole = written(session(seed), Path(folder))
        cut = data.draw(st.integers(0, len(content)))
        found = read(content[:cut], Path(folder))
    if sound := sum(end <= cut for end in ends):
        assert same(found.project, whole[sound - 1])
        assert found.damage == ()
    else:
        assert found.damage


@CALM
@given(SEEDS, st.data())
def test_flipped_bits_lose_nothing_before_them(seed: int, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content, ends, whole = written(session(seed), Path(folder))
        flips = data.draw(st.lists(st.integers(0, 8 * len(content) - 1), min_size=1, max_size=4, unique=True))
        changed = bytearray(content)
        for flip in flips:
            changed[flip // 8] ^= 1 << flip % 8
        found = read(bytes(changed), Path(folder))
    sound = sum(end <= min(flips) // 8 for end in ends)
    if sound:
        assert same(found.project, whole[sound - 1])
        assert found.damage or 8 * ends[sound - 1] <= min(flips)
    else:
        assert found.damage


@CALM
@given(SEEDS, st.data())
def test_a_damaged_first_state_loses_the_damaged_lines_alone(seed: int, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content, _, whole = written(session(seed, most=0), Path(folder))
        flip = data.draw(st.integers(0, 8 * len(content) - 1))
        changed = bytearray(content)
        changed[flip // 8] ^= 1 << flip % 8
        found = read(bytes(changed), Path(folder))
    assert found.damage and found.project is not None
    for network, graph in found.project.networks.items():
        assert all(node == whole[0].networks[network].nodes[name] for name, node in graph.nodes.items())
    lost = sum(len(graph.nodes) for graph in whole[0].networks.values()) - sum(
        len(graph.nodes) for graph in found.project.networks.values()
    )
    assert 0 <= lost <= 2  # a bit that makes or takes an end of line damages two


@CALM
@given(SEEDS, st.data())
def test_a_damaged_end_does_not_take_what_follows_along(seed: int, data: st.DataObject) -> None:
    """Where the damage is one line, all pieces of the others are in the state that is offered beside the sound one."""
    with tempfile.TemporaryDirectory() as folder:
        content, ends, whole = written(session(seed), Path(folder))
        if len(ends) < 3:
            return
        group = data.draw(st.integers(1, len(ends) - 2))
        end_line = content[: ends[group] - 1].rfind(b"\n") + 1
        changed = content[:end_line] + b"?" + content[end_line + 1 :]
        found = read(changed, Path(folder))
    assert same(found.project, whole[group - 1])
    assert same(found.best, whole[-1])


@CALM
@given(st.binary(max_size=400))
def test_anything_may_lie_where_a_journal_is_expected(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = read(content, Path(folder))
    assert found.damage and found.best is None


def test_a_journal_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "cannot be read" in str(recover(tmp_path / "gone").damage[0])


def test_a_sound_line_that_is_no_piece_is_passed_over(tmp_path: Path) -> None:
    from engine.project.journal.group import End, end_line, head_line
    from engine.project.journal.lines import line

    odd = [
        line(value) for value in (1, None, [], [[]], [["a"], 1, 2], [[1], 2], {"order": 1}, {"journal": "x", "pid": []})
    ]
    content = b"".join([head_line(HEAD), *odd, end_line(End(1, 1 + len(odd), 2.0))])
    assert len(list(read_groups(content))) == 1
    assert read(content, tmp_path).damage
