"""What brings order among the selected nodes, each as one named step, by the ids of the window's commands."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, get_args

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from designer.canvas.ports import size_in
from designer.document import Document
from designer.order.aligning import SHARES, Axis, Edge, aligned, distributed
from designer.order.arranger import Arranger
from engine.arranging import Card
from engine.graph import Flow, Place, edits
from engine.text import Text, text, tr

if TYPE_CHECKING:
    from designer.canvas.view import Canvas

ALIGN = tuple(f"align_{edge}" for edge in SHARES)
DISTRIBUTE = ("distribute_across", "distribute_down")
FLOWS: tuple[Flow, ...] = get_args(Flow)
LEAST = {"arrange_selection": 2, **dict.fromkeys(ALIGN, 2), **dict.fromkeys(DISTRIBUTE, 3)}
"""How many nodes must be selected for a command."""


def calls(canvas: "Canvas", arranger: Arranger) -> dict[str, Callable[[], object]]:
    """What carries out each command."""
    document = canvas.document
    found: dict[str, Callable[[], object]] = {
        "arrange": lambda: arranger.start(None),
        "arrange_selection": lambda: arranger.start(document.selection),
        "distribute_across": lambda: distribute(document, "across"),
        "distribute_down": lambda: distribute(document, "down"),
    }
    for flow in FLOWS:
        found[f"flow_{flow}"] = lambda flow=flow: turn(document, arranger, flow)  # type: ignore[misc]
    for edge in SHARES:
        found[f"align_{edge}"] = lambda edge=edge: align(document, edge)  # type: ignore[misc]
    return found


def enough(id: str, document: Document) -> bool:
    """Whether enough is selected for a command; any other command is none of ours, and possible."""
    return len(document.selection) >= LEAST.get(id, 0)


def turn(document: Document, arranger: Arranger, flow: Flow) -> None:
    """Has the drawing flow this way, and lays it out so; one that does already stays as it is."""
    if document.graph.flow != flow:
        arranger.start(None, flow)


def align(document: Document, edge: Edge) -> None:
    """Brings an edge, or the middles, of the selected cards onto one line."""
    places, cards = _chosen(document)
    if enough(f"align_{edge}", document):
        _move(document, text("align {count} layers", count=len(places)), aligned(places, cards, edge))


def distribute(document: Document, along: Axis) -> None:
    """Leaves the same room between the selected cards."""
    places, cards = _chosen(document)
    if enough(f"distribute_{along}", document):
        _move(document, text("distribute {count} layers", count=len(places)), distributed(places, cards, along))


def fill(menu: QMenu, actions: Mapping[str, QAction], document: Document) -> None:
    """Adds to a context menu what is possible with the selected nodes."""
    if len(document.selection) < 2:
        return
    inner = menu.addMenu(tr("Arrange and align"))
    for ids in (("arrange_selection",), ALIGN[:3], ALIGN[3:], DISTRIBUTE):
        inner.addSeparator()
        for id in ids:
            actions[id].setEnabled(enough(id, document))
            inner.addAction(actions[id])


def _chosen(document: Document) -> tuple[dict[str, Place], dict[str, Card]]:
    graph = document.graph
    names = sorted(document.selection)
    cards = {name: Card(*size_in(graph, name)) for name in names}
    return {name: graph.places[name] for name in names}, cards


def _move(document: Document, title: Text, places: Mapping[str, Place]) -> None:
    document.edit(title, edits.move(document.graph, places))
