"""Ways for wires that leave cards alone: geometry in plain numbers, downwards from an output into an input.

A way is a row of stations. From one to the next it goes straight where both have the same x, aside in a smooth curve
otherwise, and around in a half turn where both have the same y.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

Box: TypeAlias = tuple[float, float, float, float]
Station: TypeAlias = tuple[float, float]
Look: TypeAlias = Callable[[Box], Iterable[Box]]
"""Gives the cards that a box touches."""
How: TypeAlias = tuple[float, float, float]
"""How far aside is looked, how much room is kept beside a card, and to which x one would rather come."""

CLEAR = 12  # beside a card
NARROW = 4  # beside a card where there is no other way
ABOVE = 6  # above and below a card
TOUCH = 3  # a curve this near to a card counts as one through it
ASIDE = 60  # going aside once costs as much as going so much further
STEEP = 1000  # going aside where there is no room to do so
ROOMY = 16  # room from top to bottom that going aside takes
TURN = 40  # how far the handles of a half turn reach out; it swings out three quarters of that
TRIES = ((420.0, CLEAR), (420.0, NARROW), (2400.0, CLEAR))  # how far aside a way is looked for, and how clear
MANY = 80  # cards; with more between two ports, the middle of the way goes straight
SAMPLES = 20
TALL = 64


class Gap(NamedTuple):
    """Room from left to right between two heights."""

    left: float
    right: float


class Slab(NamedTuple):
    """A strip of the canvas in which nothing changes from top to bottom, and the gaps between its cards."""

    top: float
    bottom: float
    gaps: list[Gap]


class Run(NamedTuple):
    """A straight part of a way: where it is, from and to which height, and how far aside it may be moved."""

    x: float
    begin: float
    end: float
    room: Gap


class Spot(NamedTuple):
    """How far one has come at the begin of a strip: what it cost, where one is, in which gap, and from where."""

    cost: float
    x: float
    gap: Gap
    before: "Spot | None"


def bend_of(start: Station, end: Station) -> float:
    """How far the plain curve between two ports reaches out straight from each."""
    drop, aside = end[1] - start[1], abs(end[0] - start[0])
    return max(drop / 2, min(aside / 2, 60), 24 if drop > 0 else min(60 - drop / 4, 160))


def is_clear(start: Station, end: Station, look: Look, own: Sequence[Box]) -> bool:
    """Whether the plain curve from port to port runs through no card; `own` are those of the two ends."""
    bend = bend_of(start, end)
    (x0, y0), (x1, y1) = start, end
    outside = y1 <= y0 or bend > (y1 - y0)
    around = (min(x0, x1), min(y0, y1 - (bend if outside else 0)), max(x0, x1), max(y1, y0 + (bend if outside else 0)))
    near = [box for box in look(around) if outside or box not in own]
    if not near:
        return True
    points = _points(x0, y0, x1, y1, bend)
    for left, top, right, bottom in near:
        left, top, right, bottom = left - TOUCH, top, right + TOUCH, bottom
        if any(left < x < right and top < y < bottom for x, y in points):
            return False
    return True


def _points(x0: float, y0: float, x1: float, y1: float, bend: float) -> list[Station]:
    """Points of the plain curve, without its ends."""
    found = []
    for step, (a, b, c, d) in _WEIGHTS:
        del step
        found.append(((a + b) * x0 + (c + d) * x1, a * y0 + b * (y0 + bend) + c * (y1 - bend) + d * y1))
    return found


_WEIGHTS = [
    (t, ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3))
    for t in (step / SAMPLES for step in range(1, SAMPLES))
]


def around(start: Station, end: Station, look: Look, own: Sequence[Box], lean: float = 0) -> list[Run] | None:
    """The runs of the shortest way found past all cards; None where none was found.

    `lean`: towards which side it goes where both are as far, below 0 to the left.
    """
    if _is_covered(start, ABOVE, look, own) or _is_covered(end, -ABOVE, look, own):
        return None
    find = _down if end[1] - start[1] > ROOMY else _up
    for window, clear in TRIES:
        if found := find(start, end, look, own, (window, clear, end[0] + lean)):
            return found
    return None


def _is_covered(port: Station, out: float, look: Look, own: Sequence[Box]) -> bool:
    """Whether a card lies over a port, so that no way leads out of it."""
    x, y = port[0], port[1] + out
    return any(box not in own for box in look((x - 1, y - 1, x + 1, y + 1)))


def stations(runs: Sequence[Run], start: Station, end: Station) -> list[Station]:
    """The way along these runs, from port to port."""
    if end[1] - start[1] <= ROOMY:
        return [start, *((run.x, y) for run in runs for y in (run.begin, run.end)), end]
    found = [start]
    for run, after in pairwise(runs):
        height = min(after.begin - run.end, max(TALL, abs(after.x - run.x) / 2))
        upper = after.begin - height if after is runs[-1] else run.end
        found += [(run.x, upper), (after.x, upper + height)]
    found.append(end)
    return [one for index, one in enumerate(found) if index == 0 or one != found[index - 1]]


def _down(start: Station, end: Station, look: Look, own: Sequence[Box], how: How) -> list[Run] | None:
    """Strip by strip downwards."""
    window, clear, goal = how
    left, right = min(start[0], end[0]) - window, max(start[0], end[0]) + window
    cards = [box for box in look((left, start[1], right, end[1])) if box not in own]
    slabs = _slabs(cards, clear, (start[1], end[1]), (left, right))
    first = [Spot(0, start[0], gap, None) for gap in slabs[0].gaps if gap.left <= start[0] <= gap.right]
    last = [spot for spot in _through(slabs, first, goal) if spot.gap.left <= end[0] <= spot.gap.right]
    best = min(last, key=lambda spot: spot.cost + _aside(spot.x, goal), default=None)
    return _runs(slabs, best, end[0]) if best else None


def _up(start: Station, end: Station, look: Look, own: Sequence[Box], how: How) -> list[Run] | None:
    """Around in a half turn, strip by strip upwards beside the cards, and around again."""
    window, clear, goal = how
    left, right = min(start[0], end[0]) - window, max(start[0], end[0]) + window
    cards = list(look((left, end[1] - TURN, right, start[1] + TURN)))
    slabs = _slabs(cards, clear, (end[1], start[1]), (left, right))[::-1] if start[1] > end[1] else []
    if not slabs:
        return None
    lanes = [(min(max(start[0], gap.left), gap.right), gap) for gap in slabs[0].gaps]
    below = _between(cards, start[1] + 1, start[1] + TURN * 0.75)
    above = _between(cards, end[1] - TURN * 0.75, end[1] - 1)
    first = [Spot(_aside(x, start[0]), x, gap, None) for x, gap in lanes if _is_free(start[0], x, below)]
    last = [spot for spot in _through(slabs, first, goal) if _is_free(spot.x, end[0], above)]
    best = min(last, key=lambda spot: spot.cost + _aside(spot.x, goal), default=None)
    return _runs(slabs, best, best.x, upwards=True) if best else None


def _between(cards: Iterable[Box], upper: float, lower: float) -> list[Box]:
    """The cards that reach in between two heights."""
    return [box for box in cards if box[1] < lower and box[3] > upper]


def _is_free(x: float, to: float, cards: Iterable[Box]) -> bool:
    """Whether none of these cards is in the way of a half turn, and the turn is not too narrow to be seen."""
    left, right = min(x, to), max(x, to)
    return right - left > CLEAR and not any(box[0] < right and box[2] > left for box in cards)


def _slabs(cards: list[Box], clear: float, heights: tuple[float, float], sides: tuple[float, float]) -> list[Slab]:
    """The strips between two heights, from top to bottom; `clear` is the room kept beside a card."""
    (top, bottom), (left, right) = heights, sides
    wide = sorted((y0 - ABOVE, y1 + ABOVE, x0 - clear, x1 + clear) for x0, y0, x1, y1 in cards)
    edges = {top, bottom, *(edge for box in wide for edge in box[:2] if top < edge < bottom)}
    if len(cards) > MANY:
        edges = {edge for edge in edges if edge - top < 3 * TALL or bottom - edge < 3 * TALL}
    slabs, active, ahead = [], [], 0
    for upper, lower in pairwise(sorted(edges)):
        while ahead < len(wide) and wide[ahead][0] < lower:
            active.append(wide[ahead])
            ahead += 1
        active = [box for box in active if box[1] > upper]
        slabs.append(Slab(upper, lower, _gaps(sorted(box[2:] for box in active), left, right)))
    return slabs


def _gaps(taken: list[tuple[float, float]], left: float, right: float) -> list[Gap]:
    gaps, at = [], left
    for begin, end in taken:
        if begin > at:
            gaps.append(Gap(at, begin))
        at = max(at, end)
    if right > at:
        gaps.append(Gap(at, right))
    return gaps


def _aside(x: float, to: float) -> float:
    return abs(to - x) + (ASIDE if to != x else 0)


def _through(slabs: list[Slab], spots: list[Spot], goal: float) -> list[Spot]:
    """The cheapest way into each gap of the last strip; one goes aside only where one has to."""
    for slab, after in pairwise(slabs):
        price = 0 if slab.bottom - slab.top >= ROOMY else STEEP
        found = []
        for gap in after.gaps:
            best: Spot | None = None
            for spot in spots:
                left, right = max(gap.left, spot.gap.left), min(gap.right, spot.gap.right)
                if left > right:
                    continue
                x = min(max(spot.x, left), right)
                cost = spot.cost + (_aside(spot.x, x) + price if x != spot.x else 0)
                if best is None or cost + abs(goal - x) < best.cost + abs(goal - best.x):
                    best = Spot(cost, x, gap, spot)
            if best:
                found.append(best)
        spots = found
    return spots


def _runs(slabs: list[Slab], last: Spot, goal: float, upwards: bool = False) -> list[Run]:
    """The straight parts of the way that ends in this spot; two that may lie in one line do."""
    spots: list[Spot] = []
    spot: Spot | None = last
    while spot:
        spots.append(spot)
        spot = spot.before
    spots.reverse()
    edges = [(slab.bottom, slab.top) if upwards else (slab.top, slab.bottom) for slab in slabs]
    points = [(spot.x, edge[0], spot.gap) for spot, edge in zip(spots, edges, strict=True)]
    runs = [Run(points[0][0], points[0][1], points[0][1], points[0][2])]
    for (_, _, before), (x, at, gap) in zip(points, [*points[1:], (goal, edges[-1][1], points[-1][2])], strict=True):
        room = _both(_both(runs[-1].room, before), gap)
        if x == runs[-1].x:
            runs[-1] = runs[-1]._replace(end=at, room=room)
        else:
            runs[-1] = runs[-1]._replace(room=_both(runs[-1].room, before))
            runs.append(Run(x, at, at, _both(before, gap)))
    return _straightened(runs)


def _straightened(runs: list[Run]) -> list[Run]:
    """Without going aside twice where once is enough; the ends stay."""
    index = 1
    while index < len(runs) - 2:
        one, two = runs[index], runs[index + 1]
        room = _both(one.room, two.room)
        if room.left <= room.right:
            x = min(max(two.x, room.left), room.right)
            runs[index : index + 2] = [Run(x, one.begin, two.end, room)]
        else:
            index += 1
    return runs


def _both(one: Gap, other: Gap) -> Gap:
    return Gap(max(one.left, other.left), min(one.right, other.right))
