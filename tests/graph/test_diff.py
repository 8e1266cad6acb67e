"""The difference of two drawings says all of what changed, and nothing else."""

from hypothesis import given

from engine.graph import Diff, Graph, Inlet, Outlet, Place, Wire, diff, edits
from tests.graph.graphs import graphs


def applied(before, change, after):
    """The nodes, places and wires of `before` with the change carried out, contents taken from `after`."""
    nodes = {name: node for name, node in before.nodes.items() if name not in change.removed}
    nodes |= {name: after.nodes[name] for name in change.added | change.changed}
    places = {name: place for name, place in before.places.items() if name in nodes}
    places |= {name: after.places[name] for name in change.moved}
    places |= {name: after.places[name] for name in change.added if name in after.places}
    wires = (set(before.wires()) - change.wires_removed) | change.wires_added
    return {name: (node.layer, node.label) for name, node in nodes.items()}, places, wires


@given(graphs(), graphs())
def test_the_difference_carried_out_gives_the_other_drawing(before, after):
    drawn = {name: (node.layer, node.label) for name, node in after.nodes.items()}
    nodes, places, wires = applied(before, diff(before, after), after)
    assert nodes == drawn
    assert wires == set(after.wires())
    assert {name: places.get(name) for name in after.places} == dict(after.places)


@given(graphs(), graphs())
def test_the_difference_says_nothing_that_is_alike(before, after):
    change = diff(before, after)
    assert not change.added & before.nodes.keys() and not change.removed & after.nodes.keys()
    assert not change.wires_added & set(before.wires()) and not change.wires_removed & set(after.wires())
    for name in change.changed:
        old, new = before.nodes[name], after.nodes[name]
        assert (old.layer, old.label) != (new.layer, new.label)
    for name in change.moved:
        assert before.places.get(name) != after.places.get(name)


@given(graphs(), graphs())
def test_the_way_back_is_the_difference_turned_round(before, after):
    there, back = diff(before, after), diff(after, before)
    assert (there.added, there.removed, there.changed) == (back.removed, back.added, back.changed)
    assert (there.wires_added, there.wires_removed) == (back.wires_removed, back.wires_added)


@given(graphs(), graphs())
def test_a_difference_can_be_turned_round_where_every_node_has_a_place(before, after):
    before, after = (
        Graph(g.nodes, {name: g.places.get(name, Place(0, 0)) for name in g.nodes}) for g in (before, after)
    )
    assert diff(before, after).back() == diff(after, before)


@given(graphs())
def test_a_drawing_does_not_differ_from_itself_or_its_copy(graph):
    assert not diff(graph, graph)
    assert not diff(graph, Graph(dict(graph.nodes), dict(graph.places)))


def test_a_renamed_node_is_one_gone_and_one_come():
    before = edits.connect(
        edits.add(edits.add(Graph(), "a", "relu"), "b", "relu"), Outlet("a", "out"), Inlet("b", "in")
    )
    assert diff(before, edits.rename(before, "a", "c")) == Diff(
        added=frozenset({"c"}),
        removed=frozenset({"a"}),
        wires_added=frozenset({Wire(Outlet("c", "out"), Inlet("b", "in"))}),
        wires_removed=frozenset({Wire(Outlet("a", "out"), Inlet("b", "in"))}),
    )


def test_a_first_place_counts_as_moved():
    graph = edits.add(Graph(), "a", "relu")
    assert diff(graph, edits.move(graph, {"a": Place(1, 1)})).moved == {"a"}
