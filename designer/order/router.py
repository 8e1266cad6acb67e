"""Which way each wire of a sheet takes: the plain curve where that is clear, else past cards on a lane of its own."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from designer.order.ways import Box, Look, Run, Station, around, is_clear, stations
from engine.graph import Outlet, Wire

LANE = 8  # between two wires side by side
LANES = 9  # so many are looked at before two wires share one
BUCKET = 64.0


class Lane(NamedTuple):
    """Where a wire runs straight down or up."""

    x: float
    top: float
    bottom: float
    source: Outlet


class Router:
    """Finds ways and remembers their lanes. Wires that carry the same value may share one, others keep apart."""

    def __init__(self) -> None:
        self._lanes: defaultdict[int, list[Lane]] = defaultdict(list)
        self._of: dict[Wire, list[Lane]] = {}

    def way(
        self, wire: Wire, start: Station, end: Station, look: Look, own: Sequence[Box], lean: float = 0
    ) -> list[Station] | None:
        """The stations of a wire's way; None where the plain curve is clear, or nothing better was found.

        `own` are the cards at its ends, `lean` the side that it goes past others where both are as good.
        """
        self.forget(wire)
        if is_clear(start, end, look, own):
            return None
        runs = around(start, end, look, own, lean)
        if runs is None:
            return None
        inner = range(1, len(runs) - 1) if end[1] > start[1] else range(len(runs))
        lanes = self._of[wire] = []
        for index in inner:
            run = runs[index] = self._apart(runs[index], wire.source)
            lane = Lane(run.x, min(run.begin, run.end), max(run.begin, run.end), wire.source)
            lanes.append(lane)
            self._lanes[int(run.x // BUCKET)].append(lane)
        return stations(runs, start, end)

    def forget(self, wire: Wire) -> None:
        """Gives a wire's lanes free."""
        for lane in self._of.pop(wire, ()):
            self._lanes[int(lane.x // BUCKET)].remove(lane)

    def _apart(self, run: Run, source: Outlet) -> Run:
        """The run on the nearest lane that no other value's wire takes there."""
        left, right = run.room
        away = LANE if run.x - left < right - run.x else -LANE
        for step in range(LANES):
            x = run.x + step * away
            if left <= x <= right and not self._is_taken(x, min(run.begin, run.end), max(run.begin, run.end), source):
                return run._replace(x=x)
        return run

    def _is_taken(self, x: float, top: float, bottom: float, source: Outlet) -> bool:
        bucket = int(x // BUCKET)
        return any(
            abs(lane.x - x) < LANE - 1 and lane.top < bottom and lane.bottom > top and lane.source != source
            for near in (bucket - 1, bucket, bucket + 1)
            for lane in self._lanes.get(near, ())
        )
