"""Which way values go on the canvas: places seen along that way, and turned from one way to the other."""

from collections.abc import Mapping

from engine.graph.graph import Flow, Place

GRID = 24.0  # pixels at 100%
ROW: Mapping[Flow, float] = {"down": 96.0, "right": 264.0}
"""From a card to the next along the flow."""
COLUMN: Mapping[Flow, float] = {"down": 240.0, "right": 96.0}
"""And to the next beside it."""


def along(flow: Flow, place: Place) -> float:
    """How far a place lies along the flow."""
    return place.x if flow == "right" else place.y


def beside(flow: Flow, place: Place) -> float:
    """How far a place lies to the side of the flow."""
    return place.y if flow == "right" else place.x


def place_at(flow: Flow, along: float, beside: float) -> Place:
    """The place so far along the flow, and so far to its side."""
    return Place(along, beside) if flow == "right" else Place(beside, along)


def turned(places: Mapping[str, Place], before: Flow, after: Flow) -> Mapping[str, Place]:
    """Places of a drawing that flows one way as they are in one that flows the other; rows stay rows, on the grid."""
    if before == after:
        return places
    stretch = (ROW[after] / ROW[before], COLUMN[after] / COLUMN[before])
    found = {}
    for name, place in places.items():
        far, aside = (along(before, place) * stretch[0], beside(before, place) * stretch[1])
        found[name] = place_at(after, round(far / GRID) * GRID, round(aside / GRID) * GRID)
    return found
