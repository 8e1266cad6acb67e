"""From a trained run to a proved ONNX file, with what it needs to predict."""

import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from engine.data.sources import open_data
from engine.exchange import export_run as module
from engine.exchange.export_run import export_run
from engine.exchange.proof import Unproved
from engine.infer.session import Model
from engine.messages import Done, Progress
from engine.project.project import Data, Project
from engine.project.recipe import Recipe
from engine.text import Failure
from engine.train.training import train

pytestmark = pytest.mark.trains

NODES = {
    "image": ("input", {"shape": [1, 8, 8]}),
    "conv1": ("conv2d", {"out_channels": 8}, "image"),
    "norm1": ("batch_norm2d", {}, "conv1"),
    "relu1": ("relu", {}, "norm1"),
    "flatten1": ("flatten", {}, "relu1"),
    "drop1": ("dropout", {}, "flatten1"),
    "linear1": ("linear", {"out_features": 10}, "drop1"),
    "digit": ("output", {}, "linear1"),
}


def trained(draw, folder, nodes):
    torch.set_num_threads(1)
    project = Project({"main": draw(nodes)}, data=Data("sample:digits"), recipe=Recipe(epochs=1, device="cpu"))
    done = train(project, folder, lambda event: None)
    assert isinstance(done, Done), done
    return Path(done.run)


@pytest.fixture(scope="module")
def run(draw, tmp_path_factory):
    return trained(draw, tmp_path_factory.mktemp("runs"), NODES)


@pytest.fixture
def own_run(run, tmp_path):
    return Path(shutil.copytree(run, tmp_path / "run"))


def test_a_run_is_exported_and_proved_on_all_validation_samples(own_run, tmp_path):
    events = []
    exported = export_run(own_run, tmp_path / "net.onnx", emit=events.append)
    assert exported.samples == 144
    assert exported.batches == (1, 7, 64)
    assert 0 < exported.largest_absolute < 1e-4
    assert exported.bytes == (tmp_path / "net.onnx").stat().st_size
    assert (own_run / "model.onnx").read_bytes() == (tmp_path / "net.onnx").read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["net.onnx"]
    told = [event for event in events if isinstance(event, Progress)]
    assert told[-1].done == told[-1].total == 3 * 144


def test_the_file_predicts_from_raw_samples_as_the_run_learned(own_run, tmp_path):
    export_run(own_run, tmp_path / "net.onnx")
    model = Model(tmp_path / "net.onnx")
    data = open_data("sample:digits")
    images, labels = data.parts["test"]["image"], data.parts["test"]["label"]
    scores = model.predict(model.prepare(images))["digit"]
    assert (scores.argmax(1) == labels).mean() > 0.7
    answer = model.answer(model.prepare(images[0]))[0]
    assert answer.labels == tuple("0123456789")
    assert sum(answer.values) == pytest.approx(1)


def test_the_metadata_is_what_the_run_learned_with(own_run, tmp_path):
    export_run(own_run, tmp_path / "net.onnx")
    noted = Model(tmp_path / "net.onnx").metadata
    data = open_data("sample:digits")
    chosen, _ = data.split(0.1, 0)
    pixels = data.parts["training"]["image"][chosen] / 255
    assert noted.inputs["image"].range == (0, 255)
    assert noted.inputs["image"].mean == pytest.approx([pixels.mean()])
    assert noted.inputs["image"].spread == pytest.approx([pixels.std()])
    assert noted.outputs["digit"].activation == "softmax"


def test_no_path_of_the_run_is_inside(own_run, tmp_path):
    export_run(own_run, tmp_path / "net.onnx")
    content = (tmp_path / "net.onnx").read_bytes()
    for secret in (str(tmp_path), str(Path.home()), str(Path.cwd()), "site-packages", own_run.name + "/"):
        assert secret.encode() not in content


def test_an_export_that_fails_the_proof_leaves_what_was_there(own_run, tmp_path, monkeypatch):
    true = module.export_module

    def spoiled(*arguments):
        true(*arguments)
        model = onnx.load(arguments[-1])
        bias = next(value for value in model.graph.initializer if value.name == "linear1.bias")
        bias.CopyFrom(onnx.numpy_helper.from_array(onnx.numpy_helper.to_array(bias) + 0.01, bias.name))
        arguments[-1].write_bytes(model.SerializeToString())

    monkeypatch.setattr(module, "export_module", spoiled)
    target = tmp_path / "net.onnx"
    target.write_bytes(b"as it was")
    with pytest.raises(Unproved, match="Export failed the proof"):
        export_run(own_run, target)
    assert target.read_bytes() == b"as it was"
    assert not (own_run / "model.onnx").exists()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["net.onnx"]


def test_a_run_whose_data_is_gone_is_not_exported(draw, own_run, tmp_path):
    text = (own_run / "project.loom").read_text(encoding="utf-8")
    (own_run / "project.loom").write_text(text.replace("sample:digits", "npz:/gone.npz"), encoding="utf-8")
    with pytest.raises(Failure, match="proved on the samples of the run"):
        export_run(own_run, tmp_path / "net.onnx")


def test_what_is_no_run_is_said_in_a_sentence(tmp_path):
    with pytest.raises(Failure, match="is no run"):
        export_run(tmp_path, tmp_path / "net.onnx")


def test_several_outputs_keep_their_own_meaning(draw, tmp_path):
    nodes = {
        **NODES,
        "linear2": ("linear", {"out_features": 64}, "flatten1"),
        "again": ("reshape", {"shape": [1, 8, 8]}, "linear2"),
        "copy": ("output", {"loss": "mse", "target": "image", "metrics": []}, "again"),
    }
    folder = trained(draw, tmp_path, nodes)
    export_run(folder, tmp_path / "net.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "net.onnx"), providers=["CPUExecutionProvider"])
    assert [output.name for output in session.get_outputs()] == ["digit", "copy"]
    noted = Model(tmp_path / "net.onnx").metadata.outputs
    assert noted["digit"].activation == "softmax"
    assert noted["copy"].activation == "none" and noted["copy"].labels == ()
    shapes = [value.shape for value in session.run(None, {"image": np.zeros((3, 1, 8, 8), np.float32)})]
    assert shapes == [(3, 10), (3, 1, 8, 8)]
