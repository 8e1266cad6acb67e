"""What can be done with blocks, each as one named step: menus, keys, inspector and palette share it."""

from collections.abc import Iterable

from msgspec.structs import replace

from designer.blocks.stowing import with_drawing
from designer.document import Document
from engine.blocks import PREFIX, Block, BlockLayer, Lifted, Target
from engine.blocks import edits as blocks
from engine.graph import free_name
from engine.layers import Layer
from engine.text import Failure, Text, text

STEMS = (
    ("attention", {"Attention"}),
    ("residual", {"Convolution", "Merge"}),
    ("conv_block", {"Convolution"}),
    ("linear_block", {"Linear"}),
)
"""What a block is called at first where it holds layers of all these families."""


def instance(document: Document, name: str) -> BlockLayer | None:
    """The instance of a block that a node of the drawing shown is, if it is one."""
    node = document.graph.nodes.get(name)
    return node.layer if node and isinstance(node.layer, BlockLayer) else None


def selected_instance(document: Document) -> str | None:
    """The node that is selected, where it is the only one and an instance of a block."""
    if len(document.selection) != 1:
        return None
    (name,) = document.selection
    return name if instance(document, name) else None


def enter(document: Document, name: str) -> None:
    """Shows what is in an instance."""
    document.go((*document.where, name))


def leave(document: Document) -> None:
    """Shows what the block that one is in stands in, with its instance selected."""
    *outer, last = document.where
    document.go(tuple(outer), [last])


def open_block(document: Document, name: str) -> None:
    """Shows a block by itself, without an instance."""
    document.go((PREFIX + name,))


def group_fault(document: Document, names: Iterable[str]) -> Text | None:
    """Why these nodes cannot be made a block, or None where they can."""
    try:
        blocks.cut_out(document.graph, names, document.report)
    except Failure as failure:
        return failure.text
    return None


def suggested_name(document: Document) -> str:
    """A name that no block has, after what is selected."""
    families = {type(document.graph.nodes[name].layer).about.family for name in document.selection}
    stem = next((stem for stem, needed in STEMS if needed <= families), "block")
    taken = document.project.blocks
    return free_name(stem, taken) if stem in taken else stem


def group(document: Document, name: str) -> None:
    """Makes the selected nodes a block of this name, with an instance in their place."""
    project, graph, node = blocks.group(document.project, document.graph, document.selection, name, document.report)
    title = text("group into {block}", block=name)
    document.edit_project(title, with_drawing(project, document.where, graph), select=[node])


def unpack(document: Document, name: str) -> None:
    """Puts what is in an instance in its place."""
    graph, names = blocks.unpack(document.graph, name)
    document.edit(text("unpack {node}", node=name), graph, select=names)


def make_unique(document: Document, name: str) -> None:
    """Gives an instance a block of its own."""
    project, graph, copy = blocks.make_unique(document.project, document.graph, name)
    title = text("make {node} a block of its own, {block}", node=name, block=copy)
    document.edit_project(title, with_drawing(project, document.where, graph))


def rename_block(document: Document, old: str, new: str) -> None:
    """Gives a block another name; its instances' nodes keep theirs."""
    where = tuple(PREFIX + new if step == PREFIX + old else step for step in document.where)
    title = text("rename block {old} to {new}", old=old, new=new)
    document.edit_project(title, blocks.rename_block(document.project, old, new), where=where)


def remove_block(document: Document, name: str) -> None:
    """Takes a block out of the project. Raises Failure where it is used."""
    document.edit_project(text("delete block {block}", block=name), blocks.remove_block(document.project, name))


def duplicate_block(document: Document, name: str) -> None:
    """Adds a copy of a block under a free name."""
    project, copy = blocks.duplicate_block(document.project, name)
    document.edit_project(text("duplicate block {block} as {copy}", block=name, copy=copy), project)


def summarise(document: Document, name: str, summary: str) -> None:
    """Writes another sentence about a block."""
    project = document.project
    block = replace(project.blocks[name], summary=summary)
    title = text("describe block {block}", block=name)
    document.edit_project(title, blocks.with_block(project, name, block, {}), f"summary of {name}")


def lift(document: Document, node: str, parameter: str, name: str) -> None:
    """Brings a parameter of a node in the block that one is in onto the block's face. Raises Failure."""
    project = blocks.lift(document.project, document.block, node, parameter, name)
    title = text("lift {parameter} of {node} as {name}", parameter=parameter, node=node, name=name)
    document.edit_project(title, project)


def unlift(document: Document, name: str, node: str = "", parameter: str = "") -> None:
    """Takes a parameter off the face of the block that one is in, or one of those that it sets."""
    target = Target(node, parameter) if node else None
    project = blocks.unlift(document.project, document.block, name, target)
    document.edit_project(text("take {name} off the block's face", name=name), project)


def rename_lifted(document: Document, old: str, new: str) -> None:
    """Gives a parameter of the block's face another name. Raises Failure."""
    project = blocks.rename_lifted(document.project, document.block, old, new)
    document.edit_project(text("rename {old} to {new}", old=old, new=new), project)


def set_default(document: Document, name: str, value: object, merge: str = "") -> None:
    """Gives a parameter of the block's face another default: what instances start with."""
    block = document.project.blocks[document.block]
    lifted = next(one for one in block.parameters if one.name == name)
    project = blocks.set_lifted(document.project, document.block, replace(lifted, default=value))
    document.edit_project(text("set default of {parameter}", parameter=name), project, merge)


def face_of(block: Block, node: str, parameter: str) -> Lifted | None:
    """The parameter of the block's face that sets this one of a node inside."""
    holders = (one for one in block.parameters if any(target[:2] == (node, parameter) for target in one.targets))
    return next(holders, None)


def face_name(block: Block, node: str, parameter: str) -> str:
    """A good name for a parameter on the face: its own, or with its node's where that is taken."""
    taken = {one.name for one in block.parameters}
    for name in (parameter, f"{node}_{parameter}"):
        if name not in taken and blocks.parameter_fault(name) is None:
            return name
    return free_name(f"{node}_{parameter}", taken)


def face_fault(block: Block, name: str, old: str = "") -> Text | None:
    """Why a parameter of the face, called `old` until now, cannot have this name, or None where it can."""
    if name == old:
        return None
    if any(one.name == name for one in block.parameters):
        return text("The block has a parameter “{name}” already.", name=name)
    return blocks.parameter_fault(name)


def alike(block: Block, node: str, parameter: str) -> list[Lifted]:
    """The parameters of the face that could set this one too."""
    layer = block.graph.nodes[node].layer
    return [one for one in block.parameters if _joins(block, one, layer, parameter)]


def _joins(block: Block, lifted: Lifted, layer: Layer, parameter: str) -> bool:
    first = block.graph.nodes[lifted.targets[0].node].layer
    one = type(first).about.parameter(lifted.targets[0].parameter)
    other = type(layer).about.parameter(parameter)
    return (one.kinds, one.choices, one.length, one.optional) == (
        other.kinds,
        other.choices,
        other.length,
        other.optional,
    )
