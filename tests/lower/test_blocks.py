"""Blocks in print: a class for each, whose constructor takes what differs between its uses."""

import pytest
import torch
from torch import nn

from engine.blocks import Block, Lifted, Target, block_layer
from engine.blocks.edits import unpack
from engine.check.checker import check
from engine.lower.build import build
from engine.lower.paths import Ways, all_steps, drawn, numbered, weight_at
from engine.lower.program import lower
from tests.blocks.builders import graph, node, residual
from tests.lower.steps import between, chained, class_of, node_conv, one_thread, printed, step

__all__ = ["one_thread"]


def test_a_block_is_a_class_that_takes_what_differs():
    Step = block_layer("conv_step", step())
    source = printed(between(first=node(Step(channels=8), "image"), second=node(Step(channels=16), "first")))
    assert source.text == (
        "from torch import nn\n"
        "\n"
        "\n"
        "class ConvStep(nn.Module):\n"
        "    def __init__(self, in_channels, channels):\n"
        "        super().__init__()\n"
        "        self.conv1 = nn.Conv2d(\n"
        "            in_channels=in_channels,\n"
        "            out_channels=channels,\n"
        "            kernel_size=(3, 3),\n"
        "            padding=(1, 1),\n"
        "            bias=False,\n"
        "        )\n"
        "        self.norm1 = nn.BatchNorm2d(num_features=channels)\n"
        "        self.relu1 = nn.ReLU()\n"
        "\n"
        "    def forward(self, x):\n"
        "        x = self.conv1(x)\n"
        "        x = self.norm1(x)\n"
        "        x = self.relu1(x)\n"
        "        return x\n"
        "\n"
        "\n"
        "class Network(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.first = ConvStep(in_channels=4, channels=8)\n"
        "        self.second = ConvStep(in_channels=8, channels=16)\n"
        "\n"
        "    def forward(self, image):\n"
        "        x = self.first(image)\n"
        "        x = self.second(x)\n"
        "        return x\n"
    )


def test_a_block_that_is_the_same_everywhere_takes_nothing():
    Step = block_layer("conv_step", step())
    source = printed(chained(Step(), Step()))
    assert "    def __init__(self):\n" in class_of(source, "ConvStep")
    assert "self.node1 = ConvStep()\n" in source.text


def test_what_one_use_leaves_out_is_given_its_default_there():
    Step = block_layer("conv_step", step())
    source = printed(chained(Step(), Step(stride=(2, 2))))
    assert "stride=stride" in class_of(source, "ConvStep")
    assert "self.node1 = ConvStep(stride=(1, 1))\n" in source.text
    assert "self.node2 = ConvStep(stride=(2, 2))\n" in source.text


def test_values_of_two_arguments_that_would_be_called_the_same_have_their_nodes_before_them():
    inner = graph(
        x=node("block_input", shape=[4, 8, 8]),
        conv1=node("conv2d", "x", out_channels=4, kernel_size=1),
        conv2=node("conv2d", "conv1", out_channels=4, kernel_size=1),
        y=node("block_output", "conv2"),
    )
    lifted = (Lifted("wide", (Target("conv1", "out_channels", 3),), 4),)
    Pair = block_layer("pair", Block(inner, lifted))
    source = printed(chained(Pair(wide=1), Pair(wide=2)))
    # conv1's columns are (4, 4) and (3, 6); conv2 takes (3, 6) and gives (4, 4)
    assert "def __init__(self, out_channels):" in class_of(source, "Pair")
    source = printed(chained(Pair(wide=1), node_conv(8), Pair(wide=2)))
    assert "def __init__(self, in_channels, out_channels):" in class_of(source, "Pair")
    assert "self.node3 = Pair(in_channels=8, out_channels=6)" in source.text


def test_two_free_arguments_of_one_name():
    inner = graph(
        x=node("block_input", shape=[4, 8, 8]),
        y0=node("block_input", shape=[4, 8, 8]),
        conv1=node("conv2d", "x", out_channels=4),
        conv2=node("conv2d", "y0", out_channels=4),
        sum1=node("add", "conv1", "conv2"),
        y=node("block_output", "sum1"),
    )
    Two = block_layer("two", Block(inner))
    source = printed(
        between(
            wide=node("conv2d", "image", out_channels=6, padding=1),
            one=node(Two(), "image", "wide"),
            small=node("conv2d", "one", out_channels=9, kernel_size=1),
            two=node(Two(), "small", "one"),
        )
    )
    assert "def __init__(self, conv1_in_channels, conv2_in_channels):" in class_of(source, "Two")
    assert "self.two = Two(conv1_in_channels=9, conv2_in_channels=4)" in source.text


