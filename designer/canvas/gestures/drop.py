"""A layer dragged in from the palette: onto the canvas, or onto a wire."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsPixmapItem

from designer.canvas import commands
from designer.canvas.card import layer_pixmap
from designer.canvas.gestures.base import Gesture, Pointer
from designer.canvas.hits import wire_under_card
from designer.canvas.ports import size_of
from designer.layout import snapped
from engine.graph import Node, Place, Wire
from engine.layers import Layer

if TYPE_CHECKING:
    from designer.canvas.stage import Stage


class DropLayer(Gesture):
    """Shows where the layer would lie, and lights the wire that it would be put on."""

    _ghost: QGraphicsPixmapItem | None = None
    _wire: Wire | None = None

    def __init__(self, stage: "Stage", start: Pointer, layer: Layer) -> None:
        super().__init__(stage, start)
        self._layer = layer
        about = type(layer).about
        self._goes_on_wires = bool(about.inputs and about.outputs)
        self._size = size_of(Node(layer), self.document.graph.flow)

    def move(self, at: Pointer) -> None:
        place = self._place(at)
        if self._ghost is None:
            ratio = self.stage.devicePixelRatioF()
            self._ghost = QGraphicsPixmapItem(layer_pixmap(self._layer, ratio, self.document.graph.flow))
            self._ghost.setOpacity(0.6)
            self._ghost.setZValue(6)
            self.scene.addItem(self._ghost)
        self._ghost.setPos(place.x, place.y)
        self._wire = self._wire_at(place)
        self.scene.hover(self._wire)

    def end(self, at: Pointer) -> None:
        place = self._place(at)
        wire = self._wire_at(place)
        self.cancel()
        if wire:
            commands.insert(self.document, self._layer, place, wire)
        else:
            commands.add(self.document, self._layer, place)

    def cancel(self) -> None:
        if self._ghost:
            self.scene.removeItem(self._ghost)
            self._ghost = None
        self.scene.hover(None)

    def _wire_at(self, place: Place) -> Wire | None:
        corner = QPointF(place.x, place.y)
        return wire_under_card(self.scene, corner, self._size) if self._goes_on_wires else None

    def _place(self, at: Pointer) -> Place:
        """The card hangs with its middle at the cursor, on the grid."""
        return snapped(Place(at.scene.x() - self._size.width / 2, at.scene.y() - self._size.height / 2))
