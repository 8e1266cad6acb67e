"""Whatever is edited in the blocks of whatever project: instances stay in line, and the file keeps all of it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.blocks import BlockLayer, block_layer
from engine.blocks import edits as block_edits
from engine.blocks.values import with_values
from engine.graph import edits
from engine.layers import Unknown, make_layer
from engine.project.file import dumps, loads
from engine.project.project import Project
from engine.text import Failure
from tests.project.test_any_project import projects

KINDS = ("define", "node", "remove", "rename", "lift", "unlift", "face", "name", "double", "own", "drop", "unpack")


def edited(draw: st.DrawFn, project: Project) -> Project:
    """The project after an edit of one of its blocks. Raises Failure where that is refused."""
    name = draw(st.sampled_from(sorted(project.blocks)))
    block = project.blocks[name]
    nodes = sorted(block.graph.nodes)
    inner = draw(st.sampled_from(nodes)) if nodes else ""
    graph = block.graph
    match draw(st.sampled_from(KINDS)):
        case "define":
            return block_edits.with_block(project, name, project.blocks[draw(st.sampled_from(sorted(project.blocks)))])
        case "node":
            layer = make_layer(draw(st.sampled_from(["relu", "block_input", "block_output", "conv2d"])), {})
            return block_edits.with_block(project, name, replace(block, graph=edits.add(graph, "added", layer)))
        case "remove" if nodes:
            return block_edits.with_block(project, name, replace(block, graph=edits.remove(graph, [inner])))
        case "rename" if nodes:
            return block_edits.with_block(project, name, replace(block, graph=edits.rename(graph, inner, "renamed")))
        case "lift" if nodes and not isinstance(graph.nodes[inner].layer, Unknown):
            parameters = [parameter.name for parameter in type(graph.nodes[inner].layer).about.parameters]
            if parameters:
                return block_edits.lift(project, name, inner, draw(st.sampled_from(parameters)), "lifted")
        case "unlift" if block.parameters:
            return block_edits.unlift(project, name, draw(st.sampled_from(block.parameters)).name)
        case "face" if block.parameters:
            return block_edits.rename_lifted(project, name, draw(st.sampled_from(block.parameters)).name, "faced")
        case "name":
            return block_edits.rename_block(project, name, "named")
        case "double":
            return block_edits.duplicate_block(project, name)[0]
        case "drop":
            return block_edits.remove_block(project, name)
        case kind if users := [node for where, node in block_edits.users(project, name) if where == first(project)]:
            node = draw(st.sampled_from(users))
            if kind == "unpack":
                return project.with_graph(block_edits.unpack(project.graph, node).graph)
            found, graph, _ = block_edits.make_unique(project, project.graph, node)
            return found.with_graph(graph)
    return project


def first(project: Project) -> str:
    return next(iter(project.networks))


def assert_in_line(project: Project) -> None:
    known: dict[str, type[BlockLayer]] = {}
    for name, block in project.blocks.items():
        assert_made_of(block.graph, known)
        known[name] = block_layer(name, block)
    for graph in project.networks.values():
        assert_made_of(graph, known)


def assert_made_of(graph, known):
    for node in graph.nodes.values():
        if isinstance(node.layer, BlockLayer):
            assert type(node.layer) is known[node.layer.name]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_instances_stay_in_line_and_the_file_keeps_everything(data: st.DataObject) -> None:
    project = data.draw(projects())
    for _ in range(4):
        if not project.blocks:
            return
        try:
            project = edited(data.draw, project)
        except (Failure, KeyError) as refused:
            assert isinstance(refused, Failure) or refused.args[0] in ("added", "renamed")
    assert_in_line(project)
    assert loads(dumps(project)) == project


@settings(deadline=None, max_examples=30)
@given(projects())
def test_another_definition_changes_all_instances(project: Project) -> None:
    for name, block in project.blocks.items():
        nodes = {**block.graph.nodes, "added": edits.add(block.graph, "added", make_layer("relu", {})).nodes["added"]}
        after = block_edits.with_block(project, name, replace(block, graph=replace(block.graph, nodes=nodes)))
        assert_in_line(after)
        assert block_edits.users(after, name) == block_edits.users(project, name)
        values = block_layer(name, after.blocks[name])().values
        assert with_values(after.blocks[name], values)[0] == after.blocks[name].graph
