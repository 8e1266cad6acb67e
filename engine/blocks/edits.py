"""Edits of a project's blocks. Each gives another project (or graph) and changes nothing that it is given.

Raises Failure where an edit cannot be made, KeyError where a block or node is named that is not there.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from engine.blocks.block import Block, Lifted, Target
from engine.blocks.declaring import block_layer
from engine.blocks.drawings import ProjectT
from engine.blocks.grouping import block_fault, cut_out, group
from engine.blocks.instances import Change, in_line, port_changes, reclassed, used_blocks
from engine.blocks.layer import BlockLayer
from engine.blocks.lifting import lifted_with, lifted_without, parameter_fault, retargeted, settled
from engine.blocks.unpacking import Unpacked, unpack
from engine.graph import Graph, edits, free_name
from engine.layers import Layer
from engine.text import Failure, text

__all__ = [
    "Unpacked",
    "adopt",
    "block_fault",
    "cut_out",
    "duplicate_block",
    "group",
    "lift",
    "make_unique",
    "parameter_fault",
    "remove_block",
    "rename_block",
    "rename_lifted",
    "set_lifted",
    "unlift",
    "unpack",
    "used_blocks",
    "users",
    "with_block",
]


def with_block(project: ProjectT, name: str, block: Block, names: Mapping[str, str] | None = None) -> ProjectT:
    """With another definition of a block, or one block more, and every instance made of it.

    Instances keep the values of parameters and the wires of ports that are still there. What is lifted from nodes that
    are gone comes off the face; a value that is changed inside where the face sets it becomes the default. `names` are
    the nodes inside that were renamed, old to new; None: they are found by a look at both drawings. Raises Failure
    where the block would contain itself.
    """
    old = project.blocks.get(name)
    if old is not None and names is None:
        names = _renamed(old.graph, block.graph)
    block = retargeted(block, names or {})
    block = settled(block, old or block, names or {})
    inputs, outputs = port_changes(old.graph, block.graph, names or {}) if old else ({}, {})
    changes = {name: Change(name, {}, inputs, outputs)}
    return _rebuilt(project, {**project.blocks, name: block}, changes)


def adopt(project: ProjectT, graph: Graph[Layer], ours: bool = False) -> tuple[ProjectT, Graph[Layer]]:
    """Takes in a drawing from elsewhere (pasted, or from the library) with the blocks that it uses.

    A block that is here under its name in another form is taken in under a free name; with `ours`, the one that is
    here takes its place.
    """
    classes: dict[str, type[BlockLayer]] = {}
    changes: dict[str, Change] = {}
    for cls in dict.fromkeys(type(n.layer) for n in graph.nodes.values() if isinstance(n.layer, BlockLayer)):
        project, name = _taken_in(project, cls, ours)
        classes[name] = block_layer(name, project.blocks[name])
        changes[cls.name] = Change(name)
    return project, reclassed(graph, classes, changes)


def rename_block(project: ProjectT, old: str, new: str) -> ProjectT:
    """With a block under another name, at all its instances; their nodes keep theirs."""
    project.blocks[old]
    if new == old:
        return project
    if fault := block_fault(new, project.blocks):
        raise Failure(fault)
    blocks = {new if name == old else name: block for name, block in project.blocks.items()}
    return _rebuilt(project, blocks, {old: Change(new)})


def remove_block(project: ProjectT, name: str) -> ProjectT:
    """Without a block. Raises Failure where it is used."""
    project.blocks[name]
    if found := users(project, name):
        where, node = found[0]
        sentence = text("The block “{name}” is used: {node} in {where} is one.", name=name, node=node, where=where)
        raise Failure(sentence)
    return replace(project, blocks={other: block for other, block in project.blocks.items() if other != name})


def duplicate_block(project: ProjectT, name: str) -> tuple[ProjectT, str]:
    """With a copy of a block under a free name, and that name."""
    project.blocks[name]
    copy = free_name(name, project.blocks)
    blocks: dict[str, Block] = {}
    for other, block in project.blocks.items():
        blocks[other] = block
        if other == name:
            blocks[copy] = block
    return replace(project, blocks=blocks), copy


def make_unique(project: ProjectT, graph: Graph[Layer], node: str) -> tuple[ProjectT, Graph[Layer], str]:
    """With a block of its own for one instance of a drawing: a copy of what it was made of, and its name."""
    layer = graph.nodes[node].layer
    if not isinstance(layer, BlockLayer):
        raise KeyError(node)
    project, copy = duplicate_block(project, layer.name)
    classes = {copy: block_layer(copy, project.blocks[copy])}
    alone = reclassed(edits.piece(graph, [node]), classes, {layer.name: Change(copy)})
    return project, edits.set_layer(graph, node, alone.nodes[node].layer), copy


def lift(project: ProjectT, name: str, node: str, parameter: str, lifted: str = "", times: int = 1) -> ProjectT:
    """With a parameter of a node inside set from the block's face, under this name (its own where none is given).

    Where the face has a parameter of that name, it sets this one too.
    """
    target = Target(node, parameter, times)
    return with_block(project, name, lifted_with(project.blocks[name], target, lifted or parameter))


def unlift(project: ProjectT, name: str, lifted: str, target: Target | None = None) -> ProjectT:
    """Without a parameter on the block's face, or without one target of it: inside stays its default."""
    return with_block(project, name, lifted_without(project.blocks[name], lifted, target))


