"""Where one is in a project: in the network, or in a block, which one came to through its instances."""

from typing import TypeAlias

from engine.blocks import PREFIX, BlockLayer
from engine.graph import Graph
from engine.layers import Layer
from engine.project.project import Project

Where: TypeAlias = tuple[str, ...]
"""The instances one went through, from the network inwards; () is the network itself.

The first may be "block:" and a name instead: that block was opened by itself, without an instance.
"""


def block_at(project: Project, where: Where) -> str:
    """The name of the block that is drawn there; empty for the network. Raises KeyError where there is none."""
    name = ""
    for step in where:
        name = _entered(project, name, step)
    return name


def drawing(project: Project, where: Where) -> Graph[Layer]:
    """What is drawn there: the network, or a block's definition."""
    name = block_at(project, where)
    return project.blocks[name].graph if name else project.graph


def sound(project: Project, where: Where) -> Where:
    """As far along the way as there is one in this project."""
    name = ""
    for depth, step in enumerate(where):
        try:
            name = _entered(project, name, step)
        except KeyError:
            return where[:depth]
    return where


def shown_way(project: Project, where: Where) -> Where:
    """The way through instances alone: to a block that was opened by itself, by the first of its instances."""
    if not where or not where[0].startswith(PREFIX):
        return where
    first = _first_way(project, "", where[0].removeprefix(PREFIX))
    return where if first is None else (*first, *where[1:])


def _first_way(project: Project, drawn: str, wanted: str) -> Where | None:
    """The way from a drawing to an instance of a block; None where there is none."""
    nodes = (project.blocks[drawn].graph if drawn else project.graph).nodes
    seen: set[str] = set()
    for node, found in nodes.items():
        if not isinstance(found.layer, BlockLayer) or found.layer.name in seen:
            continue
        seen.add(found.layer.name)
        rest = () if found.layer.name == wanted else _first_way(project, found.layer.name, wanted)
        if rest is not None:
            return (node, *rest)
    return None


def _entered(project: Project, name: str, step: str) -> str:
    """The block that a step leads to from the drawing of a block (empty: from the network)."""
    if step.startswith(PREFIX):
        found = step.removeprefix(PREFIX)
        project.blocks[found]
        return found
    nodes = (project.blocks[name].graph if name else project.graph).nodes
    layer = nodes[step].layer
    if not isinstance(layer, BlockLayer) or layer.name not in project.blocks:
        raise KeyError(step)
    return layer.name
