"""What layers declare that ONNX cannot carry: it still cannot, and nothing more is declared.

That everything else computes as torch does is proved in tests/exchange/test_catalogue.py.
"""

from functools import cache
from itertools import islice

import numpy as np
import onnxruntime
import pytest
import torch
from onnxruntime.capi.onnxruntime_pybind11_state import InvalidArgument

from engine.check.checker import check
from engine.exchange.onnx_export import export_module
from engine.graph import Graph, Node, Outlet, spec
from engine.infer.metadata import Metadata
from engine.layers import Misfit, catalogue, make_layer
from engine.lower.build import build
from engine.lower.printer import print_program
from engine.lower.program import lower
from engine.text import Failure
from tests.layers.draws import draws
from tests.layers.reference import tensors

MOST = 1e-4

LAYERS = [id for id, cls in catalogue().items() if cls.about.family != "Input and output"]


def difference(layer, value, path, batches=(1, 3)):
    """The largest difference between torch and ONNX Runtime, relative where numbers are large."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    program, source, specs = lowered(layer, value)
    module = build(source).eval()
    export_module(module, program, specs, Metadata(), path)
    session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    return max(_apart(module, session, *tensors((value,), batch)) for batch in batches)


def lowered(layer, value):
    """The layer between an input and an output."""
    graph = Graph(
        {
            "given": Node(make_layer("input", {"shape": value.shape[1:]})),
            "drawn": Node(layer, {type(layer).about.inputs[0].name: (Outlet("given", "output"),)}),
            "answer": Node(make_layer("output", {"loss": "mse"}), {"value": (Outlet("drawn", "output"),)}),
        }
    )
    report = check(graph)
    program = lower(graph, report)
    return program, print_program(program), {"given": report.specs["given"][0]}


def _apart(module, session, value):
    with torch.no_grad():
        wanted = module(value).numpy()
    (came,) = session.run(["answer"], {"given": value.numpy()})
    assert wanted.shape == came.shape
    return float((np.abs(wanted - came) / np.maximum(1, np.abs(wanted))).max())


LIMITS = {
    "adaptive_max_pool1d": ("fails", {"output_size": 5}, spec("N", 4, 12)),
    "adaptive_max_pool2d": ("fails", {"output_size": [3, 5]}, spec("N", 4, 12, 12)),
    "avg_pool2d": ("wrong", {"divisor_override": 3}, spec("N", 4, 12, 12)),
    "conv_transpose2d": ("fails", {"output_padding": 1, "dilation": 2}, spec("N", 4, 6, 5)),
    "batch_norm1d": ("fails", {"track_running_stats": False}, spec("N", 4)),
    "batch_norm2d": ("fails", {"track_running_stats": False}, spec("N", 4, 1, 1)),
    "upsample": ("wrong", {"scale_factor": 1.2, "mode": "bilinear"}, spec("N", 3, 2, 5)),
}


@pytest.mark.parametrize("id", LIMITS)
def test_a_declared_limit_of_onnx_still_stands(id, tmp_path):
    """Once this fails, the world has moved: the layer's `onnx_limit` can go."""
    how, parameters, value = LIMITS[id]
    layer = make_layer(id, parameters)
    assert layer.onnx_limit(value) is not None
    try:
        came = "wrong" if difference(layer, value, tmp_path / "model.onnx") > MOST else "right"
    except (Failure, ValueError, InvalidArgument):
        came = "fails"
    assert came == how


@cache
def limited():
    """The layers of which some random parameters meet a limit."""
    return {id for id in LAYERS for one in islice(draws(catalogue()[id], seed=3), 400) if _is_limited(one)}


def _is_limited(one):
    try:
        return one.layer is not None and one.layer.infer(*one.inputs) and one.layer.onnx_limit(*one.inputs)
    except Misfit:
        return False


def test_every_limit_is_known_to_this_test():
    assert limited() <= LIMITS.keys()
