"""Instances of blocks: what their class says, what is inside them, what is wrong with them."""

import gc
import time

import pytest
from msgspec.structs import replace

from engine.blocks import Block, BlockLayer, Lifted, Target, block_layer, inside
from engine.blocks.inside import MOST_COPIES, MOST_DEPTH
from engine.check.checker import check
from engine.check.fixes import apply_fix
from engine.check.report import Problem
from engine.graph import Annotations, Box, Graph, Node, Note, Outlet, edits, free, spec
from engine.layers import Layer, Misfit, Range, Wrong, make_layer, plain, read_as, with_parameters
from engine.text import say, tr
from tests.blocks.builders import CHANNELS, graph, net, node, residual


def only_problem(drawn: Graph[Layer]) -> Problem:
    (problem,) = check(drawn).problems
    return problem


def around(layer: Layer) -> Block:
    """A block with nothing but a layer between its ports."""
    drawn = graph(x=node("block_input", shape=[8, 8, 8]), one=node(layer, "x"), y=node("block_output", "one"))
    return Block(drawn)


def test_a_class_says_what_its_definition_does():
    about = block_layer("residual_step", residual()).about
    assert (about.id, about.title, about.family, about.stem) == (
        "block:residual_step",
        "ResidualStep",
        "Blocks",
        "residual_step",
    )
    assert about.summary == "A convolution and a shortcut."
    assert [port.name for port in about.inputs] == ["x"] and about.outputs == ("output",)
    assert [parameter.name for parameter in about.parameters] == ["repeat", "channels"]
    channels = about.parameter("channels")
    assert (channels.kinds, channels.default, channels.range, channels.help) == (
        ("int",),
        8,
        Range(1),
        "Channels of the result.",
    )


def test_several_outputs_are_called_as_their_nodes():
    drawn = graph(
        x=node("block_input"),
        left=node("block_output", "x"),
        mask=node("block_input", dtype="bool"),
        right=node("block_output", "mask"),
    )
    about = block_layer("split", Block(drawn)).about
    assert [port.name for port in about.inputs] == ["x", "mask"] and about.outputs == ("left", "right")


def test_equal_definitions_have_one_class_until_their_ports_differ_in_order():
    one, other = residual(), residual()
    assert one is not other and block_layer("residual", one) is block_layer("residual", other)
    assert block_layer("step", one) is not block_layer("residual", one)
    turned = Graph(dict(reversed(one.graph.nodes.items())), one.graph.places)
    assert turned == one.graph
    assert block_layer("residual", Block(turned, one.parameters, one.summary)) is not block_layer("residual", one)


def test_a_lifted_parameter_takes_choices_type_and_the_bounds_of_all_its_targets():
    drawn = graph(
        x=node("block_input", shape=[8, 8, 8]),
        conv1=node("conv2d", "x", out_channels=8, padding="same"),
        drop1=node("dropout2d", "conv1"),
        y=node("block_output", "drop1"),
    )
    lifted = (
        Lifted("mode", (Target("conv1", "padding_mode"),), "zeros"),
        Lifted("p", (Target("drop1", "p"),), 1),
        Lifted("size", (Target("conv1", "kernel_size", 2),), (2, 2), "Half of it."),
    )
    about = block_layer("step", Block(drawn, lifted)).about
    assert about.parameter("mode").choices == ("zeros", "reflect", "replicate", "circular")
    assert about.parameter("mode").help == "What the padding is filled with."
    assert about.parameter("p").range == Range(0, 1) and about.parameter("p").default == 1.0
    size = about.parameter("size")
    assert (size.kinds, size.length, size.range, size.default) == (("ints",), 2, Range(1), (2, 2))
    made = block_layer("step", Block(drawn, lifted))(size=(3, 1))
    (found,) = inside(made, spec("N", 8, 8, 8))
    assert found.graph.nodes["conv1"].layer.kernel_size == (6, 2)
    with pytest.raises(Wrong):
        block_layer("step", Block(drawn, lifted))(p=2.0)


def test_a_default_that_is_not_allowed_gives_way_to_what_is_drawn():
    assert block_layer("residual", residual(Lifted("channels", CHANNELS.targets, "many")))().channels == 8
    assert block_layer("residual", residual(Lifted("channels", CHANNELS.targets, -3)))().channels == 8


