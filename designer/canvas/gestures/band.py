"""Selecting with a rubber band."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsRectItem

from designer.canvas.gestures.base import Gesture, Pointer
from designer.canvas.hits import nodes_within
from designer.theme import theme
from engine.graph import Wire

if TYPE_CHECKING:
    from designer.canvas.stage import Stage


class Band(Gesture):
    """Selects what it touches while it is drawn; with Shift or Ctrl in addition to what was selected.

    Pressed on a wire and released there, it selects the wire.
    """

    edges = True
    _shown: QGraphicsRectItem | None = None

    def __init__(self, stage: "Stage", start: Pointer, wire: Wire | None = None) -> None:
        super().__init__(stage, start)
        self._wire = wire

    def move(self, at: Pointer) -> None:
        if self._shown is None:
            self._before = (self.document.selection, self.document.selected_wires)
            self._shown = self._make()
        box = QRectF(self.origin.scene, at.scene).normalized()
        self._shown.setRect(box)
        kept = self._before[0] if at.adds else frozenset()
        self.document.select(kept | nodes_within(self.scene, box))

    def end(self, at: Pointer) -> None:
        self._remove()

    def click(self, at: Pointer) -> None:
        wires = self.document.selected_wires if at.adds else frozenset()
        nodes = self.document.selection if at.adds else frozenset()
        self.document.select(nodes, wires ^ {self._wire} if self._wire else wires)

    def cancel(self) -> None:
        if self._shown:
            self._remove()
            self.document.select(*self._before)

    def _make(self) -> QGraphicsRectItem:
        item = QGraphicsRectItem()
        colour = QColor(theme.tokens.accent)
        pen = QPen(colour, 1)
        pen.setCosmetic(True)
        item.setPen(pen)
        colour.setAlphaF(0.12)
        item.setBrush(colour)
        item.setZValue(10)
        self.scene.addItem(item)
        return item

    def _remove(self) -> None:
        if self._shown:
            self.scene.removeItem(self._shown)
            self._shown = None
