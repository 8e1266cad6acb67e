"""A block of a few layers, and drawings that use it, for tests of what is printed."""

import pytest
import torch

from engine.blocks import Block, Lifted, Target
from engine.check.checker import check
from engine.lower.printer import print_program
from engine.lower.program import lower
from tests.blocks.builders import graph, node


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)
    torch.manual_seed(0)


def step():
    """conv → norm → relu, with channels and stride on its face."""
    drawn = graph(
        x=node("block_input", shape=[4, 8, 8]),
        conv1=node("conv2d", "x", out_channels=4, padding=1, bias=False),
        norm1=node("batch_norm2d", "conv1"),
        relu1=node("relu", "norm1"),
        y=node("block_output", "relu1"),
    )
    lifted = (
        Lifted("channels", (Target("conv1", "out_channels"),), 4),
        Lifted("stride", (Target("conv1", "stride"),), (1, 1)),
    )
    return Block(drawn, lifted)


def between(**nodes):
    """Nodes between an image (4, 8, 8) and an output on the last of them."""
    image = node("input", shape=[4, 8, 8])
    return graph(image=image, **nodes, answer=node("output", list(nodes)[-1], loss="mse", metrics=[]))


def chained(*layers):
    """Layers one after the other."""
    names = ["image", *(f"node{number}" for number in range(1, len(layers) + 1))]
    return between(**{name: node(layer, before) for before, name, layer in zip(names, names[1:], layers, strict=False)})


def printed(graph, **options):
    report = check(graph)
    assert report.ok, [str(problem.text) for problem in report.problems]
    return print_program(lower(graph, report), **options)


def class_of(source, name):
    """The text of one class."""
    found = source.text.split(f"class {name}(nn.Module):\n")[1]
    return found.split("\n\n\n")[0].rstrip()


def node_conv(channels):
    return node("conv2d", out_channels=channels, padding=1).layer
