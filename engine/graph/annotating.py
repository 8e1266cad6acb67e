"""Edits of what lies beside the network: frames, notes and bookmarks. None changes what it is given."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeAlias

from msgspec.structs import replace

from engine.graph.annotations import Annotations, Bookmark, Box, Frame, Note
from engine.graph.graph import Graph, LayerT, Place

Kind: TypeAlias = Literal["frames", "notes", "bookmarks"]
Annotation: TypeAlias = Frame | Note | Bookmark
Sizes: TypeAlias = Callable[[Graph[Any], str], tuple[float, float]]
"""Gives the width and height of the card of a node."""

STEMS: Mapping[Kind, str] = {"frames": "frame", "notes": "note", "bookmarks": "bookmark"}
PADDING, HEAD = 12.0, 30.0
"""Around the cards in a frame, and above them for its title; pixels at 100%."""


def free_id(annotations: Annotations, kind: Kind) -> str:
    """An id that none of this kind has: "note3"."""
    taken = getattr(annotations, kind)
    return next(id for number in range(1, len(taken) + 2) if (id := f"{STEMS[kind]}{number}") not in taken)


def put(graph: Graph[LayerT], kind: Kind, id: str, annotation: Annotation) -> Graph[LayerT]:
    """With a frame, note or bookmark under this id, in the place of the one that was there."""
    held = {**getattr(graph.annotations, kind), id: annotation}
    return replace(graph, annotations=replace(graph.annotations, **{kind: held}))


def take(graph: Graph[LayerT], kind: Kind, id: str) -> Graph[LayerT]:
    """Without a frame, note or bookmark. The cards in a frame stay."""
    held = {name: one for name, one in getattr(graph.annotations, kind).items() if name != id}
    return replace(graph, annotations=replace(graph.annotations, **{kind: held}))


def moved(box: Box, x: float, y: float) -> Box:
    """A box so far away."""
    return box._replace(x=box.x + x, y=box.y + y)


def holds(box: Box, other: Box) -> bool:
    """Whether the other box lies wholly in this one."""
    right, bottom = other.x + other.width <= box.x + box.width, other.y + other.height <= box.y + box.height
    return box.x <= other.x and box.y <= other.y and right and bottom


def around(boxes: Iterable[Box]) -> Box:
    """The frame around some cards, with room for its title."""
    found = list(boxes)
    left, top = min(box.x for box in found), min(box.y for box in found)
    right, bottom = max(box.x + box.width for box in found), max(box.y + box.height for box in found)
    return Box(left - PADDING, top - HEAD, right - left + 2 * PADDING, bottom - top + HEAD + PADDING)


def inside(graph: Graph[Any], box: Box, size: Sizes) -> list[str]:
    """The nodes whose cards lie wholly in a box."""
    corners = [name for name, place in graph.places.items() if name in graph.nodes and holds(box, Box(*place, 0, 0))]
    return [name for name in corners if holds(box, Box(*graph.places[name], *size(graph, name)))]


def carried(graph: Graph[LayerT], id: str, x: float, y: float, size: Sizes) -> Graph[LayerT]:
    """With a frame so far away, and all that lies in it: cards, notes, other frames."""
    box = graph.annotations.frames[id].box
    places = dict(graph.places)
    for name in inside(graph, box, size):
        places[name] = Place(places[name].x + x, places[name].y + y)
    for kind in ("frames", "notes"):
        for other, one in getattr(graph.annotations, kind).items():
            if holds(box, one.box) and (kind == "notes" or other == id or one.box != box):
                graph = put(graph, kind, other, replace(one, box=moved(one.box, x, y)))
    return replace(graph, places=places)


def refitted(before: Graph[LayerT], after: Graph[LayerT], size: Sizes) -> Graph[LayerT]:
    """The later drawing with each frame around the cards that lay in it before: after a new layout."""
    graph = after
    for id, frame in before.annotations.frames.items():
        held = [name for name in inside(before, frame.box, size) if name in after.places]
        if held and id in after.annotations.frames and any(after.places[n] != before.places[n] for n in held):
            box = around(Box(*after.places[name], *size(after, name)) for name in held)
            graph = put(graph, "frames", id, replace(after.annotations.frames[id], box=box))
    return graph