def test_repeats_are_a_sequence_with_equal_ones_counted():
    Step = block_layer("conv_step", step())
    source = printed(chained(Step(channels=8, repeat=2), Step(channels=8, repeat=5)))
    assert "self.node1 = nn.Sequential(ConvStep(in_channels=4), ConvStep(in_channels=8))\n" in source.text
    assert "self.node2 = nn.Sequential(*(ConvStep(in_channels=8) for _ in range(5)))\n" in source.text
    module = build(source)
    assert len(module.node1) == 2 and len(module.node2) == 5
    assert module.node2[0].conv1.weight is not module.node2[1].conv1.weight


def test_a_lifted_repeat_counts_in_the_constructor():
    Step = block_layer("conv_step", step())
    inner = graph(
        x=node("block_input", shape=[4, 8, 8]),
        steps=node(Step(channels=8, repeat=2), "x"),
        y=node("block_output", "steps"),
    )
    stage = Block(
        inner,
        (Lifted("channels", (Target("steps", "channels"),), 8), Lifted("steps", (Target("steps", "repeat"),), 2)),
    )
    Stage = block_layer("stage", stage)
    source = printed(chained(Stage(channels=8, steps=2), Stage(channels=16, steps=4)))
    assert "def __init__(self, in_channels, channels, steps):" in class_of(source, "Stage")
    assert "for _ in range(steps - 1)" in class_of(source, "Stage")
    assert source.text.index("class ConvStep") < source.text.index("class Stage") < source.text.index("class Network")
    module = build(source)
    assert [len(module.node1.steps), len(module.node2.steps)] == [2, 4]
    assert module.node2.steps[3].conv1.weight.shape == (16, 16, 3, 3)


def dense():
    """A convolution whose channels come behind those that came in."""
    inner = graph(
        x=node("block_input", shape=[4, 8, 8]),
        conv1=node("conv2d", "x", out_channels=3, kernel_size=1),
        joined=node("concat", "x", "conv1"),
        y=node("block_output", "joined"),
    )
    return block_layer("dense", Block(inner, (Lifted("growth", (Target("conv1", "out_channels"),), 3),)))


def test_a_chain_that_grows_evenly_is_counted_with_its_growth():
    source = printed(chained(dense()(repeat=4), dense()(repeat=2)))
    assert "*(Dense(in_channels=4 + 3 * number) for number in range(4))" in source.text
    assert "self.node2 = nn.Sequential(Dense(in_channels=16), Dense(in_channels=19))" in source.text
    module = build(source)
    assert [link.conv1.in_channels for link in module.node1] == [4, 7, 10, 13]
    assert module(torch.randn(2, 4, 8, 8)).shape == (2, 22, 8, 8)


@pytest.mark.parametrize("number", ["depth1", "number"])
def test_growing_chains_of_other_starts_and_lengths_share_a_class(number):
    inner = graph(
        x=node("block_input", shape=[4, 8, 8]), layers=node(dense()(repeat=3), "x"), y=node("block_output", "layers")
    )
    Stage = block_layer("stage", Block(inner, (Lifted(number, (Target("layers", "repeat"),), 3),)))
    graph_of = chained(Stage(**{number: 3}), node_conv(5), Stage(**{number: 6}))
    source = printed(graph_of)
    assert f"def __init__(self, in_channels, {number}):" in class_of(source, "Stage")
    assert f"self.node3 = Stage(in_channels=5, {number}=6)" in source.text
    module = build(source)
    assert [link.conv1.in_channels for link in module.node3.layers] == [5, 8, 11, 14, 17, 20]
    assert sum(w.numel() for w in module.parameters()) == check(graph_of).total.parameters


