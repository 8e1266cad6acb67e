"""What no value reaches and what nobody takes, held to what one would say at a look."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.check.checker import check
from engine.check.order import run_order, sources_of, stays_forward
from engine.graph import Graph
from engine.layers import Layer
from tests.check.drawings import broken, chains


def told(graph: Graph[Layer], code: str) -> set[str]:
    return {problem.node for problem in check(graph).problems if problem.code == code}


def kinds(graph: Graph[Layer]) -> set[str]:
    return {type(node.layer).about.id for node in graph.nodes.values()}


def flows_into(graph: Graph[Layer]) -> set[str]:
    """The nodes that give values by themselves, and all behind them: looked for until no more are found."""
    found = {name for name, node in graph.nodes.items() if not type(node.layer).about.inputs}
    while more := {name for name, node in graph.nodes.items() if name not in found and found & set(sources_of(node))}:
        found |= more
    return found


@settings(max_examples=100, deadline=None)
@given(st.one_of(broken(), chains()))
def test_unreached_is_what_no_beginning_flows_into(graph):
    wired = {name for name, node in graph.nodes.items() if set(sources_of(node)) & graph.nodes.keys()}
    out = flows_into(graph) | run_order(graph.nodes).circular
    assert told(graph, "unreached") == (wired - out if "input" in kinds(graph) else set())


@settings(max_examples=100, deadline=None)
@given(st.one_of(broken(), chains()))
def test_unused_is_what_gives_a_value_that_nobody_takes(graph):
    taken = {source for node in graph.nodes.values() for source in sources_of(node)}
    giving = {name for name, node in graph.nodes.items() if type(node.layer).about.outputs}
    assert told(graph, "unused") == (giving - taken if "output" in kinds(graph) else set())


@settings(max_examples=100, deadline=None)
@given(st.one_of(broken(), chains()))
def test_an_order_that_stays_is_the_order_from_nothing(graph):
    index = {name: number for number, name in enumerate(graph.nodes)}
    forward = run_order(graph.nodes).names == tuple(graph.nodes)
    assert stays_forward(graph.nodes, index, graph.nodes) == forward


@pytest.mark.parametrize("code", ["unreached", "unused"])
def test_nothing_drawn_has_neither(code):
    assert told(Graph(), code) == set()
