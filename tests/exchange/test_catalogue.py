"""Every layer of the catalogue, with many parameters, goes into ONNX and comes out computing the same."""

import itertools
from functools import cache

import numpy as np
import pytest
import torch

from engine.check.checker import check
from engine.exchange.onnx_export import export_module
from engine.exchange.proof import LIMIT, prove
from engine.graph import Graph, Node, Outlet
from engine.graph.spec import BATCH
from engine.infer.metadata import Metadata
from engine.layers import Misfit, catalogue, make_layer, outputs
from engine.lower.build import build
from engine.lower.printer import print_program
from engine.lower.program import lower
from engine.text import Failure
from tests.layers.draws import draws

ENDS = ("input", "output", "block_input", "block_output")
LAYERS = [id for id in catalogue() if id not in ENDS]
VARIANTS = 5
ATTEMPTS = 500
BATCHES = (1, 2, 3)

pytestmark = [
    pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths:UserWarning"),
    pytest.mark.filterwarnings("ignore:Initializing zero-element tensors is a no-op:UserWarning"),
]


@cache
def variants(id):
    """Draws of a layer that fit, have a batch, give fractions, and of which it does not say that ONNX cannot."""
    found = []
    for one in itertools.islice(draws(catalogue()[id]), ATTEMPTS):
        if one.layer is None or len(found) >= VARIANTS:
            continue
        try:
            made = outputs(one.layer.infer(*one.inputs))[0]
        except Misfit:
            continue
        came = [spec for spec in one.inputs if spec]
        batched = all(spec.shape[0] == BATCH and spec.dtype != "bool" for spec in (*came, made))
        if batched and made.dtype == "float32" and not one.layer.onnx_limit(*one.inputs):
            found.append(one)
    return found


def side_by_side(ids):
    """A drawing in which every variant of every layer has inputs and an output of its own."""
    nodes = {}
    for name, one in [(f"{id}_v{number}_", one) for id in ids for number, one in enumerate(variants(id))]:
        sources = {}
        for port, spec in enumerate(one.inputs):
            if spec is None:
                continue
            parameters = {"shape": spec.shape[1:], "dtype": spec.dtype}
            nodes[f"{name}in{port}"] = Node(make_layer("input", parameters))
            sources[port] = Outlet(f"{name}in{port}", "output")
        nodes[name] = Node(one.layer, wired(one.layer, sources))
        end = make_layer("output", {"loss": "mse", "metrics": []})
        nodes[f"{name}out"] = Node(end, {"value": (Outlet(name, "output"),)})
    return Graph(nodes)


def wired(layer, sources):
    ports = type(layer).about.inputs
    if any(port.variadic for port in ports):
        return {ports[0].name: tuple(sources.values())}
    return {ports[place].name: (source,) for place, source in sources.items()}


def values(spec, rng):
    shape = [size if isinstance(size, int) else 7 for size in spec.shape]
    if spec.dtype == "int64":
        return rng.integers(0, 5, shape)
    return rng.normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("ids", [LAYERS[start::3] for start in range(3)], ids=["first", "second", "third"])
def test_every_layer_computes_the_same_in_onnx(ids, tmp_path):
    torch.set_num_threads(1)
    torch.manual_seed(0)
    graph = side_by_side(ids)
    report = check(graph)
    program = lower(graph, report)
    module = build(print_program(program)).eval()
    inputs = {name: report.specs[name][0] for name in program.arguments}
    export_module(module, program, inputs, Metadata(), tmp_path / "all.onnx")
    rng = np.random.default_rng(0)
    samples = {name: values(spec, rng) for name, spec in inputs.items()}
    proof = prove(module, tmp_path / "all.onnx", samples, batches=BATCHES)
    assert proof.samples == 7
    assert proof.absolute <= LIMIT or proof.relative <= LIMIT


def test_every_layer_is_among_them():
    assert all(variants(id) for id in LAYERS)


def exported_pool(draw, path, kind, parameters, shape):
    torch.set_num_threads(1)
    end = ("output", {"loss": "mse", "metrics": []}, "pool1")
    graph = draw({"image": ("input", {"shape": shape}), "pool1": (kind, parameters, "image"), "answer": end})
    report = check(graph)
    program = lower(graph, report)
    module = build(print_program(program))
    export_module(module, program, {"image": report.specs["image"][0]}, Metadata(), path)
    return module


UP = {"ceil_mode": True}


@pytest.mark.parametrize(
    ("kind", "parameters", "shape"),
    [
        ("max_pool1d", {"kernel_size": [2], "padding": [1], **UP}, [3, 13]),  # a last window is left out
        ("max_pool2d", {"kernel_size": [3, 3], "stride": [2, 2], **UP}, [1, 8, 8]),  # one more than rounded down
        ("max_pool2d", {"kernel_size": [2, 2], "stride": [3, 2], **UP}, [4, 12, 9]),  # the one and the other
        ("avg_pool2d", {"kernel_size": [3, 3], "stride": [2, 2], **UP}, [1, 8, 8]),
        ("avg_pool2d", {"kernel_size": [3, 3], "stride": [2, 2], "count_include_pad": False, **UP}, [1, 8, 8]),
    ],
)
def test_pools_that_round_up_are_written_so_that_all_runtimes_agree(draw, tmp_path, kind, parameters, shape):
    module = exported_pool(draw, tmp_path / "pool.onnx", kind, parameters, shape)
    samples = {"image": np.random.default_rng(0).normal(size=(5, *shape)).astype(np.float32)}
    assert prove(module, tmp_path / "pool.onnx", samples, batches=BATCHES).absolute < 1e-6


def test_a_pool_that_runtimes_would_read_in_two_ways_is_refused(draw, tmp_path):
    parameters = {"kernel_size": [2, 3], "stride": [2, 2], "padding": [1, 0], **UP}
    with pytest.raises(Failure, match="pool1"):
        exported_pool(draw, tmp_path / "pool.onnx", "avg_pool2d", parameters, [1, 13, 8])
    assert not list(tmp_path.iterdir())