def test_a_chain_of_another_growth_has_a_class_of_its_own():
    inner = graph(
        x=node("block_input", shape=[4, 8, 8]), layers=node(dense()(repeat=3), "x"), y=node("block_output", "layers")
    )
    Stage = block_layer("stage", Block(inner, (Lifted("growth", (Target("layers", "growth"),), 3),)))
    source = printed(chained(Stage(growth=3), Stage(growth=5)))
    assert "Dense(in_channels=4 + 3 * number, growth=3)" in class_of(source, "Stage")
    assert "Dense(in_channels=13 + 5 * number, growth=5)" in class_of(source, "Stage2")
    assert build(source)(torch.randn(1, 4, 8, 8)).shape == (1, 28, 8, 8)


def swapped():
    """Two inputs that change places, one of them through a convolution."""
    inner = graph(
        a=node("block_input", shape=[4, 8, 8]),
        b=node("block_input", shape=[4, 8, 8]),
        conv1=node("conv2d", "a", out_channels=4, kernel_size=1),
        first=node("block_output", "b"),
        second=node("block_output", "conv1"),
    )
    return block_layer("swap", Block(inner))


def test_repeats_of_several_ports_are_a_loop():
    graph = between(
        relu1=node("relu", "image"),
        swap1=node(swapped()(repeat=3), "image", "relu1"),
        last=node("concat", "swap1.first", "swap1.second"),
    )
    source = printed(graph)
    assert "        self.swap1 = nn.ModuleList([*(Swap() for _ in range(3))])\n" in source.text
    assert (
        "        swap1_first, swap1_second = image, x\n"
        "        for link in self.swap1:\n"
        "            swap1_first, swap1_second = link(swap1_first, swap1_second)\n" in source.text
    )
    module, image = build(source), torch.randn(2, 4, 8, 8)
    first, second = image, image.relu()
    for part in module.swap1:
        first, second = second, part.conv1(first)
    assert torch.equal(module(image), torch.cat((first, second), 1))


def test_an_output_of_a_loop_that_nothing_takes_goes_on_all_the_same():
    graph = between(
        link=node("relu", "image"),
        swap1=node(swapped()(repeat=3), "link", "image"),
        last=node("add", "swap1.first", "link"),
    )
    source = printed(graph)
    assert "for link1 in self.swap1:" in source.text
    module, image = build(source), torch.randn(2, 4, 8, 8)
    first, second = image.relu(), image
    for part in module.swap1:
        first, second = second, part.conv1(first)
    assert torch.equal(module(image), first + image.relu())


def test_several_outputs_of_a_loop_that_nothing_takes_stay_apart():
    ports = ["a", "b", "c"]
    inner = graph(
        **{port: node("block_input", shape=[4, 8, 8]) for port in ports},
        **{f"to_{port}": node("block_output", source) for port, source in zip(ports, "bca", strict=True)},
    )
    Turn = block_layer("turn", Block(inner))
    graph_of = between(
        relu1=node("relu", "image"),
        tanh1=node("tanh", "image"),
        turned=node(Turn(repeat=2), "image", "relu1", "tanh1"),
        last=node("relu6", "turned.to_a"),
    )
    image = torch.randn(2, 4, 8, 8)
    assert torch.equal(build(printed(graph_of))(image), nn.functional.relu6(image.tanh()))


def test_a_use_with_other_steps_has_a_class_of_its_own():
    inner = graph(
        x=node("block_input", shape=[4, 8, 8]),
        flat=node("reshape", "x", shape=[64]),
        y=node("block_output", "flat"),
    )
    Fold = block_layer("fold", Block(inner, (Lifted("shape", (Target("flat", "shape"),), (256,)),)))
    source = printed(between(a=node(Fold(), "image"), b=node(Fold(shape=(16, 16)), "a"), c=node(Fold(), "b")))
    assert "x.reshape(x.size(0), 256)" in class_of(source, "Fold")
    assert "x.reshape(x.size(0), 16, 16)" in class_of(source, "Fold2")
    assert [line.strip() for line in source.text.splitlines() if " = Fold" in line] == [
        "self.a = Fold()",
        "self.b = Fold2()",
        "self.c = Fold()",
    ]
    assert build(source)(torch.randn(2, 4, 8, 8)).shape == (2, 256)


