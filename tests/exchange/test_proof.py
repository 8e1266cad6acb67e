"""The proof: a file that computes the same passes, with the largest differences told; any other is refused."""

import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from engine.check.checker import check
from engine.exchange.onnx_export import export_module
from engine.exchange.proof import Unproved, prove
from engine.infer.metadata import Metadata
from engine.lower.build import build
from engine.lower.printer import print_program
from engine.lower.program import lower
from engine.text import Failure

NODES = {
    "image": ("input", {"shape": [1, 8, 8]}),
    "conv1": ("conv2d", {"out_channels": 4, "padding": "same"}, "image"),
    "norm1": ("batch_norm2d", {}, "conv1"),
    "relu1": ("relu", {}, "norm1"),
    "drop1": ("dropout", {}, "relu1"),
    "flat1": ("flatten", {}, "drop1"),
    "linear1": ("linear", {"out_features": 3}, "flat1"),
    "digit": ("output", {}, "linear1"),
    "inner": ("output", {"loss": "mse"}, "relu1"),
}


@pytest.fixture(scope="module")
def made(draw):
    torch.set_num_threads(1)
    graph = draw(NODES)
    report = check(graph)
    program = lower(graph, report)
    module = build(print_program(program))
    with torch.no_grad():
        module(torch.randn(50, 1, 8, 8))  # so that the normalisation knows something
    return module, program, {"image": report.specs["image"][0]}


@pytest.fixture(scope="module")
def exported(made, tmp_path_factory):
    module, program, inputs = made
    path = tmp_path_factory.mktemp("exported") / "model.onnx"
    export_module(module, program, inputs, Metadata(), path)
    return path


@pytest.fixture
def path(exported, tmp_path):
    """A copy that a test may spoil."""
    return Path(shutil.copy(exported, tmp_path))


@pytest.fixture
def images():
    return {"image": np.random.default_rng(0).normal(size=(70, 1, 8, 8)).astype(np.float32)}


def changed(path, key, change):
    """The file with other weights."""
    model = onnx.load(path)
    weight = next(value for value in model.graph.initializer if value.name == key)
    weight.CopyFrom(onnx.numpy_helper.from_array(change(onnx.numpy_helper.to_array(weight).copy()), key))
    onnx.save(model, path)


def test_what_is_exported_computes_the_same_at_every_batch(made, path, images):
    assert made[0].training
    proof = prove(made[0], path, images)
    assert proof.samples == 70
    assert [largest.batch for largest in proof.largest] == [1, 7, 64]
    assert all(0 <= largest.absolute < 1e-5 for largest in proof.largest)
    assert proof.absolute == max(largest.absolute for largest in proof.largest)
    assert made[0].training, "the module is left as it was"


def test_drawn_layers_stay_apart_and_dropout_is_gone(path):
    assert [(node.name, node.op_type) for node in onnx.load(path).graph.node] == [
        ("conv1", "Conv"),
        ("norm1", "BatchNormalization"),
        ("relu1", "Relu"),
        ("flat1", "Reshape"),
        ("linear1", "Gemm"),
    ]


def test_weights_that_differ_are_found_and_the_sample_is_named(made, path, images):
    def one_weight(weight):
        weight[0, 0] += 1
        return weight

    changed(path, "linear1.weight", one_weight)
    with pytest.raises(Unproved, match=r"Export failed the proof: “digit” of sample \d+ .* batches of 1"):
        prove(made[0], path, images)


def test_every_sample_is_looked_at(made, path, images):
    def only_when_large(bias):
        bias[1] += 5e-5
        return bias

    changed(path, "linear1.bias", only_when_large)
    assert prove(made[0], path, images).absolute > 4e-5  # within the limit, and told
    changed(path, "linear1.bias", lambda bias: bias + 0.01)
    with pytest.raises(Unproved):
        prove(made[0], path, {"image": images["image"][-1:]}, batches=(64,))


def test_numbers_that_are_large_may_differ_by_more(made, path, images):
    changed(path, "linear1.bias", lambda bias: bias + 0.01)
    proof = prove(made[0], path, {"image": images["image"] * 1e5})
    assert proof.absolute > 1e-3
    assert proof.relative < 1e-4


def test_a_difference_that_is_no_number_is_refused(made, path, images):
    changed(path, "linear1.bias", lambda bias: bias * np.nan)
    with pytest.raises(Unproved):
        prove(made[0], path, images)


def test_the_same_nan_on_both_sides_is_no_difference(made, path, images):
    images["image"][3] = np.nan
    assert prove(made[0], path, images).absolute < 1e-5


def test_another_shape_is_refused(made, path, images):
    model = onnx.load(path)
    node = next(node for node in model.graph.node if node.name == "linear1")
    node.output[0] = "linear1"
    split = onnx.helper.make_node("Slice", ["linear1", "zero", "two", "one"], ["digit"])
    model.graph.node.append(split)
    for name, value in (("zero", 0), ("two", 2), ("one", 1)):
        model.graph.initializer.append(onnx.numpy_helper.from_array(np.array([value]), name))
    model.graph.output[0].type.tensor_type.shape.dim[1].dim_value = 2
    onnx.save(model, path)
    with pytest.raises(Unproved, match="shape"):
        prove(made[0], path, images)


def test_no_samples_prove_nothing(made, path):
    with pytest.raises(Failure, match="no samples"):
        prove(made[0], path, {"image": np.zeros((0, 1, 8, 8), np.float32)})


def test_progress_is_told_up_to_the_end(made, path, images):
    told = []
    prove(made[0], path, images, lambda what, done, total: told.append((str(what), done, total)))
    assert told[0][1] == 0
    assert told[-1][1] == told[-1][2] == 210
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
