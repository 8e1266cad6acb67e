"""The journal of a window: edits reach the disk soon, saving empties it, trouble is told and got over."""

import errno
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.graph import Place
from engine.lock import LOCK, locked
from engine.project.file import save
from engine.project.journal import journal as module
from engine.project.journal import shelf, writing
from engine.project.journal.reading import JOURNAL, recover
from engine.project.project import Project
from engine.project.starters import make_starter
from engine.text import say
from tests.project.journal.conftest import Kept
from tests.project.journal.sessions import chain


def moved(project: Project, step: int) -> Project:
    """The project with its first node elsewhere."""
    name = next(iter(project.graph.nodes))
    places = {**project.graph.places, name: Place(float(step), 0)}
    return project.with_graph(replace(project.graph, places=places))


def found(root: Path) -> list[Path]:
    """The journals in a folder, those of living windows too."""
    return [folder for folder in root.iterdir() if (folder / JOURNAL).is_file()] if root.is_dir() else []


def last_state(root: Path) -> Project | None:
    journals = found(root)
    return recover(journals[0]).project if journals else None


def wait_until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not come true"
        time.sleep(0.01)


def test_nothing_is_written_before_the_first_edit(kept: Kept) -> None:
    project = make_starter("mlp")
    kept.journal.begin(project)
    kept.journal.note(project)
    assert kept.journal.flush()
    assert not kept.home.exists()


def test_an_edit_is_on_the_disk_within_a_second(kept: Kept) -> None:
    project = make_starter("mlp")
    kept.journal.begin(project)
    for step in range(3):
        project = moved(project, step)
        noted = time.monotonic()
        kept.journal.note(project)
        wait_until(lambda project=project: last_state(kept.home) == project)  # type: ignore[misc]
        assert time.monotonic() - noted < 1


def test_a_person_who_never_pauses_is_written_down_all_the_same(kept: Kept) -> None:
    """Dragging and typing make an edit every few milliseconds: what is on the disk is never far behind."""
    project = make_starter("mlp")
    kept.journal.begin(project)
    made: list[float] = []
    while not made or time.monotonic() < made[0] + 2:
        project = moved(project, len(made))
        made.append(time.monotonic())
        kept.journal.note(project)
        time.sleep(0.005)
        if made[-1] > made[0] + 1 and len(made) % 20 == 0:
            shown = last_state(kept.home)
            assert shown is not None
            assert time.monotonic() - made[int(next(iter(shown.graph.places.values())).x)] < 1


