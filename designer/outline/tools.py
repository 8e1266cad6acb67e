"""What is done to a node from the outline: adding after it, connecting it, taking its wires away."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from designer.canvas import commands, fits
from designer.canvas.ports import End, ports_of
from designer.canvas.words import wire_words
from designer.document import Document
from designer.keyboard.candidates import targets
from designer.keyboard.pick_list import PickList, Row
from designer.keyboard.quick_add import Tell, last_node, list_after
from designer.theme.icons import icon
from engine.graph import Inlet, Outlet, Wire
from engine.text import Text, say, tr


def add_after(parent: QWidget, document: Document, at: QPoint, tell: Tell) -> None:
    """Opens the list of layers; the chosen one is added after the selected node and wired to it."""
    anchor = min(document.selection, default=None) or last_node(document)
    list_after(parent, document, anchor, tell).open_at(at)


def connect_from(parent: QWidget, document: Document, name: str, at: QPoint, tell: Tell) -> None:
    """Asks for the input where a node has several, then for what is to be wired to it."""
    inlets = ports_of(name, document.graph.nodes[name]).inlets
    if not inlets:
        tell(tr("{node} has no input.", node=name))
        return
    if len(inlets) == 1:
        _ask_source(parent, document, inlets[0], at, tell)
        return
    rows = [Row(_inlet_words(inlet), _taken(document, inlet), inlet) for inlet in inlets]
    rows.sort(key=lambda row: bool(row.note))
    chooser = PickList(parent, tr("Which input of {node}", node=name), rows)
    chooser.picked.connect(lambda inlet: _ask_source(parent, document, inlet, at, tell))
    chooser.open_at(at)


def disconnect_from(parent: QWidget, document: Document, name: str, at: QPoint, tell: Tell) -> None:
    """Takes the wire into a node away; asks which where there are several."""
    wires = list(document.graph.into(name))

    def take(wire: Wire) -> None:
        if commands.disconnect(document, [wire]):
            tell(tr("Disconnected {wires}.", wires=wire_words(wire)))

    if not wires:
        tell(tr("No wire comes into {node}.", node=name))
    elif len(wires) == 1:
        take(wires[0])
    else:
        rows = [Row(wire_words(wire), _inlet_words(wire.target), wire) for wire in wires]
        chooser = PickList(parent, tr("Which wire to take away"), rows)
        chooser.picked.connect(take)
        chooser.open_at(at)


def _ask_source(parent: QWidget, document: Document, inlet: Inlet, at: QPoint, tell: Tell) -> None:
    """The outputs that fit first, then the others with the reason; those that would close a circle say so."""
    rows = [
        Row(_outlet_words(document, choice.end), _note(choice.fault), choice.end, _sign(choice.fault is None))
        for target in targets(document, inlet)
        for choice in target.choices
    ]
    if not rows:
        tell(tr("There is nothing to connect {node} with yet.", node=inlet.node))
        return

    def take(outlet: Outlet) -> None:
        if fits.impossible(document.graph, outlet, inlet):
            tell(tr("That wire would close a circle."))
            return
        if commands.connect(document, outlet, inlet):
            tell(tr("Connected {wire}.", wire=wire_words(Wire(outlet, inlet))))

    title = tr("Connect {port} of {node} from", port=_inlet_words(inlet), node=inlet.node)
    chooser = PickList(parent, title, rows)
    chooser.picked.connect(take)
    chooser.open_at(at)


def _outlet_words(document: Document, end: End) -> str:
    node = document.graph.nodes[end.node]
    return end.node if len(type(node.layer).about.outputs) < 2 else f"{end.node}.{end.port}"


def _inlet_words(inlet: Inlet) -> str:
    return f"{inlet.port} {inlet.slot + 1}" if inlet.slot else inlet.port


def _taken(document: Document, inlet: Inlet) -> str:
    source = document.graph.source(inlet)
    return tr("wired to {node}", node=source.node) if source else ""


def _note(fault: Text | None) -> str:
    return tr("does not fit: {reason}", reason=say(fault)) if fault else tr("fits")


def _sign(fits_: bool) -> QIcon:
    return icon("check", "good") if fits_ else icon("x", "problem")
