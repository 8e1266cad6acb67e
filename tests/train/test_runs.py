"""Run folders: their names, run.json, the lock, and the list of runs."""

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.lock import lock, locked
from engine.text import Failure, say
from engine.train.runs import CRASHED, Run, list_runs, make_folder, read_run, runs_folder, write_run


def run(folder: Path, started: str = "2026-11-21T10:00:00+01:00", **fields: object) -> Path:
    folder.mkdir(parents=True)
    write_run(folder, replace(Run(name=folder.name, started=started), **fields))
    return folder


def test_folders_made_at_once_have_different_names(tmp_path: Path) -> None:
    folders = {make_folder(tmp_path / "a.runs", "my net") for _ in range(5)}
    assert len(folders) == 5
    assert all(folder.is_dir() and "my-net" in folder.name for folder in folders)


@pytest.mark.parametrize("name", ["../../out", "a/b\\c", "nul\0", "", "…", "网络"])
def test_any_name_gives_a_folder_inside(tmp_path: Path, name: str) -> None:
    assert make_folder(tmp_path, name).parent == tmp_path


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.runs").write_text("in the way")
    with pytest.raises(Failure, match=r"a\.runs cannot be written: File exists"):
        make_folder(tmp_path / "a.runs", "run")


def test_run_json_is_read_as_written(tmp_path: Path) -> None:
    folder = run(tmp_path / "one", state="done", metrics={"loss": 0.25}, sentence=CRASHED)
    assert read_run(folder).metrics == {"loss": 0.25}
    assert read_run(folder).sentence == CRASHED


def test_a_run_that_nobody_trains_has_crashed(tmp_path: Path) -> None:
    found = read_run(run(tmp_path / "one", state="running"))
    assert found.state == "failed"
    assert found.sentence == CRASHED


def test_a_run_is_running_while_its_lock_is_held(tmp_path: Path) -> None:
    folder = run(tmp_path / "one", state="running")
    held = lock(folder)
    assert held is not None
    assert read_run(folder).state == "running"
    assert lock(folder) is None
    held.close()
    assert read_run(folder).state == "failed"


def test_the_system_lets_go_of_the_lock_of_a_killed_process(tmp_path: Path) -> None:
    folder = run(tmp_path / "one", state="running")
    script = (
        "import sys; from pathlib import Path; from engine.lock import lock\n"
        "held = lock(Path(sys.argv[1])); print(1, flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"1\n"
        assert locked(folder)
        holder.kill()
        holder.wait()
    assert not locked(folder)


def test_runs_are_listed_newest_first_and_damaged_ones_with_their_sentence(tmp_path: Path) -> None:
    run(tmp_path / "old", "2026-11-20T10:00:00+01:00", state="done")
    run(tmp_path / "new", "2026-11-21T10:00:00+01:00", state="stopped")
    (run(tmp_path / "bad") / "run.json").write_text("{")
    (tmp_path / "no run").mkdir()
    found = list_runs(tmp_path)
    assert [summary.folder.name for summary in found] == ["new", "old", "bad"]
    sentence = found[-1].run.sentence
    assert sentence and "is damaged" in say(sentence)


def test_what_a_summary_knows_of_checkpoints_and_exports(tmp_path: Path) -> None:
    folder = run(tmp_path / "one", state="done")
    (folder / "best.json").write_text("{}")
    (folder / "model.onnx").write_bytes(b"")
    (summary,) = list_runs(tmp_path)
    assert summary.checkpoints == ("best",)
    assert summary.exported


def test_no_folder_of_runs_means_no_runs(tmp_path: Path) -> None:
    assert list_runs(tmp_path / "none.runs") == []


def test_a_folder_that_is_no_run_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="is no run"):
        read_run(tmp_path)


def test_the_runs_of_a_file_lie_beside_it() -> None:
    assert runs_folder(Path("a/net.loom")) == Path("a/net.runs")
