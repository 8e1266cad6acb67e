"""The ONNX file: valid, named as drawn, with a free batch, and nothing in it of the machine that wrote it."""

import json
import os
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from engine.check.checker import check
from engine.exchange.onnx_export import export_module, refuse_limits
from engine.graph import Outlet, spec
from engine.infer.metadata import InputNote, Metadata, OutputNote
from engine.layers.base import InputPort
from engine.layers.call import In, function, method
from engine.lower.build import build
from engine.lower.printer import print_program
from engine.lower.program import Program, Step, lower
from engine.text import Failure

NODES = {
    "image": ("input", {"shape": [2, 8, 8]}),
    "depth": ("input", {"shape": [1, 8, 8], "column": "depth"}),
    "conv1": ("conv2d", {"out_channels": 3, "padding": "same", "padding_mode": "reflect"}, "image"),
    "relu1": ("relu", {}, "conv1"),
    "卷积": ("conv2d", {"out_channels": 3, "padding": "same"}, "relu1"),
    "both": ("concat", {}, "卷积", "relu1", "depth"),
    "answer": ("output", {"loss": "mse"}, "both"),
    "again": ("output", {"loss": "mse"}, "relu1"),
}
METADATA = Metadata(
    {
        "image": InputNote((2, 8, 8), (2, 8, 8), scale=1 / 255, mean=(0.1, 0.2), spread=(0.3, 0.4)),
        "depth": InputNote((1, 8, 8), (1, 28, 28)),
    },
    {"answer": OutputNote(("a", "b"), "softmax"), "again": OutputNote()},
)


def made(draw, nodes):
    torch.set_num_threads(1)
    graph = draw(nodes)
    report = check(graph)
    program = lower(graph, report)
    return build(print_program(program)), program, {name: report.specs[name][0] for name in program.arguments}


@pytest.fixture(scope="module")
def exported(draw, tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / "model.onnx"
    module, program, inputs = made(draw, NODES)
    module.train()
    export_module(module, program, inputs, METADATA, path)
    assert module.training, "the caller's module is left as it was"
    return module, path


def test_versions_are_those_that_runtimes_take(exported):
    model = onnx.load(exported[1])
    assert model.ir_version == 10
    assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", 20)]
    onnx.checker.check_model(model, full_check=True)


def test_inputs_and_outputs_are_the_drawn_nodes_and_the_batch_is_free(exported):
    graph = onnx.load(exported[1]).graph

    def shape(value):
        return [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]

    assert {v.name: shape(v) for v in graph.input} == {"image": ["N", 2, 8, 8], "depth": ["N", 1, 8, 8]}
    assert {v.name: shape(v) for v in graph.output} == {"answer": ["N", 7, 8, 8], "again": ["N", 3, 8, 8]}


def test_nodes_are_called_as_drawn(exported):
    names = [(node.name, node.op_type) for node in onnx.load(exported[1]).graph.node]
    assert names == [
        ("conv1/Pad", "Pad"),
        ("conv1", "Conv"),
        ("relu1", "Relu"),
        ("卷积", "Conv"),
        ("both", "Concat"),
    ]


def test_values_are_called_after_their_nodes(exported):
    graph = onnx.load(exported[1]).graph
    assert [node.output[0] for node in graph.node] == ["conv1/Pad", "conv1", "again", "卷积", "answer"]


def test_weights_have_the_keys_and_values_of_pytorch(exported):
    module, path = exported
    stored = {value.name: onnx.numpy_helper.to_array(value) for value in onnx.load(path).graph.initializer}
    assert set(stored) - set(module.state_dict()) == {"conv1/constant"}
    for key, value in module.state_dict().items():
        np.testing.assert_array_equal(stored[key], value.numpy())


def test_nothing_of_this_machine_is_inside(exported):
    content = exported[1].read_bytes()
    for secret in (
        str(exported[1].parent),
        str(Path.home()),
        str(Path.cwd()),
        "site-packages",
        "torch",
        ".py",
        "line ",
    ):
        assert secret.encode() not in content, secret
    assert os.environ.get("USER", "no user").encode() not in content


def test_only_our_own_metadata_is_inside(exported):
    model = onnx.load(exported[1])
    assert [entry.key for entry in model.metadata_props] == ["tensorloom"]
    graph = model.graph
    for part in (graph, *graph.node, *graph.input, *graph.output, *graph.initializer, *graph.value_info):
        assert not part.metadata_props
        assert not part.doc_string
    assert not model.doc_string


def test_the_metadata_tells_how_inputs_are_prepared_and_what_outputs_mean(exported):
    session = onnxruntime.InferenceSession(str(exported[1]), providers=["CPUExecutionProvider"])
    found = json.loads(session.get_modelmeta().custom_metadata_map["tensorloom"])
    assert found["inputs"]["image"]["shape"] == [2, 8, 8]
    assert found["inputs"]["image"]["scale"] == 1 / 255
    assert found["inputs"]["image"]["mean"] == [0.1, 0.2]
    assert found["inputs"]["image"]["spread"] == [0.3, 0.4]
    assert found["inputs"]["depth"]["resize"] == "bilinear"
    assert found["inputs"]["depth"]["range"] == [0, 255]
    assert found["outputs"]["answer"] == {"labels": ["a", "b"], "activation": "softmax"}
    assert found["outputs"]["again"] == {"labels": [], "activation": "none"}


@pytest.mark.parametrize("batch", [1, 2, 5])
def test_it_computes_the_same_at_any_batch(exported, batch):
    module, path = exported
    image, depth = torch.randn(batch, 2, 8, 8), torch.randn(batch, 1, 8, 8)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    ours = session.run(["answer", "again"], {"image": image.numpy(), "depth": depth.numpy()})
    for one, other in zip(ours, module(image, depth), strict=True):
        np.testing.assert_allclose(one, other.detach().numpy(), atol=1e-5)


def test_the_exporter_says_nothing_by_itself(draw, tmp_path, capfd):
    nodes = {"image": NODES["image"], "relu1": ("relu", {}, "image"), "answer": ("output", {"loss": "mse"}, "relu1")}
    export_module(*made(draw, nodes), Metadata(), tmp_path / "model.onnx")
    assert capfd.readouterr() == ("", "")
    assert [path.name for path in tmp_path.iterdir()] == ["model.onnx"]


@pytest.mark.parametrize("end", ["image", "relu1"])
def test_one_value_may_be_returned_twice(draw, tmp_path, end):
    nodes = {
        "image": NODES["image"],
        "relu1": ("relu", {}, "image"),
        "one": ("output", {"loss": "mse"}, end),
        "two": ("output", {"loss": "mse"}, end),
        "three": ("output", {"loss": "mse"}, "relu1"),
    }
    export_module(*made(draw, nodes), Metadata(), tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])
    image = np.random.default_rng(0).normal(size=(3, 2, 8, 8)).astype(np.float32)
    one, two, three = session.run(["one", "two", "three"], {"image": image})
    np.testing.assert_array_equal(one, two)
    np.testing.assert_array_equal(three, image.clip(0))


