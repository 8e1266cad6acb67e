"""Commands about training: train, evaluate, the runs of a project."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click
import msgspec

from engine.cli.printing import as_json, complain, print_json, print_table
from engine.cli.progress import TrainingProgress
from engine.environment import worker_environment
from engine.messages import Done, Failed
from engine.project import SUFFIX
from engine.project.file import load
from engine.text import Failure, say, text, tr
from engine.train.runs import PROJECT, list_runs, runs_folder

FILE = click.Path(path_type=Path)
INTERRUPTED = 130


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--data", default="", help="sample:digits, sample:mnist, idx:FOLDER, images:FOLDER, npz:FILE.")
@click.option(
    "--set", "pairs", multiple=True, metavar="KEY=VALUE", help="A field of the recipe, like optimizer.lr=0.1."
)
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda"]), help="What computes.")
@click.option("--seed", type=click.IntRange(0), help="The same seed gives the same training again.")
@click.option("--runs", type=FILE, help="The folder of runs; FILE's .runs folder where it is left out.")
@click.option("--resume", type=FILE, help="Go on with this run's folder.")
@as_json
def train(
    file: Path | None,
    data: str,
    pairs: tuple[str, ...],
    device: str | None,
    seed: int | None,
    runs: Path | None,
    resume: Path | None,
    json: bool,
) -> int:
    """Train the network of FILE, or go on with a run."""
    if (file is None) == (resume is None):
        raise click.UsageError(tr("Give either a file to train, or --resume with a run to go on with."))
    _restart_tuned()
    settings = dict(_pair(pair) for pair in pairs)
    settings |= {key: str(value) for key, value in (("device", device), ("seed", seed)) if value is not None}
    origin = file if file is not None else Path(resume or "") / PROJECT
    project = load(origin)
    from engine.train.training import train as run_training

    emit = TrainingProgress(json)
    with emit, _interruptible() as interrupted:
        last = run_training(
            project,
            runs or runs_folder(origin),
            emit,
            lambda: bool(interrupted),
            name=origin.stem,
            data=data,
            settings=settings,
            resume=resume,
        )
    return _status(last, bool(interrupted), json)


@click.command()
@click.argument("run", type=FILE)
@click.option("--checkpoint", type=click.Choice(["best", "last"]), default="best", show_default=True)
@as_json
def evaluate(run: Path, checkpoint: str, json: bool) -> None:
    """Measure a run's checkpoint on the test data (on validation data where there is no test data)."""
    from engine.train.evaluate import evaluate as measure

    found = measure(run, checkpoint)
    if json:
        print_json(found)
        return
    told = {"checkpoint": tr(found.checkpoint), "part": tr(found.part)}
    complain(tr("{checkpoint} checkpoint on {samples} samples ({part}):", samples=found.samples, **told))
    print_table((tr("metric"), tr("value")), [(n, f"{v:.4f}") for n, v in found.metrics.items()], frozenset({1}))


@click.command()
@click.argument("folder", type=FILE)
@as_json
def runs(folder: Path, json: bool) -> None:
    """List the runs in a folder of runs, or of a project's file."""
    where = runs_folder(folder) if folder.suffix == SUFFIX else folder
    if not where.is_dir():
        raise Failure(text("There are no runs: {folder} is not there.", folder=str(where)))
    found = list_runs(where)
    if json:
        print_json(msgspec.to_builtins(found, enc_hook=str))  # folders are paths
        return
    rows: list[tuple[str, ...]] = []
    for summary in found:
        metrics = ", ".join(f"{name} {value:.4f}" for name, value in summary.run.metrics.items())
        rows.append((summary.folder.name, tr(summary.run.state), str(summary.run.epochs_done), metrics))
    none = tr("There are no runs in {folder}.", folder=str(where))
    print_table((tr("run"), tr("state"), tr("epochs"), tr("best on validation")), rows, frozenset({2}), none)


def _pair(written: str) -> tuple[str, str]:
    key, sign, value = written.partition("=")
    if not sign or not key:
        raise click.UsageError(tr("--set takes KEY=VALUE; it is “{written}”.", written=written))
    return key.strip(), value.strip()


def _status(last: Done | Failed, interrupted: bool, json: bool) -> int:
    if isinstance(last, Failed):
        if not json:
            complain(say(last.text))
        return 1
    return INTERRUPTED if interrupted else 0


@contextmanager
def _interruptible() -> Iterator[list[int]]:
    """The first Ctrl+C asks the training to end and keep what it has; the second ends the program."""
    asked: list[int] = []

    def ask(number: int, frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        complain(tr("Stopping after this step; what was learned is kept. Press Ctrl+C again to end at once."))

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _restart_tuned() -> None:
    """Starts this very command again with what makes training fast, where it is missing and the system can do so."""
    if (missing := worker_environment()) and os.name == "posix":
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **missing})


COMMANDS = (train, evaluate, runs)