@pytest.mark.parametrize("default", [3, 0.5, True, "same", (1, 2), ("a", "b"), (0.5, 2), None, ()])
def test_a_parameter_without_a_target_is_kept_as_it_is(default):
    made = block_layer("residual", residual(Lifted("of_tomorrow", (Target("gone", "size"),), default)))
    assert made().of_tomorrow == default
    assert read_as(made, plain(made()), []) == made()


def test_words_of_a_person_are_shown_as_they_are():
    block = Block(residual().graph, (Lifted("channels", CHANNELS.targets, 8, "{of} the result"),), "From {x} to {y}")
    about = block_layer("residual", block).about
    assert tr(about.summary) == "From {x} to {y}" and tr(about.parameter("channels").help) == "{of} the result"


def test_values_are_put_into_the_drawing_and_what_arrives_into_its_ports():
    made = block_layer("residual", residual())(channels=16)
    (found,) = inside(made, spec("N", 16, 4, 4))
    assert found.graph.nodes["conv1"].layer.out_channels == 16
    assert found.report.specs["x"] == found.report.specs["sum1"] == (spec("N", 16, 4, 4),)
    assert found.report.ok


def test_free_sizes_go_through_a_block():
    drawn = graph(
        x=node("block_input", shape=[3, 5]), two=node("concat", "x", "x", dim=1), y=node("block_output", "two")
    )
    layer = block_layer("twice", Block(drawn))()
    assert layer.infer(spec("N", "T", 5)) == (spec("N", 2 * free("T"), 5),)


def test_cost_is_that_of_what_is_inside():
    layer = block_layer("residual", residual())
    flat = graph(
        image=node("input", shape=[8, 8, 8]),
        conv1=node("conv2d", "image", out_channels=8, padding="same", bias=False),
        relu1=node("relu", "conv1"),
        sum1=node("add", "relu1", "image"),
        answer=node("output", "sum1", loss="mse", metrics=[]),
    )
    assert check(net(layer())).total == check(flat).total
    once, thrice = check(net(layer())).costs["block1"], check(net(layer(repeat=3))).costs["block1"]
    assert thrice == type(once)(3 * once.parameters, 3 * once.flops, 3 * once.activation_bytes)


def test_weights_have_pytorchs_names():
    made = block_layer("residual", residual())
    came = spec("N", 8, 8, 8)
    assert made().weights(came) == {"conv1.weight": (8, 8, 3, 3)}
    assert list(made(repeat=2).weights(came)) == ["0.conv1.weight", "1.conv1.weight"]
    outer = block_layer("outer", around(made(repeat=2)))
    assert list(outer().weights(came)) == ["one.0.conv1.weight", "one.1.conv1.weight"]


def test_each_repeat_is_fed_by_the_one_before():
    drawn = graph(
        x=node("block_input", shape=[4, 8, 8]),
        conv1=node("conv2d", "x", out_channels=4, padding="same", bias=False),
        joined=node("concat", "x", "conv1"),
        y=node("block_output", "joined"),
    )
    layer = block_layer("dense", Block(drawn))(repeat=3)
    came = spec("N", 4, 8, 8)
    assert layer.infer(came) == (spec("N", 16, 8, 8),)
    assert [found.report.specs["x"][0].shape[1] for found in inside(layer, came)] == [4, 8, 12]
    assert list(layer.weights(came).values()) == [(4, 4, 3, 3), (4, 8, 3, 3), (4, 12, 3, 3)]


def test_a_misfit_names_both_nodes_the_port_and_what_may_mend_it():
    problem = only_problem(net(block_layer("residual", residual())(), channels=16))
    assert say(problem.text) == (
        "In block1: sum1 takes values of one shape; here come (N, 8, 8, 8) and (N, 16, 8, 8). Only sizes of 1 stretch."
    )
    assert (problem.node, problem.port, problem.severity) == ("block1", "x", "error")
    assert say(problem.fixes[0].title) == "Set channels to 16"
    drawn = net(block_layer("residual", residual())(), channels=16)
    assert all(check(apply_fix(drawn, fix.fix)).ok for fix in problem.fixes)


