"""Edits: what each changes, what it leaves alone, and that none leaves a dangling wire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.graph import Graph, Inlet, Node, Outlet, Place, Wire, edits
from tests.graph.graphs import NAMES, assert_sound, graphs, inlets, names, places


def wired(**sources):
    """A drawing of relus: `b="a"` is a wire from a to b, `c=("a", "b")` two wires into one port."""
    nodes = {}
    for name, given_sources in sources.items():
        several = (given_sources,) if isinstance(given_sources, str) else given_sources
        outlets = tuple(Outlet(source, "output") for source in several or ())
        nodes[name] = Node("relu", {"value": outlets} if outlets else {})
    return Graph(nodes)


def sources(graph, name, port="value"):
    return [source.node for source in graph.nodes[name].inputs.get(port, ())]


@st.composite
def edited(draw):
    """A drawing and the result of an edit of it."""
    graph = draw(graphs())
    some = draw(st.sampled_from(sorted(graph.nodes))) if graph.nodes else None
    new = draw(names.filter(lambda name: name not in graph.nodes)) if len(graph.nodes) < len(NAMES) else None
    kinds = ["paste"] + ["add"] * bool(new) + ["remove", "connect", "label", "layer", "move"] * bool(some)
    kinds += ["rename", "insert"] * bool(some and new) + ["disconnect"] * bool(inlets(graph))
    match draw(st.sampled_from(kinds)):
        case "add":
            return graph, edits.add(graph, new, "relu", draw(st.none() | places))
        case "remove":
            gone = draw(st.lists(st.sampled_from(sorted(graph.nodes)), unique=True))
            return graph, edits.remove(graph, gone, heal=draw(st.booleans()))
        case "connect":
            target = draw(st.sampled_from(sorted(graph.nodes)))
            slot = draw(st.integers(0, 4))
            return graph, edits.connect(graph, Outlet(some, "output"), Inlet(target, "value", slot))
        case "disconnect":
            return graph, edits.disconnect(graph, draw(st.sampled_from(inlets(graph))))
        case "rename":
            return graph, edits.rename(graph, some, new)
        case "label":
            return graph, edits.set_label(graph, some, "another")
        case "layer":
            return graph, edits.set_layer(graph, some, "elu")
        case "move":
            return graph, edits.move(graph, {some: draw(places)})
        case "insert":
            wires = inlets(graph)
            if not wires:
                return graph, graph
            wider = edits.add(graph, new, "relu")
            return graph, edits.insert(wider, new, draw(st.sampled_from(wires)), ("value", "output"))
    piece = draw(graphs())
    return graph, edits.paste(graph, piece, Place(10, 10))[0]


@given(edited())
def test_no_edit_leaves_a_dangling_wire(pair):
    assert_sound(pair[1])


@given(edited())
def test_no_edit_changes_the_drawing_that_it_is_given(pair):
    before, _ = pair
    assert before == Graph(dict(before.nodes), dict(before.places))
    assert_sound(before)


def test_a_new_node_needs_a_free_name():
    with pytest.raises(KeyError):
        edits.add(wired(a=None), "a", "relu")


def test_removing_heals_the_wire():
    assert sources(edits.remove(wired(a=None, b="a", c="b"), ["b"]), "c") == ["a"]


def test_removing_a_chain_heals_across_it():
    assert sources(edits.remove(wired(a=None, b="a", c="b", d="c"), ["b", "c"]), "d") == ["a"]


def test_removing_without_healing_takes_the_wire_along():
    assert sources(edits.remove(wired(a=None, b="a", c="b"), ["b"], heal=False), "c") == []


def test_a_node_with_two_sources_does_not_heal():
    assert sources(edits.remove(wired(a=None, b=None, c=("a", "b"), d="c"), ["c"]), "d") == []


def test_removing_a_circle_ends():
    assert sources(edits.remove(wired(a="b", b="a", c="a"), ["a", "b"]), "c") == []


def test_removing_what_is_not_there_is_a_fault_of_the_caller():
    with pytest.raises(KeyError):
        edits.remove(wired(a=None), ["b"])


def test_a_new_wire_takes_the_place_of_the_old():
    graph = edits.connect(wired(a=None, b=None, c="a"), Outlet("b", "output"), Inlet("c", "value"))
    assert sources(graph, "c") == ["b"]


def test_a_wire_past_the_last_place_is_appended():
    graph = edits.connect(wired(a=None, b=None, c="a"), Outlet("b", "output"), Inlet("c", "value", 7))
    assert sources(graph, "c") == ["a", "b"]


def test_later_places_move_up_when_a_wire_goes():
    graph = edits.disconnect(wired(a=None, b=None, c=("a", "b")), Inlet("c", "value", 0))
    assert sources(graph, "c") == ["b"]


def test_the_last_wire_takes_its_port_along():
    assert edits.disconnect(wired(a=None, b="a"), Inlet("b", "value")).nodes["b"].inputs == {}


@pytest.mark.parametrize("target", [Inlet("b", "value", 1), Inlet("b", "other"), Inlet("x", "value")])
def test_a_wire_that_is_not_there_cannot_be_taken_off(target):
    with pytest.raises((KeyError, IndexError)):
        edits.disconnect(wired(a=None, b="a"), target)


def test_a_renamed_node_keeps_its_wires_its_place_and_its_turn():
    graph = edits.move(wired(a=None, b="a", c="b"), {"b": Place(3, 4)})
    renamed = edits.rename(graph, "b", "β")
    assert list(renamed.nodes) == ["a", "β", "c"]
    assert sources(renamed, "c") == ["β"] and sources(renamed, "β") == ["a"]
    assert renamed.places == {"β": Place(3, 4)}


def test_a_renamed_node_can_feed_itself():
    assert sources(edits.rename(wired(a="a"), "a", "b"), "b") == ["b"]


@given(graphs())
def test_renaming_there_and_back_changes_nothing(graph):
    for name in graph.nodes:
        again = edits.rename(edits.rename(graph, name, "other"), "other", name)
        assert again == graph and list(again.nodes) == list(graph.nodes)


def test_a_node_put_on_a_wire_stands_between():
    graph = edits.insert(wired(a=None, b="a", new=None), "new", Inlet("b", "value"), ("value", "output"))
    assert sources(graph, "b") == ["new"] and sources(graph, "new") == ["a"]


def test_a_node_cannot_be_put_where_no_wire_is():
    with pytest.raises(KeyError):
        edits.insert(wired(a=None, new=None), "new", Inlet("a", "value"), ("value", "output"))


def test_what_is_pasted_takes_free_names_and_its_own_wires():
    graph, given_names = edits.paste(wired(relu1=None, relu2="relu1"), wired(relu1=None, relu2="relu1"), Place(0, 0))
    assert given_names == {"relu1": "relu3", "relu2": "relu4"}
    assert sources(graph, "relu4") == ["relu3"] and sources(graph, "relu2") == ["relu1"]


def test_what_is_pasted_stays_fed_from_outside_the_piece():
    graph = wired(a=None, b="a")
    pasted, given_names = edits.paste(graph, edits.piece(graph, ["b"]), Place(0, 0))
    assert sources(pasted, given_names["b"]) == ["a"]


def test_what_is_pasted_elsewhere_loses_wires_from_nodes_that_are_not_there():
    pasted, given_names = edits.paste(Graph(), edits.piece(wired(a=None, b="a"), ["b"]), Place(0, 0))
    assert sources(pasted, given_names["b"]) == []


def test_what_is_pasted_lies_beside():
    piece = edits.move(wired(a=None), {"a": Place(1, 2)})
    assert edits.paste(Graph(), piece, Place(10, 20))[0].places == {"a": Place(11, 22)}


@given(graphs(), graphs())
def test_pasting_adds_the_piece_and_leaves_the_rest(graph, piece):
    pasted, given_names = edits.paste(graph, piece, Place(5, 5))
    assert len(pasted.nodes) == len(graph.nodes) + len(piece.nodes)
    assert {name: pasted.nodes[name] for name in graph.nodes} == dict(graph.nodes)
    assert {name: pasted.nodes[new].layer for name, new in given_names.items()} == {
        name: node.layer for name, node in piece.nodes.items()
    }
    inner = {(w.source.node, w.target.node) for w in piece.wires()}
    pasted_inner = {(w.source.node, w.target.node) for w in pasted.wires()}
    assert {(given_names[a], given_names[b]) for a, b in inner} <= pasted_inner


@given(graphs())
def test_a_piece_of_everything_is_everything(graph):
    assert edits.piece(graph, graph.nodes) == graph


def test_wires_are_told_with_both_ends():
    graph = wired(a=None, b=None, c=("a", "b"))
    wires = [Wire(Outlet("a", "output"), Inlet("c", "value", 0)), Wire(Outlet("b", "output"), Inlet("c", "value", 1))]
    assert list(graph.wires()) == wires
    assert list(graph.out_of("b")) == wires[1:]
    assert graph.source(Inlet("c", "value", 1)) == Outlet("b", "output")
    assert graph.source(Inlet("c", "value", 2)) is None and graph.source(Inlet("nobody", "value")) is None
