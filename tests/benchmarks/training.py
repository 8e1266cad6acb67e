"""Speed of training: ours, with the window attached and without, against the textbook CNN in other frameworks.

    python -m tests.benchmarks.training MNIST_FOLDER [--rounds 5] [--samples 25600] [--only NAME,…] [--write]

The same network, batch, steps and fp32 everywhere; each in a process of its own, in interleaved rounds, so that what
the machine does besides hits all alike; the second epoch is timed. Exits with 1 where ours, the window attached, has
less than 0.9 of the speed of PyTorch tuned by hand. `--write` puts the table into docs/benchmarks.md. Run it on an
idle machine. Lightning, Keras and TensorFlow are installed into an environment of their own, made at the first run;
where that cannot be, the table says so.
"""

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from engine.environment import KEEP_MEMORY, worker_environment
from engine.messages import EVENTS, Began, Done, Epoch, Failed, Step, Train, frame, read_event
from engine.project import starters
from engine.project.file import dumps, save
from engine.project.project import Data, Project
from engine.project.recipe import Recipe
from engine.text import say
from tests.benchmarks.report import machine, table, write_section

TITLE = "Speed of training"
ROOT = Path(__file__).parents[2]
WANTED = 0.9
BATCH = 64
HELD_BACK = 0.1
TUNED = "PyTorch tuned by hand"
ATTACHED = "Tensorloom with its window"
ALONE = "Tensorloom's worker alone"
PACKAGES = ("torch==2.13.0", "lightning", "tensorflow-cpu", "keras")
OTHERS = ROOT / "build" / "benchmark-peers"


class Case(NamedTuple):
    """What is trained on: a folder of uncompressed IDX files, and how many of its samples are learned from."""

    folder: Path
    samples: int


class Timing(NamedTuple):
    """Seconds of the second epoch, steps of it, accuracy on the test images after it."""

    seconds: float
    steps: int
    accuracy: float


class NotMeasured(Exception):
    """Why a peer could not be measured."""


def main() -> int:
    """Measures, prints, writes the section where asked, and gives the exit status."""
    options = read_options()
    names = [name for name in RUNNERS if not options.only or name in options.only.split(",")]
    timings: dict[str, list[Timing]] = {name: [] for name in names}
    reasons: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        case = Case(Path(scratch) / "mnist", options.samples)
        write_data(options.folder, case)
        for _ in range(options.rounds):
            for name in (name for name in names if name not in reasons):
                try:
                    timings[name].append(RUNNERS[name](case))
                    print(name, timings[name][-1], file=sys.stderr, flush=True)
                except NotMeasured as error:
                    reasons[name] = str(error)
    ratio = speed(timings, ATTACHED) / speed(timings, TUNED) if timings.get(ATTACHED) and timings.get(TUNED) else None
    body = report(timings, reasons, ratio, options)
    print(body)
    if options.write:
        write_section(TITLE, body)
    return 0 if ratio is not None and ratio >= WANTED else 1


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Speed of training.")
    parser.add_argument("folder", type=Path, help="MNIST as distributed: the four IDX files, gzip or not")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--samples", type=int, default=25_600, help="training samples, a multiple of the batch")
    parser.add_argument("--only", default="", help="names of rows, separated by commas")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def write_data(source: Path, case: Case) -> None:
    """The first training images, as many more as ours holds back to validate, and all test images; uncompressed."""
    case.folder.mkdir()
    count = round(case.samples / (1 - HELD_BACK))
    for part, most in (("train", count), ("t10k", 10_000)):
        for kind, size, head in (("images-idx3", 784, 16), ("labels-idx1", 1, 8)):
            name = f"{part}-{kind}-ubyte"
            plain = source / name
            raw = plain.read_bytes() if plain.exists() else gzip.decompress((source / f"{name}.gz").read_bytes())
            kept = min(most, int.from_bytes(raw[4:8], "big"))
            content = raw[:4] + kept.to_bytes(4, "big") + raw[8 : head + kept * size]
            (case.folder / name).write_bytes(content)


def project(case: Case) -> Project:
    """The textbook CNN on these images, for two epochs."""
    recipe = Recipe(epochs=2, batch_size=BATCH, validation=HELD_BACK, device="cpu")
    return replace(starters.make_starter("mnist-cnn"), data=data(case), recipe=recipe)


def data(case: Case) -> Data:
    from engine.data.sources import survey

    source = f"idx:{case.folder}"
    return Data(source, survey(source).columns)


