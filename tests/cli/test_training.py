"""Train, evaluate, export, predict and resume from the command line, on the bundled digits."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest

from .conftest import ROOT, Tensorloom

pytestmark = pytest.mark.trains
Starter = Callable[[str], Path]


def test_the_whole_job(tensorloom: Tensorloom, starter: Starter, tmp_path: Path) -> None:
    project = starter("digits")
    events = tensorloom("train", project, "--set", "epochs=3", "--seed", 1, "--json").events
    assert [event["event"] for event in events if event["event"] in ("began", "epoch", "done")] == [
        "began",
        *["epoch"] * 3,
        "done",
    ]
    done = events[-1]
    assert done["event"] == "done"
    assert done["metrics"]["accuracy"] > 0.85
    run = Path(done["run"])
    assert [entry["run"]["state"] for entry in tensorloom("runs", project, "--json").json] == ["done"]
    measured = tensorloom("evaluate", run, "--json").json
    assert (measured["part"], measured["samples"]) == ("test", 359)
    assert measured["metrics"]["accuracy"] > 0.85
    proof = tensorloom("export", run, "-o", tmp_path / "digits.onnx", "--json").events[-1]
    assert min(proof["largest_absolute"], proof["largest_relative"]) < 1e-4
    model = onnx.load(tmp_path / "digits.onnx")
    assert (model.ir_version, model.opset_import[0].version) == (10, 20)
    predicts_like_the_labels(tensorloom, tmp_path)


def predicts_like_the_labels(tensorloom: Tensorloom, folder: Path) -> None:
    from sklearn.datasets import load_digits

    digits = load_digits()
    paths = []
    for index in range(12):
        # 0..16 in scikit-learn's digits; the images of the sample are 0..255
        image = np.round(digits.images[index] * 255 / 16).astype(np.uint8)
        paths.append(folder / f"{index}.npy")
        np.save(paths[-1], image)
    answers = tensorloom("predict", folder / "digits.onnx", *paths, "--json").events
    best = [max(zip(a["answers"][0]["values"], a["answers"][0]["labels"], strict=True))[1] for a in answers]
    right = sum(label == str(digits.target[index]) for index, label in enumerate(best))
    assert right >= 10


def test_a_run_goes_on_where_it_stopped(tensorloom: Tensorloom, starter: Starter) -> None:
    project = starter("mlp")
    run = tensorloom("train", project, "--set", "epochs=1", "--json").events[-1]["run"]
    assert tensorloom("train", "--resume", run).status == 1
    resumed = tensorloom("train", "--resume", run, "--set", "epochs=2", "--json").events
    assert resumed[-1]["run"] == run
    assert [event["epoch"] for event in resumed if event["event"] == "epoch"] == [2]


def test_what_is_not_a_number_names_step_and_layer(tensorloom: Tensorloom, starter: Starter) -> None:
    failed = tensorloom("train", starter("digits"), "--set", "optimizer.lr=1e20")
    assert failed.status == 1
    assert re.search(r"^\w+: at step \d+ it gave numbers that are not finite", failed.err, re.MULTILINE), failed.err


def test_ctrl_c_keeps_what_was_learned(starter: Starter, tensorloom: Tensorloom, tmp_path: Path) -> None:
    project = starter("digits")
    command = [sys.executable, "-m", "designer.main", "train", str(project), "--set", "epochs=500", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            event = json.loads(line)
            if event["event"] == "epoch":
                process.send_signal(signal.SIGINT)
                break
        rest = [json.loads(line) for line in process.stdout]
    assert process.returncode == 130
    assert (rest[-1]["event"], rest[-1]["stopped"]) == ("done", True)
    assert tensorloom("evaluate", rest[-1]["run"], "--checkpoint", "last", "--json").status == 0
