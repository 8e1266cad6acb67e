"""Attention beyond what every layer is held to: masks, its weights as an output, and what it looks like in print."""

import numpy as np
import onnxruntime
import pytest
import torch

from engine.check.checker import check
from engine.exchange.onnx_export import export_module
from engine.exchange.proof import prove
from engine.graph import Graph, Node, Outlet, Spec, spec
from engine.infer.metadata import Metadata
from engine.layers import make_layer
from engine.lower.build import build
from engine.lower.printer import print_program
from engine.lower.program import lower
from engine.text import Failure

PORTS = ("query", "key", "value", "key_padding_mask", "attn_mask")
SEQUENCE = make_layer("input", {"shape": [5, 16]})


def attending(parameters, wires, taken=("output",)):
    """Attention on these inputs, {port: (name, shape)}, with an output for each port that is taken."""
    nodes = {name: Node(make_layer("input", {"shape": shape})) for name, shape in wires.values()}
    nodes["attend1"] = Node(
        make_layer("multi_head_attention", parameters),
        {port: (Outlet(name, "output"),) for port, (name, _) in wires.items()},
    )
    for port in taken:
        end = make_layer("output", {"loss": "mse", "metrics": []})
        nodes[f"answer_{port}"] = Node(end, {"value": (Outlet("attend1", port),)})
    return Graph(nodes)


def to_itself(**parameters):
    return {"num_heads": 2, **parameters}, dict.fromkeys(PORTS[:3], ("tokens", [5, 16]))


def printed(graph, **options):
    return print_program(lower(graph, check(graph)), **options)


def test_weights_that_nothing_takes_are_not_asked_for():
    source = printed(attending(*to_itself()))
    assert "self.attend1 = nn.MultiheadAttention(embed_dim=16, num_heads=2, batch_first=True)" in source.text
    assert "        x, _ = self.attend1(tokens, tokens, tokens, need_weights=False)\n" in source.text


def test_weights_that_something_takes_are_unpacked():
    source = printed(attending(*to_itself(), taken=("output", "weights")))
    assert "        attend1_output, attend1_weights = self.attend1(tokens, tokens, tokens)\n" in source.text
    output, weights = build(source).eval()(torch.randn(3, 5, 16))
    assert output.shape == (3, 5, 16) and weights.shape == (3, 5, 5)
    assert torch.allclose(weights.sum(-1), torch.ones(3, 5))


def test_the_weights_alone_can_be_taken():
    source = printed(attending(*to_itself(), taken=("weights",)))
    assert "        _, attend1_weights = self.attend1(tokens, tokens, tokens)\n" in source.text
    assert build(source)(torch.randn(2, 5, 16)).shape == (2, 5, 5)


def test_sizes_of_key_and_value_are_printed_where_they_differ():
    wires = {"query": ("a", [5, 16]), "key": ("b", [6, 12]), "value": ("b", [6, 12]), "key_padding_mask": ("m", [6])}
    source = printed(attending({}, wires))
    assert "embed_dim=16, num_heads=8, kdim=12, vdim=12, batch_first=True" in source.text
    assert "x, _ = self.attend1(a, b, b, key_padding_mask=m, need_weights=False)" in source.text


def test_a_place_that_the_mask_hides_is_not_looked_at():
    wires = {**to_itself()[1], "key_padding_mask": ("hidden", [5])}
    module = build(printed(attending({"num_heads": 2}, wires))).eval()
    tokens, hidden = torch.randn(2, 5, 16), torch.zeros(2, 5)
    hidden[:, 4] = -torch.inf
    other = tokens.clone()
    other[:, 4] = 7
    torch.testing.assert_close(module(tokens, hidden)[:, :4], module(other, hidden)[:, :4])
    assert not torch.allclose(module(tokens, 0 * hidden[:, :1].expand(2, 5))[:, :4], module(other, hidden)[:, :4])


def exported(graph, path, sizes=None):
    """Exports it, the inputs' sizes replaced where `sizes` says so; the module and ONNX's session."""
    torch.manual_seed(0)
    report = check(graph)
    program = lower(graph, report)
    module = build(print_program(program)).eval()
    inputs = {name: report.specs[name][0] for name in program.arguments} | (sizes or {})
    export_module(module, program, inputs, Metadata(), path)
    return module


@pytest.mark.parametrize("more", [{}, {"add_bias_kv": True}, {"add_zero_attn": True, "bias": False}])
@pytest.mark.parametrize("taken", [("output",), ("output", "weights")])
def test_masks_go_into_onnx_at_every_batch(more, taken, tmp_path):
    wires = {
        "query": ("a", [5, 16]),
        "key": ("b", [6, 12]),
        "value": ("b", [6, 12]),
        "key_padding_mask": ("hidden", [6]),
        "attn_mask": ("pairs", [5, 6]),
    }
    graph = attending({"num_heads": 1, **more}, wires, taken)
    module = exported(graph, tmp_path / "model.onnx")
    rng = np.random.default_rng(0)
    samples = {name: rng.normal(size=(7, *shape)).astype(np.float32) for name, shape in wires.values()}
    assert prove(module, tmp_path / "model.onnx", samples, batches=(1, 2, 3)).absolute < 1e-5


FREE = {"tokens": spec("N", "T", 16), "hidden": spec("N", "T")}


def test_a_length_may_be_free_in_onnx(tmp_path):
    wires = {**to_itself()[1], "key_padding_mask": ("hidden", [5])}
    path = tmp_path / "model.onnx"
    module = exported(attending({"num_heads": 2}, wires), path, FREE)
    session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    for batch, length in ((1, 1), (2, 5), (3, 9)):
        tokens, hidden = torch.randn(batch, length, 16), torch.randn(batch, length)
        (came,) = session.run(None, {"tokens": tokens.numpy(), "hidden": hidden.numpy()})
        torch.testing.assert_close(torch.from_numpy(came), module(tokens, hidden), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("more", ["add_bias_kv", "add_zero_attn"])
def test_what_onnx_cannot_carry_is_declared_and_still_stands(more, tmp_path):
    """Once this fails, the world has moved: the layer's `onnx_limit` can go."""
    layer = make_layer("multi_head_attention", {"num_heads": 2, more: True})
    tokens = FREE["tokens"]
    assert "free (T)" in str(layer.onnx_limit(tokens, tokens, tokens, FREE["hidden"], None))
    assert layer.onnx_limit(tokens, tokens, tokens, None, None) is None
    assert layer.onnx_limit(*[spec("N", 5, 16)] * 3, spec("N", 5), None) is None
    wires = {**to_itself()[1], "key_padding_mask": ("hidden", [5])}
    with pytest.raises(Failure):
        exported(attending({"num_heads": 2, more: True}, wires), tmp_path / "model.onnx", FREE)


def test_flops_count_what_the_places_cost():
    layer, tokens = make_layer("multi_head_attention", {}), spec("N", 10, 64)
    assert layer.flops(tokens, tokens, tokens) == 2 * (4 * 10 * 64 * 64 + 2 * 10 * 10 * 64)


def test_masks_of_two_dtypes_are_refused():
    layer, tokens = make_layer("multi_head_attention", {}), spec("N", 5, 16)
    with pytest.raises(Failure, match="one dtype"):
        layer.infer(tokens, tokens, tokens, Spec(tokens.shape[:2], "bool"), spec(5, 5))
    with pytest.raises(Failure, match="int64"):
        layer.infer(tokens, tokens, tokens, Spec(tokens.shape[:2], "int64"))
