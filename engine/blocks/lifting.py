"""Parameters on a block's face: lifted from nodes inside, taken back, kept in line with the drawing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from engine.blocks.block import Block, Lifted, Target
from engine.blocks.declaring import face_default, face_type
from engine.blocks.layer import BlockLayer
from engine.blocks.values import declared, unscaled, with_values
from engine.graph import Graph, name_fault
from engine.layers import Layer
from engine.text import Failure, Text, text

BESIDE = frozenset({"type", "in", "label"})  # what stands beside the parameters in a file
OURS = frozenset(name for cls in BlockLayer.__mro__ for name in (*vars(cls), *vars(cls).get("__annotations__", {})))


def parameter_fault(name: str) -> Text | None:
    """Why a parameter on a block's face cannot have this name, or None where it can."""
    if name in BESIDE or name in OURS:
        return text("“{name}” has a meaning of its own at every layer; add a digit or a word to it.", name=name)
    return name_fault(name)


def lifted_with(block: Block, target: Target, name: str) -> Block:
    """The block with a parameter of a node inside set from its face, under this name or with those that have it.

    It starts with the value that it has inside; where the name is there already, with that one's. Raises Failure.
    """
    if not declared(block.graph, target):
        raise Failure(text("{node} has no parameter “{name}”.", node=target.node, name=target.parameter))
    if holder := _holder(block, target):
        sentence = text("{parameter} of {node} is set by “{name}” already.", **target_names(target), name=holder)
        raise Failure(sentence)
    if fault := parameter_fault(name):
        raise Failure(fault)
    old = next((lifted for lifted in block.parameters if lifted.name == name), None)
    if old is None:
        value = getattr(block.graph.nodes[target.node].layer, target.parameter)
        start = unscaled(value, target.times)
        lifted = Lifted(name, (target,), value if start is None else start)
        return replace(block, parameters=(*block.parameters, lifted))
    if not _alike(block.graph, old.targets[0], target):
        raise Failure(
            text("{parameter} of {node} is of another kind than “{name}”.", **target_names(target), name=name)
        )
    wider = replace(old, targets=(*old.targets, target))
    return replace(block, parameters=tuple(wider if one is old else one for one in block.parameters))


def lifted_without(block: Block, name: str, target: Target | None = None) -> Block:
    """The block without a parameter on its face, or without one target of it. The drawing keeps the default."""
    old = next(lifted for lifted in block.parameters if lifted.name == name)
    gone = [one for one in old.targets if target is None or one[:2] == target[:2]]
    kept = tuple(one for one in old.targets if one not in gone)
    graph, _ = with_values(replace(block, parameters=(replace(old, targets=tuple(gone)),)), {name: old.default})
    parameters = tuple(replace(one, targets=kept) if one is old else one for one in block.parameters)
    return replace(block, graph=graph, parameters=tuple(one for one in parameters if one.targets))


def retargeted(block: Block, names: Mapping[str, str], parameters: Mapping[str, Mapping[str, str]] = {}) -> Block:
    """The block with its lifted parameters in line with its drawing.

    `names` are nodes that were renamed, `parameters`, by node, parameters of these that were. What is lifted from a
    node or parameter that is gone comes off the face; a default that is no longer allowed gives way to what the
    drawing has.
    """
    moved = (
        replace(lifted, targets=tuple(_moved(target, names, parameters) for target in lifted.targets))
        for lifted in block.parameters
    )
    found = tuple(_sound(block.graph, moved))
    return block if found == block.parameters else replace(block, parameters=found)


def settled(block: Block, before: Block, names: Mapping[str, str]) -> Block:
    """The block with defaults on its face and values in its drawing that agree; `names` are nodes that were renamed.

    A value that was changed inside becomes the default, and else the default is what is drawn.
    """
    known = {lifted.name: lifted for lifted in before.parameters}
    parameters = []
    for lifted in block.parameters:
        old = known.get(lifted.name)
        drawn = _changed_inside(block, before, lifted, names) if old and old.default == lifted.default else None
        parameters.append(lifted if drawn is None else replace(lifted, default=drawn))
    found = replace(block, parameters=tuple(parameters))
    graph, _ = with_values(found, {lifted.name: lifted.default for lifted in parameters})
    return block if (graph, found.parameters) == (block.graph, block.parameters) else replace(found, graph=graph)


def _changed_inside(block: Block, before: Block, lifted: Lifted, names: Mapping[str, str]) -> Any:
    """The default that gives what was changed in the drawing; None where nothing was."""
    back = {new: old for old, new in names.items()}
    for target in lifted.targets:
        was = Target(back.get(target.node, target.node), target.parameter)
        if declared(block.graph, target) and declared(before.graph, was):
            new = getattr(block.graph.nodes[target.node].layer, target.parameter)
            if new != getattr(before.graph.nodes[was.node].layer, was.parameter):
                return unscaled(new, target.times)
    return None


def target_names(target: Target) -> dict[str, str]:
    """A target for a sentence."""
    return {"node": target.node, "parameter": target.parameter}


def _moved(target: Target, names: Mapping[str, str], parameters: Mapping[str, Mapping[str, str]]) -> Target:
    node = names.get(target.node, target.node)
    return Target(node, parameters.get(node, {}).get(target.parameter, target.parameter), target.times)


def _sound(graph: Graph[Layer], parameters: Iterable[Lifted]) -> Iterator[Lifted]:
    for lifted in parameters:
        targets = tuple(t for t in lifted.targets if t.node in graph.nodes and (_open(graph, t) or declared(graph, t)))
        if targets:
            found = replace(lifted, targets=targets)
            yield replace(found, default=face_default(graph, found, face_type(graph, found)))


def _open(graph: Graph[Layer], target: Target) -> bool:
    """Whether nothing is known of the layer's parameters, since this version does not know the layer."""
    return not type(graph.nodes[target.node].layer).about.id


def _holder(block: Block, target: Target) -> str:
    """The lifted parameter that sets the target already."""
    return next((one.name for one in block.parameters for other in one.targets if other[:2] == target[:2]), "")


def _alike(graph: Graph[Layer], one: Target, other: Target) -> bool:
    """Whether both take values of one type."""
    return _form(graph, one) == _form(graph, other)


def _form(graph: Graph[Layer], target: Target) -> tuple[Any, ...]:
    parameter = type(graph.nodes[target.node].layer).about.parameter(target.parameter)
    return parameter.kinds, parameter.choices, parameter.length, parameter.optional