def alone(case: Case) -> Timing:
    """A real worker, its events read as they come."""
    with tempfile.TemporaryDirectory() as runs:
        request = Train(job=1, project=dumps(project(case)), runs=runs)
        command = [sys.executable, "-m", "engine.worker"]
        environment = {**os.environ, **worker_environment(), "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
            assert process.stdin and process.stdout
            process.stdin.write(frame(request))
            process.stdin.flush()
            events = []
            for line in process.stdout:
                events.append(read_event(line))
                if isinstance(events[-1], Done | Failed):
                    break
            process.stdin.close()
        return timing(events, case)


def attached(case: Case) -> Timing:
    """The real window, showing the curves while its worker trains."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "mnist.loom"
        save(project(case), path)
        settings = {"XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "PYTHONPATH": str(ROOT)}
        command = [*display(), sys.executable, "-m", "tests.benchmarks.training_window", str(path)]
        done = subprocess.run(command, stdout=subprocess.PIPE, env={**os.environ, **settings}, cwd=ROOT, check=False)
        lines = [line for line in done.stdout.splitlines() if line.startswith(b"{")]
        if done.returncode or not lines:
            raise NotMeasured(f"the window ended with status {done.returncode}")
        return timing([read_event(line) for line in lines], case)


def display() -> list[str]:
    """What gives the window a screen to paint on, where there is none."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or not sys.platform.startswith("linux"):
        return []
    if shutil.which("xvfb-run") is None:
        raise NotMeasured("there is no display and no Xvfb")
    return ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1600x1000x24"]


def timing(events: list[EVENTS], case: Case) -> Timing:
    """From the events: each tells the speed since the one before, so the second epoch's add up to its time."""
    last = events[-1]
    if not isinstance(last, Done):
        raise NotMeasured(say(last.text) if isinstance(last, Failed) else f"it ended with {last}")
    began = next(event for event in events if isinstance(event, Began))
    if began.training_samples != case.samples:
        raise NotMeasured(f"it trained on {began.training_samples} samples instead of {case.samples}")
    before = next(event.step for event in events if isinstance(event, Epoch))
    seconds, steps = 0.0, began.steps - before
    for event in events:
        if isinstance(event, Step) and event.step > before:
            seconds += (event.step - before) * BATCH / event.samples_per_second
            before = event.step
    return Timing(seconds, steps, accuracy(last.run))


def accuracy(run: str) -> float:
    """On the test images, by the command line, of the last checkpoint."""
    command = [sys.executable, "-m", "designer.main", "evaluate", run, "--checkpoint", "last", "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["part"] == "test"
    return float(found["metrics"]["accuracy"])


def peer(name: str, here: bool, environment: Mapping[str, str] = {}) -> Callable[[Case], Timing]:
    """A peer by its name in training_peers.py; `here`: in this environment, otherwise in that of the others."""

    def run(case: Case) -> Timing:
        python = sys.executable if here else str(others())
        command = [python, str(ROOT / "tests/benchmarks/training_peers.py"), name]
        done = subprocess.run(
            [*command, str(case.folder), str(case.samples), str(BATCH)],
            capture_output=True,
            env={**os.environ, **environment},
            check=False,
        )
        if done.returncode:
            raise NotMeasured((done.stderr.decode().strip().splitlines() or ["no reason given"])[-1][:200])
        found = json.loads(done.stdout.splitlines()[-1])
        return Timing(found["seconds"], case.samples // BATCH, found["accuracy"])

    return run


@cache
def others() -> Path:
    """The Python of an environment with the other frameworks. Raises NotMeasured where it cannot be made."""
    python = OTHERS / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = OTHERS / "ready"
    if not ready.exists():
        print(f"Installing {', '.join(PACKAGES)} into {OTHERS} …", file=sys.stderr, flush=True)
        venv.create(OTHERS, with_pip=True, clear=True)
        done = subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], capture_output=True, check=False)
        if done.returncode:
            reason = (done.stderr.decode().strip().splitlines() or ["pip failed"])[-1]
            raise NotMeasured(f"not installable: {reason[:160]}")
        ready.write_text("\n".join(PACKAGES))
    return python


RUNNERS: dict[str, Callable[[Case], Timing]] = {
    ATTACHED: attached,
    ALONE: alone,
    TUNED: peer("torch-tuned", here=True, environment=KEEP_MEMORY),
    "PyTorch with a DataLoader": peer("torch-plain", here=True),
    "Lightning": peer("lightning", here=False),
    "Keras on TensorFlow": peer("keras-tensorflow", here=False),
}


def speed(timings: Mapping[str, list[Timing]], name: str) -> float:
    """Steps a second: the median of the rounds."""
    return statistics.median(timing.steps / timing.seconds for timing in timings[name])


def report(
    timings: Mapping[str, list[Timing]], reasons: Mapping[str, str], ratio: float | None, options: argparse.Namespace
) -> str:
    """The section as Markdown."""
    rows = []
    for name, found in timings.items():
        if not found:
            rows.append((name, f"not measured: {reasons[name]}", "", "", ""))
            continue
        own = speed(timings, name)
        factor = f"{speed(timings, ATTACHED) / own:.2f} of its speed" if timings.get(ATTACHED) else ""
        spread = f"{min(t.seconds for t in found):.2f}–{max(t.seconds for t in found):.2f} s"
        score = statistics.median(t.accuracy for t in found)
        rows.append((name, f"{1000 / own:.2f} ms", spread, factor, f"{100 * score:.2f}%"))
    columns = ("", "a step", "an epoch (least–most)", "ours runs at", "test accuracy")
    verdict = "The window or the loop tuned by hand was not measured: a miss."
    if ratio is not None:
        outcome = "held" if ratio >= WANTED else "missed"
        verdict = f"{ATTACHED}: {ratio:.2f} of the speed of {TUNED}; at least {WANTED} is wanted: {outcome}."
    told = (
        f"{machine()} fp32, batch {BATCH}, {options.samples // BATCH} steps of the second epoch, "
        f"median of {options.rounds} interleaved rounds."
    )
    return f"{told}\n\n{table(columns, rows)}\n\n{verdict}"


if __name__ == "__main__":
    sys.exit(main())
