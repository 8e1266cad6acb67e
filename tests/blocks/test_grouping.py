"""Nodes made into a block, and a block resolved into nodes: the drawing means the same as before."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.blocks import Block, Lifted, Target, block_layer
from engine.blocks import edits as block_edits
from engine.check.checker import check
from engine.check.report import Report
from engine.check.whole import ENDS
from engine.graph import Graph, Place, edits, spec
from engine.layers import Layer
from engine.project.project import Project
from engine.text import Failure
from tests.blocks.builders import graph, net, node, outlet, project, residual
from tests.check.drawings import broken, chains


def branches() -> Graph[Layer]:
    return graph(
        image=node("input", shape=[8, 8, 8]),
        conv1=node("conv2d", "image", out_channels=8, padding="same"),
        left=node("relu", "conv1"),
        right=node("tanh", "conv1"),
        sum1=node("add", "left", "right"),
        answer=node("output", "sum1", loss="mse", metrics=[]),
    )


def grouped(drawn: Graph[Layer], *names: str, report: Report | None = None) -> tuple[Project, str]:
    found, drawn, instance = block_edits.group(Project({"main": drawn}), drawn, names, "step", report)
    return found.with_graph(drawn), instance


def test_wires_across_the_border_become_ports():
    found, instance = grouped(branches(), "left", "right", "sum1", report=check(branches()))
    inner = found.blocks["step"].graph
    assert instance == "step1" and list(inner.nodes) == ["value", "left", "right", "sum1", "y"]
    assert inner.nodes["value"].layer.infer() == spec("N", 8, 8, 8)
    assert inner.nodes["left"].inputs == inner.nodes["right"].inputs == {"value": (outlet("value"),)}
    assert inner.nodes["y"].inputs == {"value": (outlet("sum1"),)}
    assert found.graph.nodes["step1"].inputs == {"value": (outlet("conv1"),)}
    assert found.graph.nodes["answer"].inputs == {"value": (outlet("step1"),)}
    assert list(found.graph.nodes) == ["image", "conv1", "step1", "answer"]
    assert check(inner, inner=True).problems == () and check(found.graph).total == check(branches()).total


def test_several_ports_are_called_apart():
    found, _ = grouped(branches(), "sum1")
    assert [port.name for port in type(found.graph.nodes["step1"].layer).about.inputs] == ["value", "value1"]
    both, _ = grouped(branches(), "left", "right")
    assert type(both.graph.nodes["step1"].layer).about.outputs == ("left_out", "right_out")
    assert both.graph.nodes["sum1"].inputs == {"parts": (outlet("step1.left_out"), outlet("step1.right_out"))}


def test_the_layout_is_kept_with_ports_above_and_below():
    found, _ = grouped(branches(), "left", "right", "sum1")
    places = found.blocks["step"].graph.places
    assert {name: places[name] for name in ("left", "right", "sum1")} == {
        "left": Place(0, 192),
        "right": Place(0, 288),
        "sum1": Place(0, 384),
    }
    assert places["value"].y == 96 and places["y"].y == 480
    assert found.graph.places["step1"] == Place(0, 288)


def test_what_leads_nowhere_becomes_the_output():
    drawn = edits.remove(branches(), ["answer"])
    found, _ = grouped(drawn, "conv1", "left", "right", "sum1")
    assert found.blocks["step"].graph.nodes["y"].inputs == {"value": (outlet("sum1"),)}


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ((), "Choose the nodes"),
        (("image", "conv1"), "image is where values enter"),
        (("sum1", "answer"), "answer is where values enter"),
        (("conv1", "sum1"), "takes from these nodes and gives to them"),
    ],
)
def test_what_cannot_be_a_block_is_refused(names, sentence):
    with pytest.raises(Failure, match=sentence):
        grouped(branches(), *names)


@pytest.mark.parametrize("name", ["residual", "class", "a b", "ﬁ"])
def test_a_block_needs_a_name_of_its_own(name):
    before = project(residual())
    with pytest.raises(Failure):
        block_edits.group(before, before.graph, ["block1"], name)


def test_a_block_within_a_block_comes_before_it():
    before = project(residual())
    inner = before.blocks["residual"].graph
    found, drawn, instance = block_edits.group(before, inner, ["conv1", "relu1"], "filter")
    found = block_edits.with_block(found, "residual", Block(drawn))
    assert list(found.blocks) == ["filter", "residual"] and instance == "filter1"
    assert check(found.graph).total == check(before.graph).total


def test_an_instance_is_resolved_with_its_values_and_repeats():
    layer = block_layer("residual", residual())(channels=8, repeat=3)
    drawn = net(layer)
    found, names = block_edits.unpack(drawn, "block1")
    assert names == ("conv1", "relu1", "sum1", "conv2", "relu2", "sum2", "conv3", "relu3", "sum3")
    assert found.nodes["sum2"].inputs == {"parts": (outlet("relu2"), outlet("sum1"))}
    assert found.nodes["answer"].inputs == {"value": (outlet("sum3"),)}
    assert check(found).total == check(drawn).total
    assert len(set(found.places.values())) == len(found.nodes)


def test_an_instance_whose_values_do_not_go_together_is_not_resolved():
    block = residual(Lifted("groups", (Target("conv1", "groups"),), 1))
    with pytest.raises(Failure, match="In block1: conv1: groups"):
        block_edits.unpack(net(block_layer("residual", block)(groups=3)), "block1")


def test_names_that_are_taken_are_not_given_again():
    layer = block_layer("residual", residual())()
    drawn = net(layer)
    drawn = edits.rename(edits.rename(drawn, "image", "relu1"), "answer", "conv1")
    found, names = block_edits.unpack(drawn, "block1")
    assert names == ("conv2", "relu2", "sum1") and check(found).ok


def test_many_repeats_are_resolved_in_time():
    found, names = block_edits.unpack(net(block_layer("residual", residual())(repeat=1000)), "block1")
    assert len(names) == 3000 and check(found).ok


@st.composite
def chosen(draw: st.DrawFn) -> tuple[Graph[Layer], list[str]]:
    """A drawing, and some of its nodes."""
    drawn = draw(st.one_of(chains(), broken()))
    inner = [name for name, one in drawn.nodes.items() if not isinstance(one.layer, ENDS)]
    assume(inner)
    return drawn, draw(st.lists(st.sampled_from(inner), unique=True, min_size=1))


@settings(max_examples=200, deadline=None)
@given(chosen())
def test_grouping_and_resolving_gives_the_drawing_back(some):
    drawn, names = some
    try:
        found, instance = grouped(drawn, *names)
    except Failure:
        return
    resolved, inner = block_edits.unpack(found.graph, instance)
    assert resolved.nodes == drawn.nodes and set(inner) == set(names)
    assert check(resolved).total == check(drawn).total


KINDS = {"conv2d": {"out_channels": 8, "padding": "same"}, "batch_norm2d": {}, "tanh": {}, "add": {}, "multiply": {}}


@st.composite
def sound(draw: st.DrawFn) -> tuple[Graph[Layer], list[str]]:
    """A drawing without faults, and some of its nodes that follow each other."""
    nodes = {"image": node("input", shape=[8, 8, 8])}
    for number in range(draw(st.integers(1, 9))):
        kind = draw(st.sampled_from(sorted(KINDS)))
        count = draw(st.integers(2, 3)) if kind in ("add", "multiply") else 1
        sources = [draw(st.sampled_from(list(nodes))) for _ in range(count)]
        nodes[f"n{number}"] = node(kind, *sources, **KINDS[kind])
    inner = list(nodes)[1:]
    nodes["answer"] = node("output", inner[-1], loss="mse", metrics=[])
    first = draw(st.integers(0, len(inner) - 1))
    return graph(**nodes), inner[first : draw(st.integers(first + 1, len(inner)))]


@settings(max_examples=200, deadline=None)
@given(sound())
def test_grouping_keeps_cost_and_shapes(some):
    drawn, names = some
    before = check(drawn)
    found, instance = grouped(drawn, *names, report=before)
    after = check(found.graph)
    assert after.ok and after.total == before.total
    for name in found.graph.nodes.keys() - {instance}:
        assert after.specs.get(name) == before.specs.get(name)
    inner = check(found.blocks["step"].graph, inner=True)
    assert inner.ok and all(inner.specs[name] == before.specs[name] for name in names)
