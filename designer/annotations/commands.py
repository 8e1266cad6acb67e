"""What can be done to frames, notes and bookmarks, each as one named step."""

from itertools import product

from msgspec.structs import replace
from PySide6.QtCore import QRectF

from designer.annotations.remarks import Spot
from designer.canvas.ports import size_in
from designer.document import Document
from designer.theme.tokens import GRID
from engine.graph import Bookmark, Box, Frame, Graph, Note
from engine.graph import annotating as an
from engine.graph.annotations import Colour
from engine.layers import Layer
from engine.text import Text, text, tr

NOTE_SIZE = (10.0 * GRID, 6.0 * GRID)
REACH, STRIDE = 12, 3 * GRID  # how far a free place is looked for: so many strides to each side
FRAME_SIZE = (14.0 * GRID, 10.0 * GRID)


def add_frame(document: Document, seen: QRectF) -> Spot:
    """Puts a frame around the selected cards; where none is selected, an empty one into the middle of the view."""
    graph = document.graph
    boxes = [Box(*graph.places[name], *size_in(graph, name)) for name in graph.nodes if name in document.selection]
    box = an.around(boxes) if boxes else _middle(seen, FRAME_SIZE)
    id = an.free_id(graph.annotations, "frames")
    document.edit(text("add frame"), an.put(graph, "frames", id, Frame(tr("Frame"), box)))
    return Spot("frames", id)


def add_note(document: Document, seen: QRectF) -> Spot:
    """Puts an empty note where there is room for it, in the view if that has some, as near to its middle as can be."""
    graph = document.graph
    id = an.free_id(graph.annotations, "notes")
    document.edit(text("add note"), an.put(graph, "notes", id, Note("", _clear(graph, seen, NOTE_SIZE), "orange")))
    return Spot("notes", id)


def add_bookmark(document: Document, seen: QRectF) -> str:
    """Keeps what is in sight as a bookmark; gives its id."""
    graph = document.graph
    id = an.free_id(graph.annotations, "bookmarks")
    title = tr("Bookmark {number}", number=id.removeprefix(an.STEMS["bookmarks"]))
    box = Box(seen.x(), seen.y(), seen.width(), seen.height())
    document.edit(text("add {bookmark}", bookmark=title), an.put(graph, "bookmarks", id, Bookmark(title, box)))
    return id


def name_bookmark(document: Document, id: str, title: str) -> None:
    """Gives a bookmark another title."""
    old = document.graph.annotations.bookmarks[id]
    if title and title != old.title:
        graph = an.put(document.graph, "bookmarks", id, replace(old, title=title))
        document.edit(text("rename {old} to {new}", old=old.title, new=title), graph)


def remove_bookmark(document: Document, id: str) -> None:
    """Takes a bookmark away."""
    title = document.graph.annotations.bookmarks[id].title
    document.edit(text("delete {node}", node=title), an.take(document.graph, "bookmarks", id))


def write(document: Document, spot: Spot, words: str, merge: str = "") -> bool:
    """Gives a frame another title, or a note another text; with the same `merge`, typing becomes one step.

    False where it was not taken.
    """
    old = getattr(document.graph.annotations, spot.kind)[spot.id]
    new = replace(old, title=words) if isinstance(old, Frame) else replace(old, text=words)
    return document.edit(
        text("edit {what}", what=_called(spot)), an.put(document.graph, spot.kind, spot.id, new), merge
    )


def colour(document: Document, spot: Spot, name: Colour) -> None:
    """Gives a frame or a note another colour."""
    old = getattr(document.graph.annotations, spot.kind)[spot.id]
    graph = an.put(document.graph, spot.kind, spot.id, replace(old, colour=name))
    document.edit(text("colour {what}", what=_called(spot)), graph)


def remove(document: Document, spot: Spot) -> None:
    """Takes a frame or a note away; what lies in a frame stays."""
    document.edit(text("delete {what}", what=_called(spot)), an.take(document.graph, spot.kind, spot.id))


def move(document: Document, spot: Spot, x: float, y: float, merge: str = "") -> None:
    """Puts a frame, with all that lies in it, or a note so far away."""
    document.edit(text("move {what}", what=_called(spot)), moved(document.graph, spot, x, y), merge)


def moved(graph: Graph[Layer], spot: Spot, x: float, y: float) -> Graph[Layer]:
    """The drawing with a frame, and all that lies in it, or a note so far away."""
    if spot.kind == "frames":
        return an.carried(graph, spot.id, x, y, size_in)
    note = graph.annotations.notes[spot.id]
    return an.put(graph, "notes", spot.id, replace(note, box=an.moved(note.box, x, y)))


def resized(graph: Graph[Layer], spot: Spot, width: float, height: float) -> Graph[Layer]:
    """The drawing with a frame or note of another size; what lies in it stays."""
    old = getattr(graph.annotations, spot.kind)[spot.id]
    return an.put(graph, spot.kind, spot.id, replace(old, box=old.box._replace(width=width, height=height)))


def resize(document: Document, spot: Spot, width: float, height: float) -> None:
    """Gives a frame or a note another size."""
    document.edit(text("resize {what}", what=_called(spot)), resized(document.graph, spot, width, height))


def _called(spot: Spot) -> Text:
    return text("frame") if spot.kind == "frames" else text("note")


def _clear(graph: Graph[Layer], seen: QRectF, size: tuple[float, float]) -> Box:
    """A box of this size that lies on no card and no note: in what is seen, else near it, else in its middle."""
    middle = _middle(seen, size)
    steps = sorted(product(range(-REACH, REACH + 1), repeat=2), key=lambda step: (step[0] ** 2 + step[1] ** 2, step))
    near = QRectF(*middle).adjusted(*(-REACH * STRIDE,) * 2, *(REACH * STRIDE,) * 2)
    taken = [QRectF(*graph.places[name], *size_in(graph, name)) for name in graph.nodes]
    taken += [QRectF(*note.box) for note in graph.annotations.notes.values()]
    taken = [rect.adjusted(-GRID, -GRID, GRID, GRID) for rect in taken if rect.intersects(near)]
    boxes = (middle._replace(x=middle.x + across * STRIDE, y=middle.y + down * STRIDE) for across, down in steps)
    free = [box for box in boxes if not any(QRectF(*box).intersects(other) for other in taken)]
    return next((box for box in free if seen.contains(QRectF(*box))), free[0] if free else middle)


def _middle(seen: QRectF, size: tuple[float, float]) -> Box:
    """A box of this size in the middle of what is seen, on the grid."""
    width, height = size
    x, y = seen.center().x() - width / 2, seen.center().y() - height / 2
    return Box(round(x / GRID) * GRID, round(y / GRID) * GRID, width, height)
