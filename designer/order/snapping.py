"""Where a card that is moved comes to lie in line with others, or as far from one as that is from the next."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""

SAME = 0.5


class Guide(NamedTuple):
    """A line that says why a card lies where it does; with `room`, it spans the room between two cards."""

    x1: float
    y1: float
    x2: float
    y2: float
    room: bool = False

    @property
    def length(self) -> float:
        return abs(self.x2 - self.x1) + abs(self.y2 - self.y1)


class Stop(NamedTuple):
    """A place along one axis at which a box would be in order: how far it is to there, and what with."""

    away: float
    boxes: tuple[Box, ...]
    kind: int = 1  # of a line: 0 and 2 the edges, 1 the middle


class Snapper:
    """Compares a moved box with the boxes that are seen. What is asked for each move is a look into sorted lists."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._boxes = list(boxes)
        self._lines = [self._sorted(axis) for axis in (0, 1)]

    def nearest(self, moved: Box, axis: int, reach: float) -> float | None:
        """How far along an axis (0 across, 1 down) it is to the nearest place in order; None where none is near."""
        stops = [*self._in_line(moved, axis, reach), *self._spaced(moved, axis, reach)]
        return min((stop.away for stop in stops), key=abs, default=None)

    def guides(self, placed: Box) -> list[Guide]:
        """What a box in its place is in order with: for its middle and edges the nearest card each, and equal rooms."""
        found: list[Guide] = []
        for axis in (0, 1):
            nearest: dict[int, Stop] = {}
            for stop in sorted(self._in_line(placed, axis, SAME), key=lambda stop: (stop.kind != 1, stop.kind)):
                best = nearest.get(stop.kind)
                if best is None or _apart(placed, stop.boxes[0], axis) < _apart(placed, best.boxes[0], axis):
                    nearest[stop.kind] = stop
            middle = nearest.get(1)
            for kind, stop in nearest.items():
                if kind == 1 or middle is None or stop.boxes != middle.boxes:
                    found.append(_line(_edges(placed, axis)[kind], placed, stop.boxes[0], axis, kind == 1))
            for stop in self._spaced(placed, axis, SAME):
                found += _rooms(sorted((*stop.boxes, placed), key=lambda box: box[axis]), axis)
        return list(dict.fromkeys(found))

    def _sorted(self, axis: int) -> list[tuple[float, int, int]]:
        """Every edge and middle along an axis, with which of the three it is and of which box."""
        return sorted(
            (edge, kind, number)
            for number, box in enumerate(self._boxes)
            for kind, edge in enumerate(_edges(box, axis))
        )

    def _in_line(self, moved: Box, axis: int, reach: float) -> Iterator[Stop]:
        lines = self._lines[axis]
        for kind, edge in enumerate(_edges(moved, axis)):
            at = bisect_left(lines, (edge - reach, -1, -1))
            while at < len(lines) and lines[at][0] <= edge + reach:
                line, other, number = lines[at]
                at += 1
                if (kind == 1) == (other == 1):
                    yield Stop(line - edge, (self._boxes[number],), kind)

    def _spaced(self, moved: Box, axis: int, reach: float) -> Iterator[Stop]:
        """The middle between two neighbours, and as far from one as that is from its own next."""
        before, after = self._neighbours(moved, axis)
        low, high = moved[axis], moved[axis + 2]
        wanted: list[tuple[float, Sequence[Box]]] = []
        if before and after:
            wanted.append((((before[0][axis + 2] + after[0][axis]) - (high - low)) / 2 - low, (before[0], after[0])))
        if len(before) > 1:
            room = before[0][axis] - before[1][axis + 2]
            wanted.append((before[0][axis + 2] + room - low, before[:2]))
        if len(after) > 1:
            room = after[1][axis] - after[0][axis + 2]
            wanted.append((after[0][axis] - room - high, after[:2]))
        for away, boxes in wanted:
            if abs(away) <= reach:
                yield Stop(away, tuple(boxes))

    def _neighbours(self, moved: Box, axis: int) -> tuple[list[Box], list[Box]]:
        """The next two boxes on either side that lie in the same row or column."""
        other = 1 - axis
        beside = [b for b in self._boxes if b[other] < moved[other + 2] and b[other + 2] > moved[other]]
        before = sorted((b for b in beside if b[axis + 2] <= moved[axis]), key=lambda b: -b[axis + 2])
        after = sorted((b for b in beside if b[axis] >= moved[axis + 2]), key=lambda b: b[axis])
        return before[:2], after[:2]


def _edges(box: Box, axis: int) -> tuple[float, float, float]:
    return box[axis], (box[axis] + box[axis + 2]) / 2, box[axis + 2]


def _apart(one: Box, two: Box, axis: int) -> float:
    """The room between two boxes across an axis; below 0 where they overlap."""
    other = 1 - axis
    return max(two[other] - one[other + 2], one[other] - two[other + 2])


def _line(at: float, one: Box, two: Box, axis: int, middle: bool) -> Guide:
    """Along an edge over both boxes, or along their middles from one to the other."""
    other = 1 - axis
    upper, lower = (one, two) if one[other] < two[other] else (two, one)
    across = middle and upper[other + 2] < lower[other]
    begin, end = (upper[other + 2], lower[other]) if across else (upper[other], max(one[other + 2], two[other + 2]))
    return Guide(at, begin, at, end, across) if axis == 0 else Guide(begin, at, end, at, across)


def _rooms(boxes: Sequence[Box], axis: int) -> Iterator[Guide]:
    """Across the rooms between boxes in a row."""
    other = 1 - axis
    for one, two in pairwise(boxes):
        middle = (max(one[other], two[other]) + min(one[other + 2], two[other + 2])) / 2
        begin, end = one[axis + 2], two[axis]
        yield Guide(begin, middle, end, middle, True) if axis == 0 else Guide(middle, begin, middle, end, True)
