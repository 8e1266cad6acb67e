"""Moving nodes, and selecting them by a click."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from designer.canvas import commands
from designer.canvas.gestures.base import Gesture, Pointer
from designer.theme.tokens import GRID
from engine.graph import Place

if TYPE_CHECKING:
    from designer.canvas.stage import Stage

SNAP = 6


class Carry(Gesture):
    """Moves the selected nodes, or the grabbed one where it is not among them. Alt keeps them off the grid."""

    def __init__(self, stage: "Stage", start: Pointer, name: str) -> None:
        super().__init__(stage, start)
        self._name = name
        self._was_selected = name in self.document.selection
        if start.adds:
            self.document.select(self.document.selection | {name})
        elif not self._was_selected:
            self.document.select({name})
        places = self.document.graph.places
        self._places = {one: places[one] for one in self.document.selection}
        self._now = self._places

    def move(self, at: Pointer) -> None:
        away = at.scene - self.origin.scene
        grabbed = self._places[self._name]
        if not at.holds(Qt.KeyboardModifier.AltModifier):
            away = QPointF(_snap(grabbed.x, away.x()), _snap(grabbed.y, away.y()))
        self._now = {name: Place(p.x + away.x(), p.y + away.y()) for name, p in self._places.items()}
        self.scene.preview(self._now)

    def end(self, at: Pointer) -> None:
        self.move(at)
        self.scene.preview(self._places)
        commands.move(self.document, self._now)

    def click(self, at: Pointer) -> None:
        if at.adds and self._was_selected:
            self.document.select(self.document.selection - {self._name})
        elif not at.adds:
            self.document.select({self._name})

    def cancel(self) -> None:
        places = self.document.graph.places
        self.scene.preview({name: places[name] for name in self._places if name in self.scene.nodes})


def _snap(start: float, away: float) -> float:
    """How far to go so that a node which comes near a line of the grid lies on it."""
    line = round((start + away) / GRID) * GRID
    return line - start if abs(line - start - away) <= SNAP else round(away)
