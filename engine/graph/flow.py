"""Which way values go on the canvas: places seen along that way, and turned from one way to the other."""

from collections.abc import Iterable, Mapping

from engine.graph.graph import Flow, Place

GRID = 24  # pixels at 100%
ROW: Mapping[Flow, float] = {"down": 96.0, "right": 264.0}
"""From a card to the next along the flow."""
COLUMN: Mapping[Flow, float] = {"down": 240.0, "right": 96.0}
"""And to the next beside it, with room for wires between them."""
CLOSE: Mapping[Flow, float] = {"down": 216.0, "right": 96.0}
"""To the nearest place of the grid beside it where they do not touch."""


def along(flow: Flow, place: Place) -> float:
    """How far a place lies along the flow."""
    return place.x if flow == "right" else place.y


def beside(flow: Flow, place: Place) -> float:
    """How far a place lies to the side of the flow."""
    return place.y if flow == "right" else place.x


def place_at(flow: Flow, along: float, beside: float) -> Place:
    """The place so far along the flow, and so far to its side."""
    return Place(along, beside) if flow == "right" else Place(beside, along)


def corner(places: Iterable[Place]) -> Place:
    """The upper left corner of what lies at these places, of which there is one at least."""
    left, top = (min(found) for found in zip(*places, strict=True))
    return Place(left, top)


def turned(
    places: Mapping[str, Place],
    before: Flow,
    after: Flow,
    about: Place = Place(0, 0),
    column: Mapping[Flow, float] = COLUMN,
) -> Mapping[str, Place]:
    """Places of a drawing that flows one way as they are in one that flows the other; rows stay rows, on the grid.

    The place that they are turned about stays where it is, and the grid is counted from there. `column` is how far
    the cards of the drawing are from those beside them.
    """
    if before == after:
        return places
    stretch = (ROW[after] / ROW[before], column[after] / column[before])
    found = {}
    for name, place in places.items():
        place = Place(place.x - about.x, place.y - about.y)
        far, aside = (along(before, place) * stretch[0], beside(before, place) * stretch[1])
        there = place_at(after, round(far / GRID) * GRID, round(aside / GRID) * GRID)
        found[name] = Place(about.x + there.x, about.y + there.y)
    return found
