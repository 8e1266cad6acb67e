"""Which wires can be drawn, and which layers take a value."""

import pytest

from engine.check.checker import check
from engine.check.fitting import Wiring, free_inlets, layers_after, upstream
from engine.graph import Inlet, Outlet, edits
from engine.layers import Unknown, catalogue, make_layer
from engine.text import say
from tests.check.drawings import COLUMNS


@pytest.fixture
def graph(draw):
    return draw(
        {
            "x": ("input", {}),
            "conv1": ("conv2d", {}, "x"),
            "relu1": ("relu", {}, "conv1"),
            "flatten1": ("flatten", {}, "relu1"),
            "linear1": ("linear", {}, "flatten1"),
            "linear2": ("linear", {}),
            "concat1": ("concat", {}, "relu1"),
            "y": ("output", {}, "linear1"),
        }
    )


def fault(graph, source, target, port="value", slot=0):
    found = Wiring(graph, check(graph)).fault(Outlet(source, "output"), Inlet(target, port, slot))
    return found and say(found)


def test_a_wire_that_fits_has_no_fault(graph):
    assert fault(graph, "flatten1", "linear2") is None


def test_a_full_port_is_no_fault(graph):
    assert fault(graph, "x", "relu1") is None


def test_a_node_is_not_wired_to_itself(graph):
    assert fault(graph, "relu1", "relu1") == "A node cannot be wired to itself."


def test_a_circle_is_not_closed(graph):
    assert fault(graph, "linear1", "relu1") == "linear1 depends on relu1: this wire would close a circle."


def test_a_misfit_is_told_with_the_targets_name(graph):
    assert fault(graph, "relu1", "linear2") == "linear2 takes (N, features); here comes (N, 32, 26, 26)."


def test_what_already_comes_into_a_port_that_takes_several_counts(graph):
    assert "concat" in fault(graph, "x", "concat1", "parts", 1)
    assert fault(graph, "x", "concat1", "parts", 0) is None
    assert fault(graph, "conv1", "concat1", "parts", 1) is None


def test_a_port_that_is_not_there_is_a_fault(graph):
    assert fault(graph, "x", "relu1", "mask") == "relu1 has no input “mask”."


def test_a_value_that_is_not_known_is_no_fault(graph):
    assert fault(graph, "linear2", "concat1", "parts", 1) is None


def test_an_unknown_layer_takes_anything(graph):
    unknown = edits.set_layer(graph, "linear2", Unknown("rotor", "{}"))
    assert fault(unknown, "x", "linear2", "any") is None


def test_one_wiring_answers_for_every_inlet_as_one_made_for_it_alone_does(graph):
    report = check(graph)
    wiring = Wiring(graph, report)
    for source in graph.nodes:
        for inlet in (inlet for name in graph.nodes for inlet in free_inlets(graph, name)):
            outlet = Outlet(source, "output")
            assert wiring.fault(outlet, inlet) == Wiring(graph, report).fault(outlet, inlet)


def test_upstream_is_all_that_leads_to_a_node(graph):
    assert upstream(graph, "flatten1") == {"relu1", "conv1", "x"}


def test_free_inlets_are_those_without_a_wire_and_one_more_where_several_fit(graph):
    assert free_inlets(graph, "linear1") == []
    assert free_inlets(graph, "linear2") == [Inlet("linear2", "value", 0)]
    assert free_inlets(graph, "concat1") == [Inlet("concat1", "parts", 1)]


def test_layers_that_take_an_image_begin_with_what_usually_follows(graph):
    report = check(graph)
    after_conv = layers_after(report, Outlet("conv1", "output"), graph)
    after_relu = layers_after(report, Outlet("relu1", "output"), graph)
    assert after_conv[0] == "relu"
    assert after_relu[0] == "conv2d"
    assert "linear" not in after_conv
    assert "input" not in after_conv


def test_layers_that_take_a_vector_begin_with_linear(graph):
    found = layers_after(check(graph), Outlet("flatten1", "output"))
    assert found[0] == "linear"
    assert "conv2d" not in found


def test_every_layer_offered_fits_once_wired(graph):
    report = check(graph)
    for source in ("x", "relu1", "linear1"):
        for kind in layers_after(report, Outlet(source, "output")):
            port = catalogue()[kind].about.inputs[0].name
            wired = edits.connect(
                edits.add(graph, "new", make_layer(kind, {})), Outlet(source, "output"), Inlet("new", port)
            )
            assert not [p for p in check(wired, COLUMNS[0]).problems if p.node == "new" and p.code == "misfit"]


def test_an_unknown_value_offers_every_layer_with_an_input(graph):
    offered = layers_after(check(graph), Outlet("linear2", "output"))
    assert set(offered) == {id for id, cls in catalogue().items() if cls.about.inputs}
