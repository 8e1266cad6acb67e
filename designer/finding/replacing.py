"""Putting another type of layer in the place of the selected ones: wires and what both have of parameters stay."""

from PySide6.QtCore import QPoint

from designer.canvas.layer_list import LayerList
from designer.canvas.view import Canvas
from designer.document import Document
from engine.check.fixes import replaced
from engine.check.replacing import layers_instead
from engine.layers import Layer
from engine.text import text, tr


def open_replace(document: Document, canvas: Canvas) -> None:
    """Opens a list of layers; the chosen one takes the place of those that are selected."""
    names = [name for name in document.graph.nodes if name in document.selection]
    if not names:
        return
    kinds = layers_instead(document.graph, document.report, names)
    chooser = LayerList(canvas, kinds, tr("does not fit"), hint=tr("Enter replaces · Esc leaves"))
    chooser.chosen.connect(lambda layer, _typed: replace_layers(document, names, layer))
    chooser.open_at(canvas.mapToGlobal(QPoint(canvas.width() // 2, canvas.height() // 3)))


def replace_layers(document: Document, names: list[str], layer: Layer) -> None:
    """Puts such a layer in the place of these nodes, in one step; what is typed for it goes to all of them."""
    graph = document.graph
    for name in names:
        graph = replaced(graph, name, layer)
    title = type(layer).about.title
    one = text("replace {node} by {layer}", node=names[0], layer=title)
    many = text("replace {count} layers by {layer}", count=len(names), layer=title)
    document.edit(one if len(names) == 1 else many, graph)
