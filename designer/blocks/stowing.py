"""A drawing put back to where it belongs in the project: as the network, or as a block that all its instances share."""

from msgspec.structs import replace

from designer.blocks.places import Where, block_at
from designer.layout import placed
from engine.blocks import BlockLayer
from engine.blocks.edits import adopt, with_block
from engine.graph import Graph
from engine.layers import Layer
from engine.project.project import Project


def with_drawing(project: Project, where: Where, graph: Graph[Layer]) -> Project:
    """The project with another drawing at a place, and with the blocks that this brings along.

    Raises Failure where a block would contain itself.
    """
    if _brings_blocks(project, graph):
        project, graph = adopt(project, graph)
    name = block_at(project, where)
    if not name:
        return project.with_graph(graph)
    return with_block(project, name, replace(project.blocks[name], graph=graph))


def all_placed(project: Project) -> Project:
    """The project with a place for every node of the network and of every block."""
    project = project.with_graph(placed(project.graph))
    for name in project.blocks:
        block = project.blocks[name]
        if (graph := placed(block.graph)) is not block.graph:
            project = with_block(project, name, replace(block, graph=graph))
    return project


def _brings_blocks(project: Project, graph: Graph[Layer]) -> bool:
    """Whether there are instances of blocks that are not the project's own."""
    classes = {node.layer.__class__ for node in graph.nodes.values()}
    return any(project.blocks.get(cls.name) is not cls.block for cls in classes if issubclass(cls, BlockLayer))
