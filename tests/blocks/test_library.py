"""The blocks that come with the program: shapes and numbers of parameters as torch's modules of the same make."""

import pytest
import torch
from torch import nn

from engine.blocks import Block, BlockLayer, block_layer
from engine.blocks import edits as block_edits
from engine.blocks.library import library
from engine.blocks.lifting import parameter_fault
from engine.blocks.values import with_values
from engine.check.checker import check
from engine.check.judge import judge
from engine.graph import Graph, Node, SetParameter, Spec, name_fault, spec
from engine.layers import read_as
from engine.lower.build import build
from engine.lower.printer import print_program
from engine.lower.program import lower
from engine.project.file import dumps, loads
from engine.project.project import Project
from engine.text import say
from tests.blocks.builders import graph, node

LIBRARY = library()


def conv(channels: int, out: int, size: int, stride: int = 1, groups: int = 1, activation: type | None = nn.ReLU):
    """A convolution that keeps the size, batch normalisation, and an activation."""
    made = [nn.Conv2d(channels, out, size, stride, size // 2, groups=groups, bias=False), nn.BatchNorm2d(out)]
    return nn.Sequential(*made, *([activation()] if activation else []))


def sum_of(main: nn.Module, shortcut: nn.Module) -> nn.Module:
    return nn.ModuleList([main, shortcut])


def basic(channels: int, out: int, stride: int) -> nn.Module:
    main = nn.Sequential(conv(channels, out, 3, stride), conv(out, out, 3, activation=None))
    return sum_of(main, conv(channels, out, 1, stride, activation=None) if stride > 1 else nn.Identity())


def bottleneck(channels: int, width: int, stride: int) -> nn.Module:
    steps = conv(channels, width, 1), conv(width, width, 3, stride), conv(width, 4 * width, 1, activation=None)
    shortcut = nn.Identity() if channels == 4 * width else conv(channels, 4 * width, 1, stride, activation=None)
    return sum_of(nn.Sequential(*steps), shortcut)


def inverted(channels: int, hidden: int, out: int, stride: int = 1) -> nn.Module:
    return nn.Sequential(
        conv(channels, hidden, 1),
        conv(hidden, hidden, 3, stride, groups=hidden),
        conv(hidden, out, 1, activation=None),
    )


def dense(channels: int, growth: int) -> nn.Module:
    return nn.Sequential(
        nn.BatchNorm2d(channels), conv(channels, 4 * growth, 1), nn.Conv2d(4 * growth, growth, 3, padding=1, bias=False)
    )


def dense_block(channels: int, growth: int, count: int) -> nn.Module:
    return nn.ModuleList([dense(channels + number * growth, growth) for number in range(count)])


def squeeze(channels: int, within: int) -> nn.Module:
    return nn.Sequential(nn.Conv2d(channels, within, 1), nn.ReLU(), nn.Conv2d(within, channels, 1), nn.Sigmoid())


def inception(channels: int, *widths: int) -> nn.Module:
    one, reduce3, three, reduce5, five, pool = widths
    second = nn.Sequential(conv(channels, reduce3, 1), conv(reduce3, three, 3))
    third = nn.Sequential(conv(channels, reduce5, 1), conv(reduce5, five, 3))
    return nn.ModuleList([conv(channels, one, 1), second, third, conv(channels, pool, 1)])


def transformer(size: int, heads: int, within: int) -> nn.Module:
    return nn.TransformerEncoderLayer(size, heads, within, activation="gelu", batch_first=True, norm_first=True)


# block, values, what comes in, what comes out, the same in torch
CASES = [
    ("basic_block", {}, (64, 56, 56), (64, 56, 56), lambda: basic(64, 64, 1)),
    ("basic_block", {"out_channels": 128, "repeat": 1}, (128, 28, 28), (128, 28, 28), lambda: basic(128, 128, 1)),
    ("basic_block_down", {}, (64, 56, 56), (128, 28, 28), lambda: basic(64, 128, 2)),
    ("bottleneck", {}, (256, 56, 56), (256, 56, 56), lambda: bottleneck(256, 64, 1)),
    ("bottleneck_down", {}, (256, 56, 56), (512, 28, 28), lambda: bottleneck(256, 128, 2)),
    ("bottleneck_down", {"width": 64, "stride": [1, 1]}, (64, 56, 56), (256, 56, 56), lambda: bottleneck(64, 64, 1)),
    ("inverted_residual", {}, (24, 56, 56), (24, 56, 56), lambda: inverted(24, 144, 24)),
    (
        "inverted_residual",
        {"hidden_channels": 192, "out_channels": 32},
        (32, 28, 28),
        (32, 28, 28),
        lambda: inverted(32, 192, 32),
    ),
    ("inverted_residual_down", {}, (24, 56, 56), (32, 28, 28), lambda: inverted(24, 144, 32, 2)),
    ("dense_layer", {}, (64, 56, 56), (96, 56, 56), lambda: dense(64, 32)),
    ("dense_layer", {"growth_rate": 12, "repeat": 3}, (24, 8, 8), (60, 8, 8), lambda: dense_block(24, 12, 3)),
    ("dense_block", {}, (64, 56, 56), (256, 56, 56), lambda: dense_block(64, 32, 6)),
    ("dense_block", {"num_layers": 12}, (128, 28, 28), (512, 28, 28), lambda: dense_block(128, 32, 12)),
    ("squeeze_excite", {}, (64, 14, 14), (64, 14, 14), lambda: squeeze(64, 16)),
    ("squeeze_excite", {"channels": 96, "squeeze_channels": 4}, (96, 14, 14), (96, 14, 14), lambda: squeeze(96, 4)),
    ("conv_norm_relu", {}, (192, 28, 28), (64, 28, 28), lambda: conv(192, 64, 1)),
    ("inception", {}, (192, 28, 28), (256, 28, 28), lambda: inception(192, 64, 96, 128, 16, 32, 32)),
    ("transformer_encoder", {}, (16, 512), (16, 512), lambda: transformer(512, 8, 2048)),
    (
        "transformer_encoder",
        {"d_model": 192, "num_heads": 3, "dim_feedforward": 768, "repeat": 1},
        (197, 192),
        (197, 192),
        lambda: transformer(192, 3, 768),
    ),
]


def made(name: str, values: dict[str, object], shape: tuple[int, ...]):
    layer = block_layer(name, LIBRARY[name])
    return judge(read_as(layer, values, []), (Spec((spec("N").shape[0], *shape)),))


@pytest.mark.parametrize(("name", "values", "shape", "result", "torchs"), CASES)
def test_shapes_and_parameters_are_the_published_ones(name, values, shape, result, torchs):
    verdict = made(name, values, shape)
    assert verdict.fault is None and verdict.limit is None and verdict.doubt is None
    assert verdict.outputs == (spec("N", *result),)
    with torch.device("meta"):
        assert verdict.cost.parameters == sum(weight.numel() for weight in torchs().parameters())


def test_every_block_has_a_case():
    assert {name for name, *_ in CASES} == set(LIBRARY)


@pytest.mark.parametrize(("name", "block"), LIBRARY.items())
def test_a_block_is_whole(name: str, block: Block):
    report = check(block.graph, inner=True)
    assert report.problems == (), [say(problem.text) for problem in report.problems]
    assert name_fault(name) is None and block.summary.endswith(".")
    assert block.graph.places.keys() == block.graph.nodes.keys()
    for lifted in block.parameters:
        assert parameter_fault(lifted.name) is None and lifted.help.endswith(".") and lifted.targets
        assert getattr(block_layer(name, block)(), lifted.name) == lifted.default


@pytest.mark.parametrize(("name", "block"), LIBRARY.items())
def test_lifted_defaults_are_what_is_drawn(name: str, block: Block):
    layer = block_layer(name, block)()
    assert with_values(block, layer.values) == (block.graph, {})


@pytest.mark.parametrize(("name", "block"), LIBRARY.items())
def test_cards_do_not_cover_each_other_and_values_flow_down(name: str, block: Block):
    places = block.graph.places
    assert len(set(places.values())) == len(places)
    for wire in block.graph.wires():
        assert places[wire.source.node].y < places[wire.target.node].y


def taken_in(project: Project, name: str, block: Block) -> tuple[Project, str]:
    """The project with a block more, and the name that it has there."""
    project, drawing = block_edits.adopt(project, Graph({"one": Node(block_layer(name, block)())}))
    return project, block_edits.used_blocks(drawing)[0]


def test_the_whole_library_goes_into_a_project_and_its_file():
    found = Project()
    for name, block in LIBRARY.items():
        found, given = taken_in(found, name, block)
        assert given == name
    assert list(found.blocks) == list(LIBRARY) and found.blocks == LIBRARY
    assert loads(dumps(found)) == found


def test_a_block_brings_those_that_it_uses():
    found, name = taken_in(Project(), "dense_block", LIBRARY["dense_block"])
    assert name == "dense_block" and list(found.blocks) == ["dense_layer", "dense_block"]


def test_a_block_for_other_channels_is_a_fix_away():
    verdict = made("basic_block", {}, (48, 8, 8))
    assert verdict.fault and verdict.fault.fixes[0] == SetParameter("out_channels", 48)


def built(name: str, shape: tuple[int, ...], **values: object) -> tuple[nn.Module, BlockLayer]:
    """A network of one block, made from its printed source, and the block."""
    layer = read_as(block_layer(name, LIBRARY[name]), values, [])
    assert isinstance(layer, BlockLayer)
    drawn = graph(
        image=node("input", shape=list(shape)),
        block1=node(layer, "image"),
        answer=node("output", "block1", loss="mse", metrics=[]),
    )
    return build(print_program(lower(drawn, check(drawn)))), layer


@pytest.mark.parametrize("repeat", [1, 2])
@pytest.mark.parametrize("name", LIBRARY)
def test_weights_are_called_as_in_the_printed_network(name, repeat):
    (came,) = block_layer(name, LIBRARY[name]).example
    with torch.device("meta"):
        network, layer = built(name, came.shape[1:], repeat=repeat)
    found = {name: tuple(weight.shape) for name, weight in network.named_parameters()}
    assert found == {f"block1.{name}": shape for name, shape in layer.weights(came).items()}


def test_the_transformer_computes_what_torchs_own_does():
    torch.manual_seed(0)
    reference = transformer(16, 2, 24).eval()
    values = {"d_model": 16, "num_heads": 2, "dim_feedforward": 24}
    network, _ = built("transformer_encoder", (5, 16), **values)
    state = {f"block1.{name.replace('self_attn', 'attend')}": weight for name, weight in reference.state_dict().items()}
    network.eval().load_state_dict(state)
    given = torch.randn(3, 5, 16)
    with torch.no_grad():
        torch.testing.assert_close(network(given), reference(given))
