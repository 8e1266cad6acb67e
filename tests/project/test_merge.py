"""Two people's changes are both there afterwards; what contradicts itself is listed and decided node by node."""

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.check.checker import check
from engine.graph import Graph, Inlet, Node, Outlet, Place, edits
from engine.layers import Layer, Unknown, catalogue, layer_type, make_layer, plain, with_parameters
from engine.project.file import dumps, loads
from engine.project.merge import Merged, merge
from engine.project.printing import plain_project
from engine.project.project import Project
from engine.project.settings import with_settings
from engine.project.starters import make_starter

from .versions import BASE as SAMPLE
from .versions import versions

BASE = make_starter("mnist-cnn")
NODES = ("networks", "main", "nodes")
Edit = Callable[[Graph[Layer]], Graph[Layer]]


def edited(*steps: Edit) -> Project:
    graph = BASE.graph
    for step in steps:
        graph = step(graph)
    return BASE.with_graph(graph)


def setting(name: str, **values: Any) -> Edit:
    return lambda graph: edits.set_layer(graph, name, with_parameters(graph.nodes[name].layer, **values))


def paths(merged: Merged) -> list[tuple[str, ...]]:
    return [conflict.path for conflict in merged.conflicts]


def value(merged: Merged, name: str, parameter: str) -> Any:
    return getattr(merged.project.graph.nodes[name].layer, parameter)


def test_two_parameters_of_one_node_are_both_taken() -> None:
    merged = merge(BASE, edited(setting("conv2", out_channels=99)), edited(setting("conv2", kernel_size=5)))
    assert paths(merged) == []
    assert (value(merged, "conv2", "out_channels"), value(merged, "conv2", "kernel_size")) == (99, (5, 5))


def test_one_parameter_changed_twice_is_a_conflict_that_is_decided_for_the_node_alone() -> None:
    mine = edited(setting("conv2", out_channels=99), setting("conv1", bias=False))
    theirs = edited(setting("conv2", out_channels=7, kernel_size=5), setting("conv3", bias=False))
    kept = merge(BASE, mine, theirs)
    assert paths(kept) == [(*NODES, "conv2")]
    assert (value(kept, "conv2", "out_channels"), value(kept, "conv2", "kernel_size")) == (99, (5, 5))
    taken = merge(BASE, mine, theirs, paths(kept))
    assert (value(taken, "conv2", "out_channels"), value(taken, "conv2", "kernel_size")) == (7, (5, 5))
    for merged in (kept, taken):
        assert not value(merged, "conv1", "bias") and not value(merged, "conv3", "bias")


def test_parameters_that_do_not_go_together_are_a_conflict() -> None:
    mine, theirs = edited(setting("conv2", groups=4)), edited(setting("conv2", out_channels=98))
    merged = merge(BASE, mine, theirs)
    assert paths(merged) == [(*NODES, "conv2")]
    assert merged.project.graph.nodes["conv2"].layer == mine.graph.nodes["conv2"].layer


def test_another_layer_and_another_parameter_are_a_conflict() -> None:
    mine = edited(lambda graph: edits.set_layer(graph, "relu1", make_layer("elu", {"alpha": 0.5})))
    theirs = edited(lambda graph: edits.set_layer(graph, "relu1", make_layer("gelu", {})))
    merged = merge(BASE, mine, theirs)
    assert paths(merged) == [(*NODES, "relu1")]
    assert merge(BASE, mine, theirs, paths(merged)).project.graph.nodes["relu1"].layer == make_layer("gelu", {})


def test_removed_here_and_changed_there_is_a_conflict() -> None:
    mine, theirs = edited(lambda graph: edits.remove(graph, ["conv2"])), edited(setting("conv2", kernel_size=5))
    merged = merge(BASE, mine, theirs)
    assert paths(merged) == [(*NODES, "conv2")] and "conv2" not in merged.project.graph.nodes
    taken = merge(BASE, mine, theirs, paths(merged)).project.graph
    assert taken.nodes["conv2"].layer == theirs.graph.nodes["conv2"].layer


def test_a_node_that_was_removed_here_and_wired_there_is_a_conflict_and_no_wire_is_left_hanging() -> None:
    def tapped(graph: Graph[Layer]) -> Graph[Layer]:
        graph = edits.add(graph, "tap", make_layer("relu", {}), Place(400, 0))
        return edits.connect(graph, Outlet("relu2", "output"), Inlet("tap", "value"))

    mine, theirs = edited(lambda graph: edits.remove(graph, ["relu2"])), edited(tapped)
    merged = merge(BASE, mine, theirs)
    assert paths(merged) == [(*NODES, "relu2")]
    assert "relu2" not in merged.project.graph.nodes and "tap" in merged.project.graph.nodes
    assert not list(merged.project.graph.into("tap"))
    taken = merge(BASE, mine, theirs, paths(merged)).project.graph
    assert taken.source(Inlet("tap", "value")) == Outlet("relu2", "output")
    assert {wire.source.node for wire in taken.wires()} <= taken.nodes.keys()


def test_both_moving_a_node_is_no_conflict_and_mine_stays_where_it_is() -> None:
    mine = edited(lambda graph: edits.move(graph, {"conv1": Place(100, 0)}))
    theirs = edited(lambda graph: edits.move(graph, {"conv1": Place(200, 0), "relu1": Place(300, 0)}))
    merged = merge(BASE, mine, theirs)
    assert paths(merged) == []
    assert merged.project.graph.places["conv1"] == Place(100, 0)
    assert merged.project.graph.places["relu1"] == Place(300, 0)


