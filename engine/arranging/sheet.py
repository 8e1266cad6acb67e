"""What is laid out: cards of some size, and lines between places on their edges."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from engine.graph.flow import GRID
from engine.graph.graph import Flow, Place

SPACE = 44  # between cards one above the other: with a plain card's height a multiple of the grid
ASIDE = 56  # between cards side by side
AHEAD = 80  # between cards one after the other to the right: the names of their ports have room
FURTHEST = 60  # steps of the grid


class Card(msgspec.Struct, frozen=True):
    """The size of a card, in pixels at 100%; `axis` is how far across it the flow goes through it: its middle."""

    width: float
    height: float
    axis: float | None = None


class Line(msgspec.Struct, frozen=True):
    """A wire from a card to a card; `end` says where on the edge that it goes into, from 0 to 1."""

    source: str
    target: str
    end: float = 0.5


class Sheet(msgspec.Struct, frozen=True):
    """All that a layout depends on. Lines from or to cards that are not there do not count."""

    cards: Mapping[str, Card]
    lines: tuple[Line, ...] = ()
    flow: Flow = "down"


class Box(msgspec.Struct, frozen=True):
    """A card at a place."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: "Box", room: float = 0) -> bool:
        """Whether the other one lies on it, or nearer than `room`."""
        return (
            self.left - room < other.right
            and other.left - room < self.right
            and self.top - room < other.bottom
            and other.top - room < self.bottom
        )


def box(place: Place, card: Card) -> Box:
    """Where a card lies."""
    return Box(place.x, place.y, place.x + card.width, place.y + card.height)


def on_grid(place: Place) -> Place:
    """The nearest point of the grid; never brings two cards nearer than a step less than they were."""
    return Place(math.floor(place.x / GRID + 0.5) * GRID, math.floor(place.y / GRID + 0.5) * GRID)


def settled(places: Mapping[str, Place], cards: Mapping[str, Card], others: Mapping[str, Box]) -> dict[str, Place]:
    """The places moved all by the same way, the shortest found, so that no card lies on one of the others."""
    boxes = [box(place, cards[name]) for name, place in places.items()]
    near = Boxes(others.values())
    for x, y in _ways():
        if not any(near.touch(Box(b.left + x, b.top + y, b.right + x, b.bottom + y)) for b in boxes):
            return {name: Place(place.x + x, place.y + y) for name, place in places.items()}
    beyond = max(b.right for b in others.values()) + ASIDE - min(b.left for b in boxes)
    away = math.ceil(beyond / GRID) * GRID
    return {name: Place(place.x + away, place.y) for name, place in places.items()}


class Boxes:
    """Boxes sorted into cells, so that a look for what one touches costs the same for any number."""

    CELL = 256

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
        for one in boxes:
            for cell in self._over(one):
                self._cells[cell].append(one)

    def touch(self, other: Box, room: float = GRID / 2) -> bool:
        """Whether any lies on this one, or nearer than `room`."""
        wide = Box(other.left - room, other.top - room, other.right + room, other.bottom + room)
        return any(one.covers(other, room) for cell in self._over(wide) for one in self._cells.get(cell, ()))

    def _over(self, one: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(one.left // self.CELL), int(one.right // self.CELL) + 1):
            for row in range(int(one.top // self.CELL), int(one.bottom // self.CELL) + 1):
                yield column, row


def _ways() -> Iterator[tuple[int, int]]:
    """Ways from here, the shorter first: multiples of the grid."""
    yield 0, 0
    for far in range(1, FURTHEST):
        for x, y in ((far, 0), (-far, 0), (0, far), (0, -far), (far, far), (-far, far), (far, -far), (-far, -far)):
            yield x * GRID, y * GRID