def test_a_layer_is_put_before_a_block_where_that_mends_it():
    inner = around(node("linear", out_features=4).layer)
    drawn = net(block_layer("head", inner)())
    problem = only_problem(drawn)
    assert [say(fix.title) for fix in problem.fixes] == ["Insert flatten"]
    assert check(apply_fix(drawn, problem.fixes[0].fix)).ok


def test_a_fix_found_inside_sets_the_parameter_on_the_face():
    inner = around(node("conv2d", out_channels=4, kernel_size=[3, 3]).layer)
    lifted = Lifted("window", (Target("one", "kernel_size"),), (9, 9))
    drawn = net(block_layer("step", Block(inner.graph, (lifted,)))())
    problem = only_problem(drawn)
    assert "In block1: one: kernel 9 is larger" in say(problem.text)
    assert "Set window to 8 × 8" in [say(fix.title) for fix in problem.fixes]


def test_a_fix_found_inside_is_scaled_to_the_face():
    inner = around(node("conv2d", out_channels=4, kernel_size=[10, 10]).layer)
    lifted = Lifted("half", (Target("one", "kernel_size", 2),), (5, 5))
    problem = only_problem(net(block_layer("step", Block(inner.graph, (lifted,)))()))
    assert [say(fix.title) for fix in problem.fixes] == ["Set half to 4 × 4"]


def test_the_repeat_that_fails_is_told():
    inner = around(node("max_pool2d").layer)
    problem = only_problem(net(block_layer("shrink", inner)(repeat=5)))
    assert say(problem.text).startswith("In repeat 4 of block1: one: kernel 2 is larger")


def test_fixes_of_a_misfit_deep_inside_are_found_without_trials_within_trials():
    layer: Layer = block_layer("residual", residual())()
    lifted = (Lifted("channels", (Target("one", "channels"),), 8),)
    for number in range(8):
        layer = block_layer(f"outer{number}", Block(around(layer).graph, lifted))()
    start = time.perf_counter()
    problem = only_problem(net(layer, channels=16))
    assert say(problem.fixes[0].title) == "Set channels to 16"
    assert time.perf_counter() - start < 5
    (found,) = inside(layer, spec("N", 16, 8, 8))
    assert say(found.report.problems[0].fixes[0].title) == "Set channels to 16"
    assert say(problem.text).startswith("In block1 › one › one › one › one › one › one › one › one: sum1 takes values")


def test_values_that_contradict_each_other_inside_are_told():
    drawn = residual(Lifted("groups", (Target("conv1", "groups"),), 1))
    problem = only_problem(net(block_layer("residual", drawn)(groups=3)))
    assert "In block1: conv1:" in say(problem.text) and "groups" in say(problem.text)


def test_what_is_drawn_wrong_inside_is_shown_outside():
    loose = edits.disconnect(residual().graph, next(residual().graph.into("relu1")).target)
    problem = only_problem(net(block_layer("residual", Block(loose))()))
    assert say(problem.text) == "In block1: Nothing comes into relu1 at “value”. Draw a wire to it."
    nothing = Block(graph(x=node("block_input")))
    assert "The block has no output" in str(check(net(block_layer("nothing", nothing)())).problems)


def test_warnings_inside_are_shown_outside():
    spare = Graph({**residual().graph.nodes, "spare": node("relu", "x")})
    problem = only_problem(net(block_layer("residual", Block(spare))()))
    assert (problem.severity, problem.code) == ("warning", "doubt")
    assert say(problem.text) == "block1: inside, spare leads to no output. Wire it on, or remove it."
    limited = around(node("adaptive_max_pool2d", output_size=[3, 3]).layer)
    onnx = only_problem(net(block_layer("pool", limited)()))
    assert onnx.code == "onnx" and say(onnx.text).startswith("block1 cannot go into ONNX: one inside: ")


def test_softmax_before_cross_entropy_is_looked_for_outside_alone():
    inner = around(node("softmax", dim=1).layer)
    assert check(net(block_layer("soft", inner)())).problems == ()


