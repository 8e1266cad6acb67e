"""Going from node to node with the keyboard: along the wires, among the branches, from wire to wire."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, TypeAlias

from PySide6.QtCore import QPointF

from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH
from engine.check.order import sources_of
from engine.graph import Graph, Place, Wire
from engine.graph.flow import along, beside
from engine.layers import Layer

Way: TypeAlias = Literal["up", "down", "left", "right"]

BACK: dict[Way, Way] = {"up": "down", "down": "up", "left": "right", "right": "left"}
TURNED: dict[Way, Way] = {"right": "down", "left": "up", "down": "right", "up": "left"}
ASIDE = 2.5  # so much worse is a step aside than a step ahead


class Paths:
    """The wires of a drawing as one walks them: looked at once, since a drawing never changes."""

    def __init__(self, graph: Graph[Layer]) -> None:
        self.graph = graph
        self._sources: defaultdict[str, set[str]] = defaultdict(set)
        self._targets: defaultdict[str, set[str]] = defaultdict(set)
        right = down = 0.0
        for name, node in graph.nodes.items():
            for source in sources_of(node):
                if source in graph.places and name in graph.places and source != name:
                    self._sources[name].add(source)
                    self._targets[source].add(name)
                    right += graph.places[name].x - graph.places[source].x
                    down += graph.places[name].y - graph.places[source].y
        self._flows_right = graph.flow == "right" or right > down  # branches to both sides make up for each other

    def ahead(self, here: str, way: Way) -> set[str]:
        """The nodes an arrow may lead to: up and down along wires, else among branches, else whatever lies there.

        Where the drawing flows from left to right, left and right go along the wires.
        """
        along = TURNED[way] if self._flows_right else way
        found = self._along(here, along)
        if along in ("left", "right"):
            found = {name for name in found if _distance(self.graph, here, name, way) is not None}
        return found or {name for name in self.graph.places if _distance(self.graph, here, name, way) is not None}

    def _along(self, here: str, way: Way) -> set[str]:
        """The nodes along the wires; to the sides those that have a source or a target in common with this one."""
        if way == "up":
            return self._sources[here]
        if way == "down":
            return self._targets[here]
        before, after = self._sources[here], self._targets[here]
        beside = [self._targets[name] for name in before] + [self._sources[name] for name in after]
        return set().union(*beside) - {here}


class Trail:
    """Remembers by which way one came, so that the arrow back leads back where there are several ways."""

    def __init__(self) -> None:
        self._came: dict[tuple[str, Way], str] = {}
        self._paths = Paths(Graph())

    def step(self, graph: Graph[Layer], here: str, way: Way) -> str | None:
        """Where an arrow leads from a node; None where there is nothing that way."""
        if self._paths.graph is not graph:
            self._paths = Paths(graph)
        near = self._paths.ahead(here, way)
        came = self._came.get((here, way))
        there = came if came in near else _nearest(graph, here, near, way)
        if there is not None:
            self._came[there, BACK[way]] = here
        return there


def nearest_to(graph: Graph[Layer], point: QPointF) -> str | None:
    """The node whose card is nearest to a point of the scene."""

    def away(name: str) -> float:
        x, y = graph.places[name]
        return float((QPointF(x + CARD_WIDTH / 2, y + CARD_HEIGHT / 2) - point).manhattanLength())

    return min(graph.places, key=away, default=None)


def first_input(graph: Graph[Layer]) -> str | None:
    """The node that nothing comes into which lies first along the flow; the first of all where there is none."""
    begins = [name for name, node in graph.nodes.items() if not any(sources_of(node))]
    return _extreme(graph, begins or graph.nodes, -1)


def last_output(graph: Graph[Layer]) -> str | None:
    """The node that nothing comes out of which lies last along the flow; the last of all where there is none."""
    feeding = {wire.source.node for wire in graph.wires()}
    return _extreme(graph, [name for name in graph.nodes if name not in feeding] or graph.nodes, 1)


def wires_at(graph: Graph[Layer], name: str) -> list[Wire]:
    """The wires of a node: those that come in, then those that leave it, each from side to side."""

    def side(end: str) -> float:
        return beside(graph.flow, graph.places.get(end, Place(0, 0)))

    leaving = sorted(graph.out_of(name), key=lambda wire: side(wire.target.node))
    return [*graph.into(name), *leaving]


def _nearest(graph: Graph[Layer], here: str, names: Iterable[str], way: Way) -> str | None:
    def away(name: str) -> tuple[float, str]:
        ahead_of = _distance(graph, here, name, way)
        return (ahead_of if ahead_of is not None else 1e9, name)

    return min(names, key=away, default=None)


def _distance(graph: Graph[Layer], here: str, name: str, way: Way) -> float | None:
    """How far a node lies that way, aside counting more; None where it does not lie there."""
    places = graph.places
    if name == here or name not in places or here not in places:
        return None
    x, y = places[name].x - places[here].x, places[name].y - places[here].y
    forth, aside = (y, x) if way in ("up", "down") else (x, y)
    forth = -forth if way in ("up", "left") else forth
    return forth + ASIDE * abs(aside) if forth > 0 else None


def _extreme(graph: Graph[Layer], names: Iterable[str], sign: int) -> str | None:
    flow, places = graph.flow, graph.places
    placed = [name for name in names if name in places]
    return min(placed, key=lambda name: (-sign * along(flow, places[name]), beside(flow, places[name])), default=None)
