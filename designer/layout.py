"""Where a node lies that nobody has placed yet: after what feeds it, on the grid, never on another card."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from math import ceil
from typing import TypeAlias

from msgspec.structs import replace

from designer.canvas.ports import USUAL, Size, size_in
from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH, GRID
from engine.graph import Flow, Graph, Place
from engine.graph.flow import CLOSE, ROW, along, beside, place_at
from engine.layers import Layer

REACH = 12

Box: TypeAlias = tuple[float, float, float, float]


class Cards:
    """Where cards lie, sorted into cells of a card's size: a look for room costs the same for any number."""

    def __init__(self, places: Iterable[Place] = (), flow: Flow = "down") -> None:
        self._flow: Flow = flow
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        self._looks: dict[tuple[Place, Size], tuple[Place, Iterator[Place]]] = {}
        self.last: float = -CLOSE[flow]
        """Where, beside the flow, the last of the cards lies."""
        for place in places:
            self.add(place)

    def add(self, place: Place, size: Size = USUAL) -> None:
        """Puts a card down."""
        box = _box(place, size)
        for cell in _cells(box):
            self._cells[cell].append(box)
        more = size.height - CARD_HEIGHT if self._flow == "right" else size.width - CARD_WIDTH
        self.last = max(self.last, beside(self._flow, place) + more)

    def room(self, wanted: Place, size: Size = USUAL) -> Place:
        """The place nearest to the wanted one, beside it first, where a card of this size covers no other."""
        start = snapped(wanted)
        place, around = self._looks.get((start, size), (start, _around(start, self._flow)))
        while self._covers(_box(place, size)):  # what was covered stays so: a later look goes on from here
            place = next(around)
        self._looks[start, size] = place, around
        return place

    def _covers(self, box: Box) -> bool:
        left, top, right, bottom = box
        for cell in _cells(box):
            for card in self._cells.get(cell, ()):
                if card[0] < right and card[2] > left and card[1] < bottom and card[3] > top:
                    return True
        return False


def occupied(graph: Graph[Layer]) -> Cards:
    """The cards of a drawing."""
    cards = Cards(flow=graph.flow)
    for name, place in graph.places.items():
        cards.add(place, _size(graph, name))
    return cards


def placed(graph: Graph[Layer]) -> Graph[Layer]:
    """The drawing with a place for every node; those that have one stay, but for making room (`inserted`)."""
    if graph.nodes.keys() <= graph.places.keys():
        return graph
    missing = graph.nodes.keys() - graph.places.keys()
    for name in [name for name in graph.nodes if name in missing and _is_between(graph, name)]:
        graph = inserted(graph, name, _wanted(graph, name, graph.places, 0))
    places = dict(graph.places)
    cards = occupied(graph)
    for name in sources_first(graph, graph.nodes.keys() - places.keys()):
        size = _size(graph, name)
        places[name] = cards.room(_wanted(graph, name, places, cards.last), size)
        cards.add(places[name], size)
    return replace(graph, places=places)


def inserted(graph: Graph[Layer], name: str, place: Place) -> Graph[Layer]:
    """With a node at a place, after what feeds it, and all that it feeds pushed on where they would overlap."""
    flow, row = graph.flow, ROW[graph.flow]
    sources = [graph.places[wire.source.node] for wire in graph.into(name) if wire.source.node in graph.places]
    first = max((along(flow, source) + row for source in sources), default=along(flow, place))
    place = snapped(place_at(flow, max(along(flow, place), first), beside(flow, place)))
    takers = _takers(graph)
    free = along(flow, place) + row
    push = free - min(
        (along(flow, graph.places[taker]) for taker in takers[name] if taker in graph.places), default=free
    )
    places = {**graph.places, name: place}
    for other in _reached(name, takers) & graph.places.keys() if push > 0 else ():
        places[other] = place_at(flow, along(flow, places[other]) + push, beside(flow, places[other]))
    return replace(graph, places=places)


def onward(place: Place, flow: Flow) -> Place:
    """One row further along the flow."""
    return place_at(flow, along(flow, place) + ROW[flow], beside(flow, place))


def snapped(place: Place) -> Place:
    """The nearest point of the grid."""
    return Place(round(place.x / GRID) * GRID, round(place.y / GRID) * GRID)


def _size(graph: Graph[Layer], name: str) -> Size:
    """The size of a card; downwards, hardly any differs from the others in its height, which is what counts there."""
    return size_in(graph, name) if graph.flow == "right" and name in graph.nodes else USUAL


def _box(place: Place, size: Size) -> Box:
    return place.x, place.y, place.x + size.width, place.y + size.height


def _cells(box: Box) -> list[tuple[int, int]]:
    left, top, right, bottom = box
    rows = range(int(top // CARD_HEIGHT), ceil(bottom / CARD_HEIGHT))
    return [(column, row) for column in range(int(left // CARD_WIDTH), ceil(right / CARD_WIDTH)) for row in rows]


def _around(place: Place, flow: Flow) -> Iterator[Place]:
    far, side = along(flow, place), beside(flow, place)
    while True:
        for column in range(REACH):
            yield place_at(flow, far, side + column * CLOSE[flow])
            if column:
                yield place_at(flow, far, side - column * CLOSE[flow])
        far += ROW[flow]


def _takers(graph: Graph[Layer]) -> dict[str, list[str]]:
    """For each node those that it feeds."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for wire in graph.wires():
        found[wire.source.node].append(wire.target.node)
    return found


def _reached(start: str, takers: dict[str, list[str]]) -> set[str]:
    """All that a node feeds, directly or not, but the node itself."""
    seen = {start}
    stack = [start]
    while stack:
        fresh = [name for name in takers.get(stack.pop(), ()) if name not in seen]
        seen.update(fresh)
        stack.extend(fresh)
    return seen - {start}


def _is_between(graph: Graph[Layer], name: str) -> bool:
    """Whether a node without a place has been put on a wire between two nodes that have one."""
    fed = any(wire.source.node in graph.places for wire in graph.into(name))
    return fed and any(wire.target.node in graph.places for wire in graph.out_of(name))


def _wanted(graph: Graph[Layer], name: str, places: Mapping[str, Place], last: float) -> Place:
    """After its furthest source, or in the middle of several; beside all others where it has none."""
    flow = graph.flow
    before = [places[wire.source.node] for wire in graph.into(name) if wire.source.node in places]
    if not before:
        return place_at(flow, 0, last + CLOSE[flow])
    middle = sum(beside(flow, place) for place in before) / len(before)
    return place_at(flow, max(along(flow, place) for place in before) + ROW[flow], middle)


def sources_first(graph: Graph[Layer], names: AbstractSet[str]) -> Iterator[str]:
    """The names in the drawing's order, but each after those of them that feed it; cycles are cut anywhere."""
    seen: set[str] = set()
    done: set[str] = set()
    for start in (name for name in graph.nodes if name in names):
        stack = [start]
        while stack:
            name = stack[-1]
            feeding = [w.source.node for w in graph.into(name) if w.source.node in names and w.source.node not in seen]
            seen.update((name, *feeding[:1]))
            if feeding:
                stack.append(feeding[0])
                continue
            stack.pop()
            if name not in done:
                done.add(name)
                yield name
