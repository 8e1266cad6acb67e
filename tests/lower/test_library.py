"""The blocks that come with the program: printed, they have the weights that they say, and compute what torch does."""

import pytest
import torch
from torch import nn

from engine.blocks import block_layer
from engine.blocks.library import NAMES, library
from engine.check.checker import check
from engine.lower.build import build
from engine.lower.printer import print_program
from engine.lower.program import lower
from tests.blocks.builders import graph, node


def built(name, shape=None, **parameters):
    """The block between inputs of its example's shapes and an output, and the report."""
    layer = block_layer(name, library()[name])(**parameters)
    images = {f"image{n}": node("input", shape=shape or one.shape[1:]) for n, one in enumerate(layer.example)}
    drawn = graph(**images, made=node(layer, *images), answer=node("output", "made", loss="mse", metrics=[]))
    report = check(drawn)
    assert report.ok, [str(problem.text) for problem in report.problems]
    return build(print_program(lower(drawn, report))), report


@pytest.mark.parametrize("name", NAMES)
def test_torch_has_the_weights_and_shapes_that_we_say(name):
    with torch.device("meta"):
        module, report = built(name)
        came = module.eval()(torch.zeros(2, *report.specs["image0"][0].shape[1:]))
    assert sum(weight.numel() for weight in module.parameters()) == report.total.parameters
    assert tuple(came.shape[1:]) == report.specs["made"][0].shape[1:]


def test_the_transformer_computes_what_torchs_does():
    torch.manual_seed(0)
    sizes = {"d_model": 32, "num_heads": 4, "dim_feedforward": 48}
    ours, _ = built("transformer_encoder", [5, 32], **sizes)
    theirs = nn.TransformerEncoderLayer(32, 4, 48, activation="gelu", norm_first=True, batch_first=True)
    names = {"self_attn": "attend", "linear1": "linear1", "linear2": "linear2", "norm1": "norm1", "norm2": "norm2"}
    state = {}
    for key, weight in theirs.state_dict().items():
        root, _, rest = key.partition(".")
        state[f"made.{names[root]}.{rest}"] = weight
    ours.load_state_dict(state)
    tokens = torch.randn(3, 5, 32)
    torch.testing.assert_close(ours.eval()(tokens), theirs.eval()(tokens), atol=1e-5, rtol=1e-5)
    torch.manual_seed(7)
    one = ours.train()(tokens)
    assert not torch.allclose(one, ours(tokens)), "dropout is at work while training"