def test_a_chain_needs_as_many_outputs_as_inputs():
    drawn = graph(
        a=node("block_input", shape=[8, 8, 8]),
        b=node("block_input", shape=[8, 8, 8]),
        both=node("add", "a", "b"),
        y=node("block_output", "both"),
    )
    made = block_layer("sum", Block(drawn))
    came = spec("N", 8, 8, 8)
    assert made().infer(came, came) == (came,)
    with pytest.raises(Misfit, match="as many outputs as inputs; it has 1 and 2") as caught:
        made(repeat=2).infer(came, came)
    assert [fix.value for fix in caught.value.fixes] == [1]


def test_repeats_are_bounded_and_quick():
    made = block_layer("residual", residual())
    with pytest.raises(Wrong):
        made(repeat=10**12)
    start = time.perf_counter()
    assert check(net(made(repeat=1000))).ok
    assert time.perf_counter() - start < 5


def test_blocks_within_blocks_are_bounded_together():
    layer: Layer = block_layer("residual", residual())(repeat=1000)
    layer = block_layer("outer", around(layer))(repeat=1000)
    with pytest.raises(Misfit, match=f"at most {MOST_COPIES:,}"):
        layer.infer(spec("N", 8, 8, 8))
    assert len(inside(layer, spec("N", 8, 8, 8))) == 1
    deep: Layer = block_layer("residual", residual())()
    for number in range(MOST_DEPTH):
        deep = block_layer(f"deep{number}", around(deep))()
    with pytest.raises(Misfit, match=f"at most {MOST_DEPTH} can be"):
        deep.infer(spec("N", 8, 8, 8))
    assert inside(deep, spec("N", 8, 8, 8))[0].report.ok


def test_blocks_within_blocks_take_values_from_the_outermost_face():
    inner = block_layer("residual", residual())
    lifted = Lifted("width", (Target("one", "channels", 2),), 4), Lifted("count", (Target("one", "repeat"),), 1)
    outer = block_layer("outer", Block(around(inner()).graph, lifted))
    (found,) = inside(outer(width=6, count=2), spec("N", 12, 8, 8))
    assert found.graph.nodes["one"].layer == inner(channels=12, repeat=2)
    assert outer.depth == 2 and outer.about.parameter("count").range.high == 1000


def test_an_instance_takes_other_values():
    made = block_layer("residual", residual())
    assert with_parameters(made(), channels=4, repeat=2) == made(channels=4, repeat=2)
    with pytest.raises(Wrong, match="no parameter"):
        with_parameters(made(), depth=4)


def test_classes_of_past_definitions_are_let_go_of():
    gc.collect()
    before = len(BlockLayer.__subclasses__())
    for number in range(1500):
        block = Block(residual().graph, (), f"Number {number}.")
        assert check(net(block_layer("residual", block)())).ok
    gc.collect()
    assert len(BlockLayer.__subclasses__()) - before < 1000


def test_inside_an_instance_what_no_input_reaches_is_told_as_in_the_definition(draw) -> None:
    graph = draw({"x": ("block_input", {}), "on": ("relu", {}, "x"), "y": ("block_output", {}, "on")})
    nodes = dict(graph.nodes)
    nodes["loop"] = Node(make_layer("relu", {}), {"value": (Outlet("lost", "output"),)})
    nodes["after"] = Node(make_layer("relu", {}), {"value": (Outlet("loop", "output"),)})
    found = inside(block_layer("piece", Block(Graph(nodes)))(), spec("N", 3, 4, 4))
    assert "unreached" in {problem.code for problem in found[0].report.problems}


def test_definitions_that_differ_in_a_note_alone_keep_a_class_each() -> None:
    plain_graph = residual().graph
    notes = [Annotations(notes={"note1": Note(words, Box(0, 0, 10, 10))}) for words in ("one", "other")]
    blocks = [Block(replace(plain_graph, annotations=held)) for held in (*notes, Annotations())]
    classes = [block_layer("noted", block) for block in blocks]
    assert len(set(classes)) == 3
    for block, cls in zip(blocks, classes, strict=True):
        again = Block(replace(block.graph, annotations=replace(block.graph.annotations)), block.parameters)
        assert again is not block and block_layer("noted", again) is cls