def test_weight_keys_agree_with_the_layer():
    Step, Residual = block_layer("conv_step", step()), block_layer("residual", residual(channels=16))
    graph = chained(Step(channels=8, repeat=3), Step(channels=16), Residual(channels=16, repeat=2))
    report = check(graph)
    module = build(printed(graph))
    for name in ("node1", "node2", "node3"):
        layer, before = graph.nodes[name].layer, f"node{int(name[-1]) - 1}".replace("node0", "image")
        wanted = {f"{name}.{key}": shape for key, shape in layer.weights(report.specs[before][0]).items()}
        found = {key: tuple(w.shape) for key, w in module.named_parameters() if key.startswith(f"{name}.")}
        assert found == wanted
    assert sum(w.numel() for w in module.parameters()) == report.total.parameters


def test_it_computes_what_the_unpacked_drawing_does():
    Step = block_layer("conv_step", step())
    packed = chained(Step(channels=8, repeat=3), Step(channels=6, stride=(2, 2)))
    flat = unpack(unpack(packed, "node1").graph, "node2").graph
    ours, theirs = build(printed(packed)).eval(), build(printed(flat)).eval()
    assert len(list(theirs.children())) == 4 * 3
    assert [tuple(v.shape) for v in ours.state_dict().values()] == [
        tuple(v.shape) for v in theirs.state_dict().values()
    ]
    theirs.load_state_dict(dict(zip(theirs.state_dict(), ours.state_dict().values(), strict=True)))
    image = torch.randn(3, 4, 8, 8)
    assert torch.equal(ours(image), theirs(image))


def test_lines_lead_into_blocks():
    Step = block_layer("conv_step", step())
    source = printed(chained(Step(channels=8, repeat=2), Step(channels=16)))
    lines = source.text.splitlines()

    def at(path):
        return [lines[number - 1].strip() for number in source.lines[path]]

    assert at("node2") == ["self.node2 = ConvStep(in_channels=8, channels=16)", "x = self.node2(x)"]
    assert at("node1/conv1") == at("node2/conv1")
    assert at("node1/conv1")[0] == "self.conv1 = nn.Conv2d(" and at("node1/conv1")[-1] == "x = self.conv1(x)"
    assert at("node1/x") == ["def forward(self, x):"] and at("node1/y") == ["return x"]
    assert Ways(source.lines).at([source.lines["node1"][-1], source.lines["node1/norm1"][-1]]) == "node1/norm1"
    assert Ways(source.lines).at([source.lines["node2"][-1]]) == "node2"
    assert Ways(source.lines).at([1]) == ""


def test_probes_see_every_node_inside_under_the_way_to_it():
    Step = block_layer("conv_step", step())
    source = printed(chained(Step(channels=8, repeat=2), Step(channels=16)), probes=True)
    seen = []
    build(source, lambda node, value: (seen.append(node), value)[1])(torch.randn(2, 4, 8, 8))
    inside = ["x", "conv1", "norm1", "relu1"]
    assert seen == [
        "image",
        *(f"node1/0/{name}" for name in inside),
        *(f"node1/1/{name}" for name in inside),
        "node1",
        *(f"node2/{name}" for name in inside),
        "node2",
    ]


def test_probes_of_a_loop_and_its_links():
    graph = between(
        relu1=node("relu", "image"),
        swap1=node(swapped()(repeat=2), "image", "relu1"),
        last=node("concat", "swap1.first", "swap1.second"),
    )
    seen = {}
    module = build(printed(graph, probes=True), lambda node, value: seen.setdefault(node, value))
    module(torch.randn(2, 4, 8, 8))
    assert list(seen)[2:6] == ["swap1/0/a", "swap1/0/b", "swap1/0/conv1", "swap1/1/a"]
    assert isinstance(seen["swap1"], tuple) and len(seen["swap1"]) == 2


def test_ways():
    assert drawn("stage1/res/0/conv1") == "stage1/res/conv1"
    assert numbered("stage1/res/conv1", "stage1.res.0.conv1") == "stage1/res/0/conv1"
    assert numbered("res3/sum1", "res3.1") == "res3/1/sum1"
    assert numbered("res/attend", "res.attend.out_proj") == "res/attend"
    Step = block_layer("conv_step", step())
    graph = chained(Step(channels=8, repeat=2))
    program = lower(graph, check(graph))
    assert weight_at(program, "node1.1.conv1.weight") == ("node1/1/conv1", "weight")
    paths = [found.path for found in all_steps(program)]
    assert paths[:4] == ["node1/0/conv1", "node1/0/norm1", "node1/0/relu1", "node1/1/conv1"] and paths[-1] == "node1"
