"""Run folders: what a training leaves on the disk, and how the window and the command line read it. No torch.

`<project>.runs/<date>-<name>/` holds `project.loom`, `environment.json`, `run.json`, `metrics.sqlite`, TensorBoard
events, `log.txt`, `checkpoints/<step>/` and the pointers `last.json` and `best.json` into it.
"""

import datetime
import re
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from engine.check.report import Column
from engine.files import write_whole, writing
from engine.lock import locked
from engine.project.recipe import Recipe
from engine.text import Failure, Text, text

State: TypeAlias = Literal["running", "done", "stopped", "failed"]

PROJECT = "project.loom"
RUN = "run.json"
ENVIRONMENT = "environment.json"
METRICS = "metrics.sqlite"
LOG = "log.txt"
CHECKPOINTS = "checkpoints"
MODEL = "model.onnx"

CRASHED = text(
    "The training process ended without a word (killed, out of memory, or a crash); what its last checkpoint holds "
    "is kept."
)


class Run(msgspec.Struct, frozen=True):
    """What `run.json` says of a run. Times are ISO 8601 with the zone; `preparation` is as engine.data writes it.

    `best` and `epochs_done` are kept up to date at every epoch; `sentence` and `node` say why a run failed.
    """

    name: str
    started: str
    state: State = "running"
    ended: str = ""
    sentence: Text | None = None
    node: str = ""
    source: str = ""
    columns: tuple[Column, ...] = ()
    preparation: dict[str, Any] = {}
    recipe: Recipe = Recipe()
    device: str = ""
    parameters: int = 0
    epochs_done: int = 0
    best_epoch: int = 0
    metrics: dict[str, float] = {}


class RunSummary(msgspec.Struct, frozen=True):
    """A line of the runs panel: the folder, what run.json says, and which checkpoints are there."""

    folder: Path
    run: Run
    checkpoints: tuple[str, ...] = ()
    exported: bool = False


def now() -> str:
    """The moment as run.json writes it."""
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")


def make_folder(runs: Path, name: str) -> Path:
    """A folder of its own for a run. Raises Failure where it cannot be made."""
    stem = f"{datetime.datetime.now():%Y-%m-%d-%H%M%S}-{_plain_name(name)}"
    with writing(runs):
        runs.mkdir(parents=True, exist_ok=True)
        for number in range(1, 10_000):
            folder = runs / (stem if number == 1 else f"{stem}-{number}")
            try:
                folder.mkdir()
            except FileExistsError:
                continue
            return folder
    raise Failure(text("{folder} holds too many runs of this second; try again.", folder=str(runs)))


def write_run(folder: Path, run: Run) -> None:
    """Replaces run.json in one step. Raises Failure."""
    with writing(folder):
        write_whole(folder / RUN, msgspec.json.format(msgspec.json.encode(run), indent=2) + b"\n")


def read_run(folder: Path) -> Run:
    """What run.json says; a run that calls itself running but that no process trains has failed. Raises Failure."""
    try:
        run = msgspec.json.decode((folder / RUN).read_bytes(), type=Run)
    except OSError as error:
        sentence = text("{folder} is no run: it has no readable run.json. Choose a run's folder.", folder=str(folder))
        raise Failure(sentence) from error
    except msgspec.DecodeError as error:
        sentence = text("{path} is damaged: {reason}.", path=str(folder / RUN), reason=str(error))
        raise Failure(sentence) from error
    if run.state == "running" and not locked(folder):
        return msgspec.structs.replace(run, state="failed", sentence=CRASHED)
    return run


def list_runs(folder: Path) -> list[RunSummary]:
    """The runs in a folder of runs, the newest first. A damaged one is listed as failed, with its sentence."""
    if not folder.is_dir():
        return []
    found = [summary(entry) for entry in folder.iterdir() if (entry / RUN).is_file()]
    return sorted(found, key=lambda s: (s.run.started, s.folder.name), reverse=True)


def summary(folder: Path) -> RunSummary:
    """A run as the runs panel shows it."""
    try:
        run = read_run(folder)
    except Failure as failure:
        run = Run(name=folder.name, started="", state="failed", sentence=failure.text)
    there = tuple(name for name in ("best", "last") if (folder / f"{name}.json").is_file())
    return RunSummary(folder, run, there, (folder / MODEL).is_file())


def runs_folder(project: Path) -> Path:
    """Where the runs of a project's file lie: `net.loom` has `net.runs` beside it."""
    return project.with_suffix(".runs")


def _plain_name(name: str) -> str:
    """The name as every file system takes it."""
    return re.sub(r"[^\w-]+", "-", name).strip("-_")[:40] or "run"
