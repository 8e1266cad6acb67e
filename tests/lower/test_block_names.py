"""Blocks, parameters and nodes inside that are called as something in the source is."""

import keyword

import pytest
import torch
from torch import nn

from engine.blocks import Block, Lifted, Target, block_layer
from engine.check.checker import check
from engine.lower.build import build
from engine.lower.printer import print_program
from engine.lower.program import lower
from engine.text import Failure
from tests.blocks.builders import node
from tests.lower.steps import chained, node_conv, one_thread, printed, step

__all__ = ["one_thread"]


@pytest.mark.parametrize(
    "name", ["linear", "Linear", "network", "Network", "F", "module", "none", "true", "range", "层"]
)
def test_a_block_may_be_called_as_torch_or_we_call_something(name):
    block = block_layer(name, step())
    source = printed(chained(block(channels=8), node_conv(4), block(channels=6)))
    classes = [line.split()[1].split("(")[0] for line in source.text.splitlines() if line.startswith("class ")]
    assert len(set(classes)) == 2 and classes[1] == "Network"
    assert all(one.isidentifier() and not keyword.iskeyword(one) for one in classes)
    assert not set(classes) & {"F", "nn", "torch", "None", "True"}
    module = build(source)
    assert type(module.node2) is nn.Conv2d and type(module.node1).__name__ == classes[0]
    assert module(torch.randn(1, 4, 8, 8)).shape == (1, 6, 8, 8)


def test_two_blocks_that_would_be_called_the_same_are_told_apart():
    one, other, third = block_layer("my_step", step()), block_layer("mySt", step()), block_layer("MyStep", step())
    source = printed(chained(one(), other(), third(), block_layer("my_step2", step())()))
    classes = [line.split()[1].split("(")[0] for line in source.text.splitlines() if line.startswith("class ")]
    assert classes == ["MyStep", "MySt", "MyStep2", "MyStep2_2", "Network"]
    build(source)


def test_a_block_called_as_the_network_is_another_class():
    source = printed(chained(block_layer("mine", step())()), class_name="Mine")
    assert "class Mine2(nn.Module):" in source.text and "self.node1 = Mine2()" in source.text


@pytest.mark.parametrize("lifted", ["nn", "probe", "Step", "torch", "range", "x", "number", "node", "value", "super"])
@pytest.mark.parametrize("probes", [False, True])
def test_a_lifted_parameter_may_be_called_as_something_in_the_source(lifted, probes):
    Step = block_layer("step", Block(step().graph, (Lifted(lifted, (Target("conv1", "out_channels"),), 4),)))
    source = printed(chained(Step(**{lifted: 8}), Step(**{lifted: 6, "repeat": 4})), probes=probes)
    module = build(source, (lambda node, value: value) if probes else None)
    assert module(torch.randn(1, 4, 8, 8)).shape == (1, 6, 8, 8)


@pytest.mark.parametrize("name", ["a b", "x():\n  pass\nimport os\nclass Y", "class", "nn", "forward", "_x"])
def test_a_hostile_block_name_is_never_printed(name):
    try:
        layer = block_layer(name, step())()
    except (TypeError, ValueError, Failure):
        return
    graph = chained(layer)
    with pytest.raises(Failure):
        print_program(lower(graph, check(graph)))


@pytest.mark.parametrize("name", ["class", "forward", "a b", "_x", "probe"])
def test_a_hostile_node_inside_is_refused(name):
    inner = step().graph
    nodes = {name if old == "conv1" else old: node for old, node in inner.nodes.items()}
    nodes["norm1"] = node("batch_norm2d", name.replace(".", ""))
    graph_in = chained(block_layer("odd", Block(type(inner)(nodes)))())
    with pytest.raises(Failure):
        print_program(lower(graph_in, check(graph_in), partial=True))
