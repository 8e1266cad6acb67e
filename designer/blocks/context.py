"""The report on what is drawn at a place: in a block, that of the instance one came through."""

from collections.abc import Mapping
from typing import NamedTuple

from designer.blocks.places import Where, drawing
from engine.blocks import PREFIX, BlockLayer, inside
from engine.check.checker import Checker
from engine.check.report import Report
from engine.check.wiring import arguments_from, wires_of
from engine.graph import Graph
from engine.layers import Layer
from engine.project.project import Project


class Context(NamedTuple):
    """The drawing at a place with the instance's values in it, and the report on it.

    `repeat` says, from 0, which of the instance's `repeats` this is. `known` is False in a block by itself.
    """

    graph: Graph[Layer]
    report: Report
    repeat: int = 0
    repeats: int = 1
    known: bool = True


class Contexts:
    """Works out contexts; quick for the same block again after an edit, and at once for what did not change."""

    def __init__(self) -> None:
        self._checker = Checker(inner=True)

    def at(self, project: Project, where: Where, network: Report, chosen: Mapping[Where, int]) -> Context:
        """The context at a place. `network` is the report on the network, `chosen` which repeat is asked for where.

        In a block that one came to without an instance, or through one that nothing known flows into, the context is
        the block by itself, with what its inputs give as examples.
        """
        found = Context(project.graph, network)
        for depth, step in enumerate(where, 1):
            inner = None if step.startswith(PREFIX) else within(found, step, chosen.get(where[:depth]))
            found = inner or self._alone(drawing(project, where[:depth]))
        return found

    def _alone(self, graph: Graph[Layer]) -> Context:
        return Context(graph, self._checker.update(graph), known=False)


def within(outer: Context, name: str, repeat: int | None = None) -> Context | None:
    """What is in an instance: the repeat that is asked for, or else the first with an error, or the first."""
    nodes = outer.graph.nodes
    layer = nodes[name].layer
    arriving = arguments_from(wires_of(nodes, name), outer.report.specs)
    if not isinstance(layer, BlockLayer) or arriving is None or None in arriving:
        return None
    repeats = inside(layer, *(spec for spec in arriving if spec is not None))
    if not repeats:
        return None
    at = len(repeats) - 1 if not repeats[-1].report.ok else 0
    if repeat is not None:
        at = min(repeat, len(repeats) - 1)
    return Context(repeats[at].graph, repeats[at].report, at, len(repeats))
