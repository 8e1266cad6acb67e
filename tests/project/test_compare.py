"""What differs between two projects is told by node and parameter; a rename is told as one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.blocks import Block, BlockLayer, Lifted, Target
from engine.blocks.edits import with_block
from engine.graph import Frame, Graph, Inlet, Outlet, Place, edits
from engine.graph.annotations import Annotations, Box
from engine.layers import Layer, make_layer, with_parameters
from engine.project.compare import Comparison, GraphChange, compare
from engine.project.compare_words import lines, printed, to_json
from engine.project.file import load
from engine.project.project import Project
from engine.project.settings import with_settings
from engine.project.starters import make_starter

from .mutate_files import ROOT
from .versions import versions

CNN = make_starter("mnist-cnn")


def changes(graph: Graph[Layer], before: Project = CNN) -> GraphChange:
    (found,) = compare(before, before.with_graph(graph)).networks
    return found


def told(comparison: Comparison) -> list[str]:
    return [printed(line) for line in lines(comparison)]


def test_equal_projects_do_not_differ() -> None:
    assert not compare(CNN, make_starter("mnist-cnn"))
    assert told(compare(CNN, CNN)) == []


def test_a_parameter_is_told_with_its_old_and_its_new_value_also_where_one_is_the_default() -> None:
    conv1 = with_parameters(CNN.graph.nodes["conv1"].layer, kernel_size=5)
    found = compare(CNN, CNN.with_graph(edits.set_layer(CNN.graph, "conv1", conv1)))
    assert told(found) == ["  Network main", "~   conv1  conv2d", "~     kernel_size: 3×3 → 5×5"]


def test_what_came_and_went_is_told_with_its_wires() -> None:
    graph = edits.remove(CNN.graph, ["relu2"])
    graph = edits.add(graph, "drop1", make_layer("dropout", {"p": 0.1}))
    words = told(compare(CNN, CNN.with_graph(graph)))
    assert words[1:5] == ["-   relu2  relu", "+   drop1  dropout", "+     p: 0.1", "-   conv2 → relu2.value"]
    assert "+   conv2 → pool2.image" in words


def test_a_renamed_node_is_no_loss_and_no_gain() -> None:
    found = changes(edits.rename(CNN.graph, "conv1", "stem"))
    assert [(node.kind, node.old_name, node.name) for node in found.nodes] == [("renamed", "conv1", "stem")]
    assert not found.wires and not found.moved


def test_a_chain_that_was_renamed_whole_is_all_renames() -> None:
    graph = CNN.graph
    for name in list(graph.nodes):
        graph = edits.rename(graph, name, f"x_{name}")
    assert {node.kind for node in changes(graph).nodes} == {"renamed"}
    assert len(changes(graph).nodes) == len(graph.nodes)


def test_a_node_that_was_renamed_and_wired_elsewhere_is_another_node() -> None:
    graph = edits.rename(CNN.graph, "relu2", "act")
    graph = edits.connect(graph, Outlet("conv1", "output"), Inlet("act", "value"))
    assert {node.kind for node in changes(graph).nodes} == {"added", "removed"}


def test_nodes_that_lie_elsewhere_are_counted_alone() -> None:
    found = changes(edits.move(CNN.graph, {"conv1": Place(5, 5), "relu1": Place(6, 6)}))
    assert (found.moved, found.nodes, found.wires) == (2, (), ())


def test_the_order_at_a_port_that_takes_several_is_told_and_a_place_in_it_is_not() -> None:
    graph = edits.add(CNN.graph, "join", make_layer("concat", {}))
    for slot, name in enumerate(("relu1", "pool1", "relu2")):
        graph = edits.connect(graph, Outlet(name, "output"), Inlet("join", "parts", slot))
    before = CNN.with_graph(graph)
    turned = replace(graph.nodes["join"], inputs={"parts": graph.nodes["join"].inputs["parts"][::-1]})
    found = changes(replace(graph, nodes={**graph.nodes, "join": turned}), before)
    assert [s.name for node in found.nodes for s in node.settings] == ["order of parts"] and not found.wires
    found = changes(edits.disconnect(graph, Inlet("join", "parts", 0)), before)
    assert [(wire.kind, wire.wire.source.node) for wire in found.wires] == [("removed", "relu1")]


def test_another_optimizer_is_told_without_its_defaults() -> None:
    changed = replace(CNN, recipe=with_settings(CNN.recipe, {"optimizer": "sgd", "optimizer.momentum": "0.9"}))
    assert told(compare(CNN, changed)) == [
        "  Recipe",
        "~   optimizer: “adam” → “sgd”",
        "~   optimizer.lr: 0.001 → 0.01",
        "+   optimizer.momentum: 0.9",
    ]


def test_data_networks_and_annotations_are_compared() -> None:
    frame = Frame("Encoder", Box(0, 0, 100, 100))
    graph = replace(CNN.graph, annotations=Annotations(frames={"frame1": frame}))
    changed = replace(CNN.with_graph(graph), data=replace(CNN.data, source="npz:my.npz"))
    changed = replace(changed, networks={**changed.networks, "critic": Graph()})
    words = told(compare(CNN, changed))
    assert "+   frame frame1  “Encoder”" in words
    assert "+ Network critic" in words
    assert "~   source: “sample:mnist” → “npz:my.npz”" in words


@settings(deadline=None, max_examples=25)
@given(versions(), versions())
def test_a_comparison_is_empty_for_equal_projects_only(one: Project, other: Project) -> None:
    assert not compare(one, one)
    assert bool(compare(one, other)) == (one != other) == (not to_json(compare(one, other))["equal"])
    list(lines(compare(one, other)))


@settings(deadline=None, max_examples=25)
@given(versions(), st.data())
def test_any_rename_is_found(project: Project, data: st.DataObject) -> None:
    if not project.graph.nodes:
        return
    name = data.draw(st.sampled_from(list(project.graph.nodes)))
    renamed = project.with_graph(edits.rename(project.graph, name, "quite_another"))
    (found,) = compare(project, renamed).networks
    assert {node.kind for node in found.nodes} == {"renamed"}
    assert not found.wires


@pytest.mark.parametrize("count", [2000])
def test_a_comparison_of_many_renamed_nodes_is_no_search_among_all_pairs(count: int) -> None:
    before, after = (_chain(stem, count) for stem in ("a", "b"))
    (found,) = compare(Project(networks={"main": before}), Project(networks={"main": after})).networks
    assert len(found.nodes) == count


def _chain(stem: str, count: int) -> Graph[Layer]:
    graph: Graph[Layer] = Graph()
    nodes = {}
    for number in range(count):
        inputs = {"value": (Outlet(f"{stem}{number - 1}", "output"),)} if number else {}
        nodes[f"{stem}{number}"] = edits.add(graph, "x", make_layer("relu", {})).nodes["x"]
        nodes[f"{stem}{number}"] = replace(nodes[f"{stem}{number}"], inputs=inputs)
    return Graph(nodes)


def test_another_flow_is_told_of_networks_and_of_blocks() -> None:
    found = compare(CNN, CNN.with_graph(replace(CNN.graph, flow="right")))
    assert told(found) == ["  Network main", "~   flow: “down” → “right”"]
    assert to_json(found)["networks"]["main"]["settings"] == [{"name": "flow", "old": "down", "new": "right"}]
    base = load(ROOT / "assets" / "samples" / "version-2.loom")
    block = base.blocks["separable"]
    turned = with_block(base, "separable", replace(block, graph=replace(block.graph, flow="right")))
    (change,) = compare(base, turned).blocks
    assert [(one.name, one.old, one.new) for one in change.settings] == [("flow", "down", "right")]


def test_what_is_lifted_to_a_face_is_told_in_words() -> None:
    targets = (Target("conv1", "out_channels"), Target("conv2", "out_channels", 4))
    graph = edits.add(edits.add(Graph(), "conv1", make_layer("conv2d", {})), "conv2", make_layer("conv2d", {}))
    lifted = Block(graph, (Lifted("width", targets, 64, "How wide it is"),))
    before, after = with_block(Project(), "stem", Block(graph)), with_block(Project(), "stem", lifted)
    expected = "+   width: 64, sets conv1.out_channels, conv2.out_channels ×4, “How wide it is”"
    assert expected in told(compare(before, after))


def test_an_instance_is_told_by_the_name_of_its_block() -> None:
    base = load(ROOT / "assets" / "samples" / "version-2.loom")
    name, node = next((name, node) for name, node in base.graph.nodes.items() if isinstance(node.layer, BlockLayer))
    without = base.with_graph(edits.remove(base.graph, [name]))
    assert f"+   {name}  {node.layer.name}" in told(compare(without, base))
    other = base.with_graph(edits.set_layer(base.graph, name, make_layer("relu", {})))
    assert f"~     type: relu → {node.layer.name}" in told(compare(other, base))