def by_hand(call):
    """A program of one call that no layer of ours makes."""
    step = Step("odd", call, (InputPort("value"),), {"value": (Outlet("image", "output"),)}, ("output",))
    program = Program(("image",), (step,), ("answer",), (Outlet("odd", "output"),))
    return build(print_program(program)), program, {"image": spec("N", 4)}


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (function("torch.special.bessel_j0", In("value")), "odd"),
        (method("reshape", In("value"), 2, 4), "batch"),
        (method("item", In("value")), "odd"),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_sentence(tmp_path, call, named):
    path = tmp_path / "model.onnx"
    path.write_bytes(b"as it was")
    with pytest.raises(Failure, match=named) as caught:
        export_module(*by_hand(call), Metadata(), path)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == b"as it was"


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(draw, tmp_path):
    nodes = {"image": NODES["image"], "answer": ("output", {"loss": "mse"}, "image")}
    with pytest.raises(Failure, match="cannot be written"):
        export_module(*made(draw, nodes), Metadata(), tmp_path / "none" / "model.onnx")


def test_a_layer_that_onnx_cannot_carry_is_refused_with_its_reason(draw):
    end = ("output", {"loss": "mse", "metrics": []}, "relu1")
    image = ("input", {"shape": [1, 8, 8]})
    odd = {"pool1": ("avg_pool2d", {"divisor_override": 3}, "image"), "relu1": ("relu", {}, "pool1")}
    graph = draw({"image": image, **odd, "answer": end})
    report = check(graph)
    with pytest.raises(Failure, match=r"pool1 cannot go into ONNX: .*divisor_override"):
        refuse_limits(report, lower(graph, report))


def test_a_layer_that_is_not_exported_stands_in_no_way(draw):
    odd = {"pool1": ("avg_pool2d", {"divisor_override": 3}, "image"), "relu1": ("relu", {}, "image")}
    end = ("output", {"loss": "mse", "metrics": []}, "relu1")
    graph = draw({"image": ("input", {"shape": [1, 8, 8]}), **odd, "answer": end})
    report = check(graph)
    assert any(problem.code == "onnx" for problem in report.problems)
    refuse_limits(report, lower(graph, report))
