"""Adding a layer by typing: the list of layers at what is selected, those that fit it first."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtWidgets import QWidget

from designer.blocks.kinds import after, arriving, offered
from designer.canvas import commands
from designer.canvas.layer_list import WIDTH, LayerList
from designer.document import Document
from designer.keyboard.speech import node_words
from designer.layout import snapped
from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH, STEP
from engine.graph import Outlet, Place, Wire
from engine.layers import Layer
from engine.text import tr

if TYPE_CHECKING:
    from designer.canvas.view import Canvas

Tell: TypeAlias = Callable[[str], object]
ENTRANCES = ("input", "block_input")


def quick_add(canvas: "Canvas") -> LayerList:
    """Opens the list at the selected wire, to be put on it; else after the selected node; else in the middle."""
    wire = min(canvas.document.selected_wires, default=None)
    if wire is not None and not canvas.document.selection:
        return _on_wire(canvas, wire)
    return _below(canvas)


def list_after(parent: QWidget, document: Document, anchor: str | None, tell: Tell) -> LayerList:
    """The list of layers for what comes after a node, not yet open: the chosen one is added and wired."""
    outlet = _outlet_of(document, anchor) if anchor else None
    hint = tr("Enter adds and wires · Shift+Enter only adds · Esc leaves")
    kinds, values = _likely_after(document, outlet), arriving(document, outlet)
    chooser = LayerList(parent, kinds, tr("does not fit"), values, hint, offered(document))

    def add(layer: Layer, typed: frozenset[str], wired: bool) -> None:
        _tell_added(document, commands.add_below(document, layer, wired, typed), tell)

    chooser.chosen.connect(lambda layer, typed: add(layer, typed, True))
    chooser.added.connect(lambda layer, typed: add(layer, typed, False))
    return chooser


def last_node(document: Document) -> str | None:
    """The node that was drawn last."""
    return next(iter(list(document.graph.nodes)[-1:]), None)


def _below(canvas: "Canvas") -> LayerList:
    document = canvas.document
    anchor = canvas.keys.current() or last_node(document)
    chooser = list_after(canvas, document, anchor, canvas.keys.tell)
    item = canvas.stage.drawing.nodes.get(anchor or "") if document.selection else None
    if item is None:
        chooser.open_at(canvas.mapToGlobal(QPoint((canvas.width() - chooser.width()) // 2, canvas.height() // 4)))
    else:
        canvas.stage.bring(item.card())
        card = _on_screen(canvas, item.card())
        corner = QPoint(card.left(), card.bottom() + 3 * STEP)
        roomy = card.right() + 3 * STEP + WIDTH < canvas.screen().availableGeometry().right()
        if document.graph.flow == "right" and roomy:
            corner = QPoint(card.right() + 3 * STEP, card.top())
        chooser.open_at(corner, card)
    return chooser


def _on_wire(canvas: "Canvas", wire: Wire) -> LayerList:
    layers = offered(canvas.document)
    kinds = [kind for kind in _likely_after(canvas.document, wire.source) if layers[kind].about.outputs]
    hint = tr("Enter puts it on {source} → {target} · Esc leaves", source=wire.source.node, target=wire.target.node)
    chooser = LayerList(canvas, kinds, tr("does not fit"), arriving(canvas.document, wire.source), hint, layers)
    middle = canvas.stage.drawing.wires[wire].middle()
    place = snapped(Place(middle.x() - CARD_WIDTH / 2, middle.y() - CARD_HEIGHT / 2))

    def put(layer: Layer, typed: frozenset[str]) -> None:
        _tell_added(canvas.document, commands.insert(canvas.document, layer, place, wire, typed), canvas.keys.tell)

    chooser.chosen.connect(put)
    chooser.added.connect(put)
    chooser.open_at(canvas.stage.viewport().mapToGlobal(canvas.stage.mapFromScene(middle)))
    return chooser


def _tell_added(document: Document, name: str, tell: Tell) -> None:
    """Says that a layer was added, unless it was refused."""
    if name in document.graph.nodes:
        tell(tr("Added {node}.", node=node_words(document, name)))


def _outlet_of(document: Document, name: str) -> Outlet | None:
    """A node's first output."""
    outputs = type(document.graph.nodes[name].layer).about.outputs
    return Outlet(name, outputs[0]) if outputs else None


def _likely_after(document: Document, outlet: Outlet | None) -> list[str]:
    """The layers to offer, best first: those that take the output; for an empty drawing the inputs first."""
    if outlet:
        return after(document, outlet)
    return sorted(offered(document), key=lambda kind: bool(document.graph.nodes) or kind not in ENTRANCES)


def _on_screen(canvas: "Canvas", rect: QRectF) -> QRect:
    """A rectangle of the scene on the screen."""
    box = canvas.stage.mapFromScene(rect).boundingRect()
    return QRect(canvas.stage.viewport().mapToGlobal(box.topLeft()), box.size())