def rename_lifted(project: ProjectT, name: str, old: str, new: str) -> ProjectT:
    """With a parameter of the face under another name; instances keep their values."""
    block = project.blocks[name]
    if new == old:
        return project
    if any(lifted.name == new for lifted in block.parameters):
        raise Failure(text("The block has a parameter “{name}” already.", name=new))
    if fault := parameter_fault(new):
        raise Failure(fault)
    parameters = tuple(replace(one, name=new) if one.name == old else one for one in block.parameters)
    changes = {name: Change(name, {old: new})}
    return _rebuilt(project, {**project.blocks, name: replace(block, parameters=parameters)}, changes)


def set_lifted(project: ProjectT, name: str, lifted: Lifted) -> ProjectT:
    """With another default, help or targets for a parameter of the face, found by its name."""
    block = project.blocks[name]
    parameters = tuple(lifted if one.name == lifted.name else one for one in block.parameters)
    return with_block(project, name, replace(block, parameters=parameters))


def users(project: ProjectT, name: str) -> tuple[tuple[str, str], ...]:
    """The instances of a block: the network or block that each is in, and the node."""
    drawings = [*project.networks.items(), *((other, block.graph) for other, block in project.blocks.items())]
    return tuple(
        (where, node)
        for where, graph in drawings
        for node, found in graph.nodes.items()
        if isinstance(found.layer, BlockLayer) and found.layer.name == name
    )


def _rebuilt(project: ProjectT, blocks: Mapping[str, Block], changes: Mapping[str, Change]) -> ProjectT:
    networks, made = in_line(project.networks, blocks, changes)
    return replace(project, networks=networks, blocks=made)


def _renamed(old: Graph[Layer], new: Graph[Layer]) -> dict[str, str]:
    """Nodes that stand in the same place of the order with the same layer under another name."""
    if len(old.nodes) != len(new.nodes):
        return {}
    pairs = zip(old.nodes.items(), new.nodes.items(), strict=True)
    return {
        was: now
        for (was, one), (now, other) in pairs
        if was != now and now not in old.nodes and was not in new.nodes and one.layer == other.layer
    }


def _taken_in(project: ProjectT, cls: type[BlockLayer], ours: bool) -> tuple[ProjectT, str]:
    """With the definition of a class, and its name here."""
    if ours and cls.name in project.blocks:
        return project, cls.name
    project, graph = adopt(project, cls.block.graph, ours)
    block = cls.block if graph is cls.block.graph else replace(cls.block, graph=graph)
    for name in dict.fromkeys((cls.name, *project.blocks)):
        if name in project.blocks and block_layer(name, project.blocks[name]) is block_layer(name, block):
            return project, name
    name = free_name(cls.name, project.blocks) if cls.name in project.blocks else cls.name
    return replace(project, blocks={**project.blocks, name: block}), name
