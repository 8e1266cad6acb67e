"""Where a node lies that nobody has placed yet: below what feeds it, on the grid, never on another card."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH, GRID
from engine.graph import Graph, Place
from engine.layers import Layer

ROW = 4 * GRID
COLUMN = 9 * GRID
REACH = 12


class Cards:
    """The places of cards, sorted into cells of a card's size: a look for room costs the same for any number."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._cells: dict[tuple[int, int], list[Place]] = defaultdict(list)
        self._looks: dict[Place, tuple[Place, Iterator[Place]]] = {}
        self.right: float = -COLUMN
        """Where the card furthest to the right lies."""
        for place in places:
            self.add(place)

    def add(self, place: Place) -> None:
        self._cells[_cell(place)].append(place)
        self.right = max(self.right, place.x)

    def room(self, wanted: Place) -> Place:
        """The place nearest to the wanted one, sideways first, where a card covers no other."""
        start = snapped(wanted)
        place, around = self._looks.get(start, (start, _around(start)))
        while self._covers(place):  # what was covered stays so: a later look goes on from here
            place = next(around)
        self._looks[start] = place, around
        return place

    def _covers(self, place: Place) -> bool:
        column, row = _cell(place)
        near = (self._cells.get((column + x, row + y), ()) for x in (-1, 0, 1) for y in (-1, 0, 1))
        return any(
            abs(place.x - card.x) < CARD_WIDTH and abs(place.y - card.y) < CARD_HEIGHT
            for cards in near
            for card in cards
        )


def placed(graph: Graph[Layer]) -> Graph[Layer]:
    """The drawing with a place for every node; those that have one stay, but for making room (`inserted`)."""
    missing = graph.nodes.keys() - graph.places.keys()
    if not missing:
        return graph
    for name in [name for name in graph.nodes if name in missing and _is_between(graph, name)]:
        graph = inserted(graph, name, _wanted(graph, name, graph.places, 0))
    places = dict(graph.places)
    cards = Cards(places.values())
    for name in sources_first(graph, graph.nodes.keys() - places.keys()):
        places[name] = cards.room(_wanted(graph, name, places, cards.right))
        cards.add(places[name])
    return replace(graph, places=places)


def inserted(graph: Graph[Layer], name: str, place: Place) -> Graph[Layer]:
    """With a node at a place, below what feeds it, and all that it feeds pushed down where they would overlap."""
    sources = [graph.places[wire.source.node] for wire in graph.into(name) if wire.source.node in graph.places]
    top = max((source.y + ROW for source in sources), default=place.y)
    place = snapped(Place(place.x, max(place.y, top)))
    takers = _takers(graph)
    fed = [graph.places[taker].y for taker in takers[name] if taker in graph.places]
    push = place.y + ROW - min(fed, default=place.y + ROW)
    places = {**graph.places, name: place}
    for other in _reached(name, takers) & graph.places.keys() if push > 0 else ():
        places[other] = Place(places[other].x, places[other].y + push)
    return replace(graph, places=places)


def below(place: Place) -> Place:
    """One row further down."""
    return Place(place.x, place.y + ROW)


def snapped(place: Place) -> Place:
    """The nearest point of the grid."""
    return Place(round(place.x / GRID) * GRID, round(place.y / GRID) * GRID)


def _cell(place: Place) -> tuple[int, int]:
    return int(place.x // CARD_WIDTH), int(place.y // CARD_HEIGHT)


def _around(place: Place) -> Iterator[Place]:
    row = 0
    while True:
        for column in range(REACH):
            yield Place(place.x + column * COLUMN, place.y + row * ROW)
            if column:
                yield Place(place.x - column * COLUMN, place.y + row * ROW)
        row += 1


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


def _wanted(graph: Graph[Layer], name: str, places: Mapping[str, Place], right: float) -> Place:
    """Below its lowest source, or in the middle of several; in a column right of all where it has none."""
    above = [places[wire.source.node] for wire in graph.into(name) if wire.source.node in places]
    if not above:
        return Place(right + COLUMN, 0)
    return Place(sum(place.x for place in above) / len(above), max(place.y for place in above) + ROW)


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
