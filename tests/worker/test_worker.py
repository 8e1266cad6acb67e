"""The worker as a process: what it answers, how it stops, and what is left when it is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from engine.messages import (
    FRAME_LIMIT,
    Began,
    Done,
    Download,
    Epoch,
    Evaluate,
    Evaluated,
    Export,
    Exported,
    Failed,
    Look,
    Looked,
    Predict,
    Predicted,
    Ready,
    Sampled,
    Samples,
    Step,
    Stop,
    Train,
    Warm,
)
from engine.project import starters
from engine.project.file import dumps
from engine.text import say
from engine.train.curves import read_curves
from engine.train.evaluate import evaluate
from engine.train.runs import CRASHED, read_run
from tests.worker.conftest import Worker

FOREVER = "10000"
DEEP = b'{"request":"warm","more":' + b"[" * 100_000 + b"\n"


def train(tmp_path: Path, job: int = 1, **settings: str) -> Train:
    """The digits starter in a few seconds."""
    project = dumps(starters.make_starter("digits"))
    return Train(job=job, project=project, runs=str(tmp_path / "runs"), settings={"epochs": "2", **settings})


@pytest.mark.trains
def test_it_trains_evaluates_exports_and_predicts(worker: Worker, tmp_path: Path) -> None:
    worker.send(train(tmp_path, job=7, epochs="3"))
    events = []
    for event in worker.events():
        events.append(event)
        if isinstance(event, Done | Failed):
            break
    done = events[-1]
    assert isinstance(done, Done), done
    assert {event.job for event in events} == {7}
    assert {Began, Step, Epoch} <= {type(event) for event in events}
    assert done.metrics["accuracy"] > 0.8

    worker.send(Evaluate(job=8, run=done.run))
    measured = worker.until(Evaluated)
    assert (measured.job, measured.part, measured.samples) == (8, "test", 359)
    assert measured.metrics["accuracy"] > 0.8

    model = str(tmp_path / "digits.onnx")
    worker.send(Export(job=9, run=done.run, path=model))
    exported = worker.until((Exported, Failed))
    assert isinstance(exported, Exported), say(exported.text)
    assert exported.samples == 144 and exported.largest_absolute < 1e-4

    worker.send(Samples(job=10, run=done.run, folder=str(tmp_path / "samples"), count=20))
    sampled = worker.until(Sampled)
    assert sampled.total == 144 and len(sampled.samples) == 20

    hits = 0
    for number, sample in enumerate(sampled.samples):
        worker.send(Predict(job=11 + number, model=model, input=sample.image))
        (answer,) = worker.until(Predicted).answers
        assert sum(answer.values) == pytest.approx(1, abs=1e-4)
        hits += answer.labels[int(np.argmax(answer.values))] == sample.label
    assert hits > 15
    assert worker.hang_up() == 0


@pytest.mark.trains
def test_stop_keeps_what_was_learned(worker: Worker, tmp_path: Path) -> None:
    worker.send(train(tmp_path, job=3, epochs=FOREVER))
    worker.until(Step)
    worker.send(Stop(job=3))
    done = worker.until(Done)
    assert done.stopped
    assert read_run(Path(done.run)).state == "stopped"
    assert evaluate(Path(done.run), "last").samples == 359


@pytest.mark.trains
def test_stopping_one_job_leaves_the_next_alone(worker: Worker, tmp_path: Path) -> None:
    worker.send(train(tmp_path, job=3, epochs=FOREVER))
    worker.send(train(tmp_path, job=4))
    worker.until(Step)
    worker.send(Stop(job=3))
    assert worker.until(Done).job == 3
    second = worker.until(Done)
    assert (second.job, second.stopped) == (4, False)


@pytest.mark.trains
@pytest.mark.parametrize("how", ["stdin ends", "terminated"])
def test_when_its_parent_is_gone_it_keeps_what_it_learned_and_goes(worker: Worker, tmp_path: Path, how: str) -> None:
    worker.send(train(tmp_path, epochs=FOREVER))
    began = worker.until(Began)
    worker.until(Step)
    if how == "terminated":
        worker.process.send_signal(signal.SIGTERM)
        assert worker.process.wait(60) == 0
    else:
        assert worker.hang_up() == 0
    assert read_run(Path(began.run)).state == "stopped"
    assert evaluate(Path(began.run), "last").samples == 359


@pytest.mark.trains
def test_ctrl_c_is_left_to_the_parent(worker: Worker, tmp_path: Path) -> None:
    worker.send(train(tmp_path, epochs=FOREVER))
    worker.until(Step)
    worker.process.send_signal(signal.SIGINT)
    worker.until(Step)
    worker.send(Stop(job=1))
    assert worker.until(Done).stopped


@pytest.mark.trains
def test_killed_in_training_its_last_checkpoint_evaluates(worker: Worker, tmp_path: Path) -> None:
    worker.send(train(tmp_path, epochs=FOREVER))
    began = worker.until(Began)
    worker.until(Epoch)
    worker.until(Step)
    worker.process.send_signal(signal.SIGKILL)
    worker.process.wait()
    run = read_run(Path(began.run))
    assert (run.state, run.sentence) == ("failed", CRASHED)
    assert run.epochs_done >= 1
    assert evaluate(Path(began.run), "last").metrics["accuracy"] > 0.3
    assert read_curves(Path(began.run)) is not None


@pytest.mark.trains
def test_a_killed_run_goes_on(start_worker: Callable[[], Worker], tmp_path: Path) -> None:
    first = start_worker()
    first.send(train(tmp_path, epochs=FOREVER))
    began = first.until(Began)
    first.until(Epoch)
    first.process.kill()
    first.process.wait()
    second = start_worker()
    done_before = read_run(Path(began.run)).epochs_done
    second.send(replace(train(tmp_path), resume=began.run, settings={"epochs": str(done_before + 1)}))
    done = second.until((Done, Failed))
    assert isinstance(done, Done) and done.run == began.run


@pytest.mark.trains
def test_a_training_that_diverges_names_step_and_node_and_the_worker_lives(worker: Worker, tmp_path: Path) -> None:
    worker.send(train(tmp_path, **{"optimizer.lr": "1e20"}))
    failed = worker.until(Failed)
    assert failed.node and failed.run
    assert f"{failed.node}: at step 2" in say(failed.text)
    worker.send(Warm(job=2))
    assert worker.until(Ready).job == 2


@pytest.mark.parametrize(
    "line",
    [b"no json\n", b"{}\n", b'{"request":"dance"}\n', b'{"request":"train","job":"x"}\n', b"\xff\xfe\n", b"\n", DEEP],
)
def test_a_line_that_is_no_request_is_answered(worker: Worker, line: bytes) -> None:
    worker.send(line)
    assert "could not be understood" in say(worker.until(Failed).text)
    assert worker.hang_up() == 0


def test_a_line_over_the_limit_is_refused_and_the_next_is_read(worker: Worker, tmp_path: Path) -> None:
    worker.send(b'{"request":"' + b"x" * (FRAME_LIMIT + 10) + b'"}\n')
    assert "longer than" in say(worker.until(Failed).text)
    worker.send(Look(job=2, data="sample:digits", folder=str(tmp_path / "look"), samples=3))
    looked = worker.until(Looked)
    assert (looked.job, len(looked.samples)) == (2, 3)


def test_standard_output_belongs_to_messages_alone(tmp_path: Path) -> None:
    script = (
        "import os, sys, engine.jobs\n"
        "from engine.messages import Note\nfrom engine.text import text\n"
        "def noisy(request, emit, stopped):\n"
        "    print('python'); os.write(1, b'native\\n'); emit(Note(text=text('message')))\n"
        "engine.jobs.run_job = noisy\nimport engine.worker\nsys.exit(engine.worker.main())"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=tmp_path,
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(b'{"request":"warm","job":5}\n')
        process.stdin.flush()
        assert b'"message":"message"' in process.stdout.readline()
        process.stdin.close()
        assert process.stdout.read() == b""
        assert {b"python", b"native"} <= set(process.stderr.read().split())


@pytest.mark.parametrize(
    ("request_", "part"),
    [
        (Evaluate(job=1, run="/nowhere/run"), "/nowhere/run"),
        (Export(job=1, run="/nowhere/run", path="/nowhere/model.onnx"), "/nowhere/run"),
        (Samples(job=1, run="/nowhere/run", folder="/nowhere"), "/nowhere/run"),
        (Predict(job=1, model="/nowhere/model.onnx", input="x.png"), "/nowhere/model.onnx"),
        (Look(job=1, data="idx:/nowhere", folder="/nowhere"), "/nowhere"),
        (Download(job=1, data="sample:nothing"), "nothing"),
        (Train(job=1, project="{", runs="/nowhere"), "line 1"),
        (Train(job=1, project="", runs="/nowhere", resume="/nowhere/run"), "/nowhere/run"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(worker: Worker, request_: Train, part: str) -> None:
    worker.send(request_)
    failed = worker.until(Failed)
    assert failed.job == 1 and part in say(failed.text)
    assert "Traceback" not in worker.stderr.read_text()