def test_an_edit_of_a_large_project_costs_the_window_next_to_nothing(kept: Kept) -> None:
    project = chain(10_000)
    kept.journal.begin(project)
    spent = []
    for step in range(50):
        project = moved(project, step)
        start = time.perf_counter()
        kept.journal.note(project)
        spent.append(time.perf_counter() - start)
    assert sorted(spent)[len(spent) // 2] < 0.002
    assert kept.journal.flush(30)
    assert last_state(kept.home) == project


def test_an_edit_writes_what_it_changed_alone(kept: Kept) -> None:
    project = chain(1000)
    kept.journal.begin(project)
    kept.journal.note(project := moved(project, 1))
    assert kept.journal.flush()
    (folder,) = found(kept.home)
    whole = (folder / JOURNAL).stat().st_size
    kept.journal.note(moved(project, 2))
    assert kept.journal.flush()
    assert (folder / JOURNAL).stat().st_size < whole + 300


def test_a_long_session_is_written_anew_now_and_then(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LEAST_BYTES", 2000)
    project = make_starter("mlp")
    kept.journal.begin(project)
    sizes = []
    for step in range(150):
        kept.journal.note(project := moved(project, step))
        assert kept.journal.flush()
        sizes.append((found(kept.home)[0] / JOURNAL).stat().st_size)
    assert max(sizes) < 8000 and sizes != sorted(sizes)
    assert last_state(kept.home) == project


def test_saving_empties_it_and_the_next_edit_begins_it_again(kept: Kept, tmp_path: Path) -> None:
    project = make_starter("mlp")
    kept.journal.begin(project)
    kept.journal.note(project := moved(project, 1))
    assert kept.journal.flush() and found(kept.home)
    save(project, tmp_path / "net.loom")
    kept.journal.saved(project, tmp_path / "net.loom")
    assert kept.journal.flush()
    assert not found(kept.home)
    kept.journal.note(project := moved(project, 2))
    assert kept.journal.flush()
    (folder,) = found(kept.home)
    read = recover(folder)
    assert read.project == project
    assert read.path == tmp_path / "net.loom"
    assert read.head.sha256


def test_what_is_edited_while_saving_is_kept_without_a_gap(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal of what is saved goes only when another has what is not."""
    saved = make_starter("mlp")
    kept.journal.begin(saved)
    kept.journal.note(saved := moved(saved, 1))
    kept.journal.note(later := moved(saved, 2))
    assert kept.journal.flush()
    remove, there = writing.Writing.remove, []

    def noted(one: writing.Writing) -> None:
        there.append([recover(folder).project for folder in found(kept.home) if folder != one.folder])
        remove(one)

    monkeypatch.setattr(writing.Writing, "remove", noted)
    kept.journal.saved(saved, tmp_path / "net.loom", later, "a fingerprint")
    assert kept.journal.flush()
    assert there == [[later]]
    (folder,) = found(kept.home)
    assert (recover(folder).head.sha256, recover(folder).path) == ("a fingerprint", tmp_path / "net.loom")
    kept.journal.note(later := moved(saved, 3))
    assert kept.journal.flush() and last_state(kept.home) == later


def test_a_project_that_is_left_with_unsaved_work_goes_to_the_discarded(kept: Kept) -> None:
    first = make_starter("mlp")
    kept.journal.begin(first)
    kept.journal.note(first := moved(first, 1))
    kept.journal.begin(second := make_starter("digits"))
    kept.journal.note(second := moved(second, 2))
    assert kept.journal.flush()
    (discarded,) = shelf.shelved(shelf.DISCARDED, kept.roots)
    assert recover(discarded).project == first
    assert last_state(kept.home) == second


def test_what_was_undone_to_what_is_saved_leaves_nothing_behind(kept: Kept) -> None:
    project = make_starter("mlp")
    kept.journal.begin(project)
    kept.journal.note(moved(project, 1))
    kept.journal.flush()
    kept.journal.note(project)
    kept.journal.close()
    assert not found(kept.home) and not shelf.shelved(shelf.DISCARDED, kept.roots)


def test_a_journal_whose_window_lives_is_not_offered(kept: Kept) -> None:
    kept.journal.begin(make_starter("mlp"))
    kept.journal.note(moved(make_starter("mlp"), 1))
    assert kept.journal.flush() and found(kept.home)
    assert shelf.journals(kept.roots) == []
    assert shelf.claim(found(kept.home)[0]) is None
    kept.journal.close(leave=True)
    assert shelf.journals(kept.roots) == found(kept.home)


def test_two_processes_do_not_take_the_same_journal(kept: Kept, tmp_path: Path) -> None:
    kept.journal.note(make_starter("mlp"))
    kept.journal.close(leave=True)
    (folder,) = shelf.journals(kept.roots)
    held = shelf.claim(folder)
    assert held is not None
    script = (
        "import sys; from pathlib import Path; from engine.project.journal import shelf\n"
        "print(shelf.claim(Path(sys.argv[1])))"
    )
    command = [sys.executable, "-c", script, str(folder)]
    said = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True)
    held.close()
    assert said.stdout.strip() == "None"


def no_room_in(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing below this folder reaches the disk any more."""
    flush = os.fsync

    def full(handle: int) -> None:
        where = Path(f"/proc/self/fd/{handle}").readlink()
        if where.is_relative_to(root):
            raise OSError(errno.ENOSPC, "No space left on device", str(where))
        flush(handle)

    monkeypatch.setattr(os, "fsync", full)


needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the full disk is simulated by /proc")


@needs_proc
def test_where_the_disk_is_full_it_goes_elsewhere_says_so_once_and_comes_home(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_starter("mlp")
    kept.journal.begin(project)
    kept.journal.note(project := moved(project, 1))
    assert kept.journal.flush()
    with monkeypatch.context() as patched:
        no_room_in(kept.home, patched)
        for step in range(2, 5):
            kept.journal.note(project := moved(project, step))
            assert kept.journal.flush()
        assert last_state(kept.spare) == project
        (trouble,) = kept.told
        assert trouble is not None
        assert "no space left on device" in say(trouble) and str(kept.spare) in say(trouble)
    monkeypatch.setattr(module, "HOME_SECONDS", 0.0)
    kept.journal.note(project := moved(project, 9))
    assert kept.journal.flush()
    assert last_state(kept.home) == project and not found(kept.spare)
    assert kept.told == [trouble, None]


@needs_proc
def test_where_no_disk_takes_it_that_is_said_and_it_is_tried_again(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.05)
    project = make_starter("mlp")
    kept.journal.begin(project)
    with monkeypatch.context() as patched:
        no_room_in(tmp_path, patched)
        kept.journal.note(project := moved(project, 1))
        assert not kept.journal.flush(0.5)
        (trouble,) = kept.told
        assert trouble is not None and "a crash would lose it" in say(trouble)
    wait_until(lambda: last_state(kept.home) == project)
    wait_until(lambda: kept.told == [trouble, None])


def _replaced_by_a_folder(journal: Path) -> None:
    journal.unlink()
    journal.mkdir()


HARMS: dict[str, Callable[[Path], object]] = {
    "all of the user's data taken away": lambda journal: shutil.rmtree(journal.parents[1]),
    "taken away": lambda journal: journal.unlink(),
    "emptied": lambda journal: os.truncate(journal, 0),
    "cut": lambda journal: os.truncate(journal, 100),
    "added to": lambda journal: journal.write_bytes(journal.read_bytes() + b"nobody's"),
    "put back from a copy": lambda journal: shutil.copy(journal, journal.with_name("copy")).replace(journal),
    "replaced by a folder": _replaced_by_a_folder,
    "its lock taken away": lambda journal: (journal.parent / LOCK).unlink(),
}


@pytest.mark.skipif(sys.platform == "win32", reason="there, what is open cannot be taken away")
@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
@pytest.mark.parametrize("edited", [True, False])
def test_what_becomes_of_the_journal_while_the_window_lives_is_made_good(
    kept: Kept, harm: Callable[[Path], object], edited: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the next edit, and without one too, after some seconds."""
    monkeypatch.setattr(module, "LOOK_SECONDS", 60.0 if edited else 0.05)
    kept.journal.begin(project := make_starter("mlp"))
    kept.journal.note(project := moved(project, 1))
    assert kept.journal.flush()
    (folder,) = found(kept.home)
    harm(folder / JOURNAL)
    if edited:
        kept.journal.note(project := moved(project, 2))
        assert kept.journal.flush()
    wait_until(lambda: [(recover(one).project, locked(one)) for one in found(kept.home)] == [(project, True)])


def test_a_place_that_is_no_folder_is_passed_by(kept: Kept) -> None:
    kept.home.write_text("a file, where root too cannot make a folder")
    kept.journal.note(project := make_starter("mlp"))
    assert kept.journal.flush()
    assert last_state(kept.spare) == project
    assert kept.told[0] is not None


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give a folder away")
def test_a_folder_that_somebody_else_laid_out_is_not_used(kept: Kept) -> None:
    kept.home.mkdir()
    os.chown(kept.home, 65534, 65534)
    kept.journal.note(project := make_starter("mlp"))
    assert kept.journal.flush()
    assert not found(kept.home) and last_state(kept.spare) == project
    assert shelf.journals([kept.home]) == []


@pytest.mark.parametrize("before", [False, True])
def test_a_fault_in_the_journal_costs_one_edit_and_is_told(
    kept: Kept, before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_starter("mlp")
    kept.journal.begin(project)
    if before:
        kept.journal.note(moved(project, 9))
        assert kept.journal.flush()

    def faulty(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    with monkeypatch.context() as patched:
        patched.setattr("engine.project.journal.image.Image.take", faulty)
        kept.journal.note(moved(project, 1))
        kept.journal.flush(1)
    if before:
        assert last_state(kept.home) == moved(project, 9)
    (trouble,) = kept.told
    assert trouble is not None and "RuntimeError" in say(trouble)
    kept.journal.note(project := moved(project, 2))
    wait_until(lambda: last_state(kept.home) == project and kept.told == [trouble, None])
    assert len(found(kept.home)) == 1
