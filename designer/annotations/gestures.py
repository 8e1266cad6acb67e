"""Moving and resizing frames and notes with the mouse."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from designer.annotations import commands
from designer.annotations.remarks import Remarks, Spot
from designer.canvas.gestures.base import Gesture, Pointer
from designer.theme.tokens import GRID
from engine.graph import Graph, Place
from engine.layers import Layer

if TYPE_CHECKING:
    from designer.canvas.stage import Stage

LEAST = (4 * GRID, 2 * GRID)


class Take(Gesture):
    """Moves a frame, with what lies in it, or a note; a click chooses it. Alt keeps it off the grid."""

    def __init__(self, stage: "Stage", start: Pointer, remarks: Remarks, spot: Spot) -> None:
        super().__init__(stage, start)
        self._remarks, self._spot = remarks, spot
        self._before = self.document.graph
        self._box = getattr(self._before.annotations, spot.kind)[spot.id].box
        remarks.choose(spot)

    def move(self, at: Pointer) -> None:
        self._show(self._after(at))

    def end(self, at: Pointer) -> None:
        after = self._after(at)
        self.cancel()
        self._finish(after)

    def cancel(self) -> None:
        self._remarks.preview(None)
        self._place(self._before)

    def _after(self, at: Pointer) -> Graph[Layer]:
        return commands.moved(self._before, self._spot, *self._away(at))

    def _finish(self, after: Graph[Layer]) -> None:
        box = getattr(after.annotations, self._spot.kind)[self._spot.id].box
        commands.move(self.document, self._spot, box.x - self._box.x, box.y - self._box.y)

    def _away(self, at: Pointer) -> tuple[float, float]:
        away = at.scene - self.origin.scene
        if at.holds(Qt.KeyboardModifier.AltModifier):
            return away.x(), away.y()
        return round(away.x() / GRID) * GRID, round(away.y() / GRID) * GRID

    def _show(self, graph: Graph[Layer]) -> None:
        self._place(graph)
        self._remarks.preview(graph.annotations)

    def _place(self, graph: Graph[Layer]) -> None:
        """Puts the cards that a frame carries where they would come to lie."""
        shown = self.scene.nodes
        places = {n: p for n, p in graph.places.items() if n in shown and Place(shown[n].x, shown[n].y) != p}
        if places:
            self.scene.preview(places)


class Resize(Take):
    """Resizes by the lower right corner."""

    def _after(self, at: Pointer) -> Graph[Layer]:
        return commands.resized(self._before, self._spot, *self._size(at))

    def _finish(self, after: Graph[Layer]) -> None:
        box = getattr(after.annotations, self._spot.kind)[self._spot.id].box
        commands.resize(self.document, self._spot, box.width, box.height)

    def _size(self, at: Pointer) -> tuple[float, float]:
        x, y = self._away(at)
        return max(self._box.width + x, LEAST[0]), max(self._box.height + y, LEAST[1])
