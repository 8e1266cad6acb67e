"""Where things lie: those near a rectangle are found without a look at all of them."""

from collections.abc import Iterable, Mapping
from itertools import chain
from math import inf
from typing import Generic, TypeAlias, TypeVar

Thing = TypeVar("Thing")
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in the scene."""

CELL = 512.0
NOWHERE: Box = (inf, inf, -inf, -inf)
MANY = 256  # cells
WIDE = 64  # cells; what lies in more of them is kept apart


class Space(Generic[Thing]):
    """Things and the boxes around them, sorted into the cells of a grid."""

    def __init__(self) -> None:
        self._boxes: dict[Thing, Box] = {}
        self._cells: dict[tuple[int, int], dict[Thing, None]] = {}
        self._wide: dict[Thing, None] = {}
        self._gone: dict[Thing, Box] = {}  # no longer here, but still in cells

    def put(self, thing: Thing, box: Box) -> None:
        """Takes a thing in, or moves it."""
        span = _span(box)
        old = self._boxes.get(thing)
        if old is None or _span(old) != span:
            if old is not None:
                self._leave(thing, _span(old))
            self._enter(thing, span)
        self._boxes[thing] = box

    def put_all(self, boxes: Mapping[Thing, Box]) -> None:
        """Takes many things in that are new here."""
        cells = self._cells
        for thing, box in boxes.items():
            first, top, last, bottom = span = _span(box)
            if last - first > 1 or bottom - top > 1:
                self._enter(thing, span)
                continue
            for cell in {(first, top), (last, top), (first, bottom), (last, bottom)}:
                if cell in cells:
                    cells[cell][thing] = None
                else:
                    cells[cell] = {thing: None}
        self._boxes.update(boxes)

    def join(self, other: "Space[Thing]") -> None:
        """Takes in all things of another, which are new here; the other is not used any more."""
        cells = self._cells
        for cell, things in other._cells.items():
            if cell in cells:
                cells[cell].update(things)
            else:
                cells[cell] = things
        self._boxes.update(other._boxes)
        self._wide.update(other._wide)

    def drop(self, thing: Thing) -> None:
        """Forgets a thing."""
        self._leave(thing, _span(self._boxes.pop(thing)))

    def part_with(self, thing: Thing) -> None:
        """Forgets a thing, and leaves it to `sweep` to clear up after it: for many at once."""
        self._gone[thing] = self._boxes.pop(thing)

    @property
    def littered(self) -> bool:
        return bool(self._gone)

    def sweep(self, most: int) -> None:
        """Clears up after so many things that are gone."""
        for _ in range(min(most, len(self._gone))):
            thing, box = self._gone.popitem()
            self._leave(thing, _span(box))

    def box(self, thing: Thing) -> Box:
        """The box around a thing."""
        return self._boxes[thing]

    def within(self, box: Box) -> list[Thing]:
        """The things whose boxes a box touches."""
        left, top, right, bottom = box
        boxes, span = self._boxes, _span(box)
        if self._much(span):
            return [
                thing
                for thing, its in boxes.items()
                if its[0] < right and its[2] > left and its[1] < bottom and its[3] > top
            ]
        return [
            thing
            for thing in self._near(span)
            if (its := boxes.get(thing, NOWHERE))[0] < right and its[2] > left and its[1] < bottom and its[3] > top
        ]

    def around(self) -> Box | None:
        """The box around everything."""
        if not self._boxes:
            return None
        lefts, tops, rights, bottoms = zip(*self._boxes.values(), strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    def _much(self, span: tuple[int, int, int, int]) -> bool:
        """Whether a look at everything takes less time than one at these cells, in which things lie more than once."""
        first, top, last, bottom = span
        cells, there = (last - first + 1) * (bottom - top + 1), len(self._cells)
        return cells >= there or (there > MANY and 2 * cells >= there)

    def _near(self, span: tuple[int, int, int, int]) -> Iterable[Thing]:
        first, top, last, bottom = span
        cells = (self._cells.get((x, y), ()) for x in range(first, last + 1) for y in range(top, bottom + 1))
        return dict.fromkeys(chain(self._wide, *cells))

    def _enter(self, thing: Thing, span: tuple[int, int, int, int]) -> None:
        first, top, last, bottom = span
        if (last - first + 1) * (bottom - top + 1) > WIDE:
            self._wide[thing] = None
            return
        for x in range(first, last + 1):
            for y in range(top, bottom + 1):
                self._cells.setdefault((x, y), {})[thing] = None

    def _leave(self, thing: Thing, span: tuple[int, int, int, int]) -> None:
        first, top, last, bottom = span
        if self._wide and thing in self._wide:
            del self._wide[thing]
            return
        for x in range(first, last + 1):
            for y in range(top, bottom + 1):
                cell = self._cells[(x, y)]
                del cell[thing]
                if not cell:
                    del self._cells[(x, y)]


def _span(box: Box) -> tuple[int, int, int, int]:
    """The cells that a box touches: first and last column and row."""
    left, top, right, bottom = box
    return int(left // CELL), int(top // CELL), int(right // CELL), int(bottom // CELL)


def transposed(box: Box) -> Box:
    """A box with across and down exchanged."""
    left, top, right, bottom = box
    return top, left, bottom, right
