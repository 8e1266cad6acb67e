"""Cards brought into line, or set at equal distances: places in, places out."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from engine.arranging import Card
from engine.graph import Place

Edge: TypeAlias = Literal["left", "centre", "right", "top", "middle", "bottom"]
Axis: TypeAlias = Literal["across", "down"]
Places: TypeAlias = Mapping[str, Place]
Cards: TypeAlias = Mapping[str, Card]

SHARES: Mapping[Edge, tuple[int, float]] = {
    "left": (0, 0),
    "centre": (0, 0.5),
    "right": (0, 1),
    "top": (1, 0),
    "middle": (1, 0.5),
    "bottom": (1, 1),
}
"""Which axis an edge lies across, and where along the card."""


def aligned(places: Places, cards: Cards, edge: Edge) -> dict[str, Place]:
    """The places with this edge of every card on one line: that of the outermost, or the middle of all."""
    axis, share = SHARES[edge]
    starts = {name: place[axis] for name, place in places.items()}
    ends = {name: starts[name] + _size(cards[name], axis) for name in places}
    line = min(starts.values()) + share * (max(ends.values()) - min(starts.values()))
    return {name: _put(place, axis, line - share * _size(cards[name], axis)) for name, place in places.items()}


def distributed(places: Places, cards: Cards, along: Axis) -> dict[str, Place]:
    """The places with the same room between each card and the next; the outermost two stay."""
    axis = 0 if along == "across" else 1
    order = sorted(places, key=lambda name: (places[name][axis] + _size(cards[name], axis) / 2, name))
    start = places[order[0]][axis]
    end = places[order[-1]][axis] + _size(cards[order[-1]], axis)
    room = (end - start - sum(_size(cards[name], axis) for name in order)) / max(len(order) - 1, 1)
    moved, at = {}, start
    for name in order:
        moved[name] = _put(places[name], axis, at)
        at += _size(cards[name], axis) + room
    return {name: moved[name] for name in places}


def _size(card: Card, axis: int) -> float:
    return card.height if axis else card.width


def _put(place: Place, axis: int, at: float) -> Place:
    return Place(place.x, at) if axis else Place(at, place.y)