def test_recipes_are_merged_by_setting() -> None:
    def recipe(**values: str) -> Project:
        return replace(BASE, recipe=with_settings(BASE.recipe, values))

    merged = merge(BASE, recipe(epochs="9", seed="1"), recipe(batch_size="8", seed="2"))
    assert paths(merged) == [("recipe", "seed")]
    found = merged.project.recipe
    assert (found.epochs, found.batch_size, found.seed) == (9, 8, 1)


def test_data_is_taken_whole() -> None:
    mine = replace(BASE, data=replace(BASE.data, source="npz:mine.npz"))
    theirs = replace(BASE, data=replace(BASE.data, columns=()))
    merged = merge(BASE, mine, theirs)
    assert paths(merged) == [("data",)] and merged.project.data == mine.data


@settings(deadline=None, max_examples=40)
@given(versions(), versions())
def test_where_one_side_did_nothing_the_other_is_taken(base: Project, changed: Project) -> None:
    assert merge(base, changed, base) == Merged(changed)
    assert merge(base, base, changed) == Merged(changed)
    assert merge(base, changed, changed) == Merged(changed)


@settings(deadline=None, max_examples=40)
@given(versions(), versions())
def test_any_two_versions_merge_and_the_sides_may_be_exchanged(mine: Project, theirs: Project) -> None:
    one, other = merge(SAMPLE, mine, theirs), merge(SAMPLE, theirs, mine)
    assert set(paths(one)) == set(paths(other))
    assert unplaced(merge(SAMPLE, mine, theirs, paths(one)).project) == unplaced(other.project)
    if not one.conflicts:
        assert unplaced(one.project) == unplaced(other.project)
    assert loads(dumps(one.project)) == one.project


@settings(deadline=None, max_examples=40)
@given(versions(), versions())
def test_what_one_side_alone_touched_is_as_that_side_has_it(mine: Project, theirs: Project) -> None:
    merged = merge(SAMPLE, mine, theirs)
    if () in paths(merged):
        return
    undecided = {path[3] for path in paths(merged) if path[:3] == NODES}
    base, one, two, found = (project.graph.nodes for project in (SAMPLE, mine, theirs, merged.project))
    for name in base.keys() | one.keys() | two.keys():
        if name in undecided:
            continue
        if one.get(name) == base.get(name):
            assert same_node(found.get(name), two.get(name), undecided)
        elif two.get(name) == base.get(name):
            assert same_node(found.get(name), one.get(name), undecided)


def same_node(found: Node[Layer] | None, wanted: Node[Layer] | None, undecided: set[str]) -> bool:
    """Equal, but for wires from nodes about which there is a conflict, and for the class of a block that is another."""
    if found is None or wanted is None:
        return found is wanted
    wires = [
        {port: kept for port, ends in node.inputs.items() if (kept := [e for e in ends if e.node not in undecided])}
        for node in (found, wanted)
    ]
    kinds = (layer_type(found.layer), plain(found.layer)), (layer_type(wanted.layer), plain(wanted.layer))
    return wires[0] == wires[1] and found.label == wanted.label and kinds[0] == kinds[1]


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_changes_at_different_nodes_are_both_there(data: st.DataObject) -> None:
    names = list(BASE.graph.nodes)
    mine_at = data.draw(st.sets(st.sampled_from(names)))
    mine = edited(*(data.draw(one_edit(name)) for name in mine_at))
    theirs = edited(*(data.draw(one_edit(name)) for name in names if name not in mine_at and data.draw(st.booleans())))
    merged = merge(BASE, mine, theirs)
    assert not merged.conflicts
    for name in names:
        side = mine if name in mine_at else theirs
        assert merged.project.graph.nodes[name] == side.graph.nodes[name]
        assert merged.project.graph.places[name] == side.graph.places[name]
    check(merged.project.graph)


@st.composite
def one_edit(draw: st.DrawFn, name: str) -> Edit:
    return draw(
        st.sampled_from(
            [
                lambda graph: edits.set_label(graph, name, "marked"),
                lambda graph: edits.move(graph, {name: Place(17, 4)}),
                lambda graph: edits.set_layer(graph, name, make_layer("identity", {})),
                lambda graph: edits.set_layer(graph, name, Unknown("of_tomorrow", '{"x": [1, {"y": null}]}')),
            ]
        )
    )


def unplaced(project: Project) -> Any:
    """What the file holds, without the layout and without the order of anything."""
    tree = plain_project(project)
    for drawing in (*tree["networks"].values(), *tree.get("blocks", {}).values()):
        drawing.pop("layout", None)
    return tree


def test_every_layer_survives_a_merge() -> None:
    nodes: dict[str, Node[Layer]] = {f"n_{id}": Node(cls()) for id, cls in catalogue().items()}
    base = BASE.with_graph(Graph(nodes))
    mine = base.with_graph(edits.set_label(base.graph, "n_conv2d", "mine"))
    theirs = base.with_graph(edits.set_label(base.graph, "n_linear", "theirs"))
    merged = merge(base, mine, theirs)
    assert not merged.conflicts
    for name, node in merged.project.graph.nodes.items():
        assert plain(node.layer) == plain(nodes[name].layer)
