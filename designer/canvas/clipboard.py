"""Copying pieces of the drawing: as the JSON text of a project file, so that it can be kept, sent, and pasted."""

import threading
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import TypeVar

from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication

from designer.aside import beside, calmly
from designer.blank import blank
from designer.document import Document
from designer.theme.tokens import GRID
from engine.blocks.edits import adopt
from engine.graph import Flow, Graph, Place, edits
from engine.graph.flow import corner, turned
from engine.layers import Layer
from engine.project.file import dumps
from engine.project.pieces import read_piece
from engine.project.project import MAIN, Project
from engine.text import Failure, Text, say, text, tr

LARGE = 40_000  # letters from which on to read or write them takes longer than a frame
LETTERS = 110  # of a node, about
Result = TypeVar("Result")
FROM = "application/x-tensorloom-from"
"""The MIME type that says which document a piece was copied from: there, its blocks are those of the project."""


def copy(document: Document) -> bool:
    """Puts the selected nodes, with the wires into them, onto the clipboard; False where it was given up."""
    if not document.selection:
        return True
    graph, names = document.graph, document.selection
    words = _done(lambda: _written(graph, names), len(names) * LETTERS, tr("Copying"))
    if words is None:
        return False
    data = blank()
    data.setText(words)
    data.setData(FROM, document.id.encode())
    QGuiApplication.clipboard().setMimeData(data)
    if len(words) > LARGE:  # to read it takes a while, and most likely it is asked for
        threading.Thread(target=calmly, args=(lambda: _read(words),), name="copied", daemon=True).start()
    return True


def _written(graph: Graph[Layer], names: Collection[str]) -> str:
    """These nodes as the text of a project."""
    project, piece = adopt(Project(), edits.piece(graph, names))
    return dumps(replace(project, networks={MAIN: piece}))


def copied() -> Graph[Layer] | None:
    """The piece of a drawing in the text on the clipboard, if there is one: a file's, or one out of a chat.

    Its instances are of the blocks it brings.
    """
    try:
        graph = _piece().graph
    except Failure:
        return None
    return graph if graph.nodes else None


def fault() -> str:
    """Why nothing can be pasted; empty where something can."""
    try:
        return "" if _piece().graph.nodes else tr("There are no layers in it.")
    except Failure as failure:
        return str(failure)


def _piece() -> Project:
    """What the text on the clipboard holds. Raises Failure."""
    words = QGuiApplication.clipboard().text()
    found = _done(lambda: _read(words), len(words), tr("Reading what was copied"))
    return Project() if found is None else found


def _done(work: Callable[[], Result], letters: int, title: str) -> Result | None:
    """What comes of some work, which is done beside the window where it is much; None where it was given up."""
    return work() if letters < LARGE else beside(work, title)


@lru_cache(maxsize=1)
def _read(words: str) -> Project:
    """The piece in a text. Raises Failure."""
    return read_piece(words)


def paste(document: Document, at: Place | None = None) -> None:
    """Adds what is on the clipboard: with its upper left corner at a place, or a little below where it was copied."""
    piece = copied()
    if piece:
        data = QGuiApplication.clipboard().mimeData()
        _, piece = adopt(document.project, piece, ours=bytes(data.data(FROM).data()) == document.id.encode())
        one, count = _named(piece)
        title = text("paste {node}", node=one) if count == 1 else text("paste {count} layers", count=count)
        _add(document, piece, title, at)


def duplicate(document: Document) -> None:
    """Adds the selected nodes once more, fed by what feeds them."""
    if document.selection:
        piece = edits.piece(document.graph, document.selection)
        one, count = _named(piece)
        title = text("duplicate {node}", node=one) if count == 1 else text("duplicate {count} layers", count=count)
        _add(document, piece, title, None)


def _named(piece: Graph[Layer]) -> tuple[str, int]:
    """The name of the piece's first node, and how many it has."""
    return next(iter(piece.nodes)), len(piece.nodes)


def _add(document: Document, piece: Graph[Layer], title: Text, at: Place | None) -> None:
    piece = _flowing(piece, document.graph.flow)
    before = document.graph

    def work() -> tuple[Graph[Layer], dict[str, str]]:
        return edits.paste(before, piece, _offset(before, piece, at))

    found = _done(work, len(piece.nodes) * LETTERS, say(title))
    if found is not None and document.graph is before:
        document.edit(title, found[0], select=found[1].values())


def _flowing(piece: Graph[Layer], flow: Flow) -> Graph[Layer]:
    """The piece turned to flow as the drawing does that it is put into; its upper left corner stays."""
    if piece.flow == flow or not piece.places:
        return piece
    places = turned(piece.places, piece.flow, flow, corner(piece.places.values()))
    return replace(piece, places=places, flow=flow)


def _offset(graph: Graph[Layer], piece: Graph[Layer], at: Place | None) -> Place:
    """How far from where it was: to the place asked for, or in steps of the grid until no card is hidden."""
    places = list(piece.places.values()) or [Place(0, 0)]
    if at:
        first = corner(places)
        return Place(at.x - first.x, at.y - first.y)
    taken = set(graph.places.values())
    step = GRID
    while any(Place(place.x + step, place.y + step) in taken for place in places):
        step += GRID
    return Place(step, step)
