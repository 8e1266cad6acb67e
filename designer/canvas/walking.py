"""Going from node to node with the keyboard: along the wires, among the branches, from wire to wire."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from PySide6.QtCore import QPointF

from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH
from engine.check.order import sources_of
from engine.graph import Graph, Place, Wire
from engine.layers import Layer

Way: TypeAlias = Literal["up", "down", "left", "right"]

BACK: dict[Way, Way] = {"up": "down", "down": "up", "left": "right", "right": "left"}
TURNED: dict[Way, Way] = {"right": "down", "left": "up", "down": "right", "up": "left"}
ASIDE = 2.5  # so much worse is a step aside than a step ahead


class Trail:
    """Remembers by which way one came, so that the arrow back leads back where there are several ways."""

    def __init__(self) -> None:
        self._came: dict[tuple[str, Way], str] = {}

    def step(self, graph: Graph[Layer], here: str, way: Way) -> str | None:
        """Where an arrow leads from a node; None where there is nothing that way."""
        near = ahead(graph, here, way)
        came = self._came.get((here, way))
        there = came if came in near else _nearest(graph, here, near, way)
        if there is not None:
            self._came[there, BACK[way]] = here
        return there


def ahead(graph: Graph[Layer], here: str, way: Way) -> set[str]:
    """The nodes that an arrow may lead to: up and down along wires, else among branches, else whatever lies there.

    Where the drawing flows from left to right, left and right go along the wires.
    """
    along = TURNED[way] if _flows_right(graph) else way
    found = _along(graph, here, along)
    if along in ("left", "right"):
        found = {name for name in found if _distance(graph, here, name, way) is not None}
    return found or {name for name in graph.places if _distance(graph, here, name, way) is not None}


def nearest_to(graph: Graph[Layer], point: QPointF) -> str | None:
    """The node whose card is nearest to a point of the scene."""

    def away(name: str) -> float:
        x, y = graph.places[name]
        return float((QPointF(x + CARD_WIDTH / 2, y + CARD_HEIGHT / 2) - point).manhattanLength())

    return min(graph.places, key=away, default=None)


def first_input(graph: Graph[Layer]) -> str | None:
    """The topmost node that nothing comes into; the topmost of all where there is none."""
    begins = [name for name, node in graph.nodes.items() if not any(sources_of(node))]
    return _extreme(graph, begins or graph.nodes, -1)


def last_output(graph: Graph[Layer]) -> str | None:
    """The lowest node that nothing comes out of; the lowest of all where there is none."""
    feeding = {wire.source.node for wire in graph.wires()}
    return _extreme(graph, [name for name in graph.nodes if name not in feeding] or graph.nodes, 1)


def wires_at(graph: Graph[Layer], name: str) -> list[Wire]:
    """The wires of a node: those that come in, then those that leave it, each from left to right."""

    def left(end: str) -> float:
        return graph.places.get(end, Place(0, 0)).x

    leaving = sorted(graph.out_of(name), key=lambda wire: left(wire.target.node))
    return [*graph.into(name), *leaving]


def _along(graph: Graph[Layer], here: str, way: Way) -> set[str]:
    """The nodes along the wires; to the sides those that have a source or a target in common with this one."""
    sources = {wire.source.node for wire in graph.into(here)} & graph.nodes.keys()
    if way == "up":
        return sources - {here}
    pairs = _wired(graph)
    targets = {target for source, target in pairs if source == here}
    if way == "down":
        return targets - {here}
    return ({t for s, t in pairs if s in sources} | {s for s, t in pairs if t in targets}) - {here}


def _flows_right(graph: Graph[Layer]) -> bool:
    """Whether the wires lead to the right rather than down: branches to both sides make up for each other."""
    places = graph.places
    pairs = [(places[source], places[target]) for source, target in _wired(graph)]
    return sum(there.x - here.x for here, there in pairs) > sum(there.y - here.y for here, there in pairs)


def _wired(graph: Graph[Layer]) -> list[tuple[str, str]]:
    """The wires that can be seen, as names of nodes."""
    found = [(wire.source.node, wire.target.node) for wire in graph.wires()]
    return [(source, target) for source, target in found if source in graph.places and target in graph.places]


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
    forth, aside = {"up": (-y, x), "down": (y, x), "left": (-x, y), "right": (x, y)}[way]
    return forth + ASIDE * abs(aside) if forth > 0 else None


def _extreme(graph: Graph[Layer], names: Iterable[str], sign: int) -> str | None:
    placed = [name for name in names if name in graph.places]
    return min(placed, key=lambda name: (-sign * graph.places[name].y, graph.places[name].x), default=None)
