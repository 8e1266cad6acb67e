"""Moving nodes, and selecting them by a click."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from designer.canvas import commands
from designer.canvas.carried import MANY
from designer.canvas.gestures.base import Gesture, Pointer
from designer.order.guides import GuideLines
from designer.order.snapping import Box, Snapper
from designer.theme.tokens import GRID
from engine.graph import Place

if TYPE_CHECKING:
    from designer.canvas.stage import Stage

SNAP = 6
FEW = 40  # cards whose common edges snap; with more, only the grid does


class Carry(Gesture):
    """Moves the selected nodes, or the grabbed one where it is not among them.

    What comes near a line of the grid, an edge or middle of a card in sight, or an equal distance, lies on it; guides
    say which. Alt keeps it off all of them. Very many are shown as a picture, and placed in the end.
    """

    edges = True

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
        self._many = len(self._places) >= MANY
        self._away = QPointF()
        self._guides: GuideLines | None = None
        self._seen = QRectF()
        self._snapper = Snapper(())

    def move(self, at: Pointer) -> None:
        away = at.scene - self.origin.scene
        if self._name not in self._places:
            return
        freely = at.holds(Qt.KeyboardModifier.AltModifier)
        if self._many:
            grabbed = self._places[self._name]
            self._away = away if freely else QPointF(_snap(grabbed.x, away.x()), _snap(grabbed.y, away.y()))
            self.stage.carry(self._places, self._away)
            return
        if freely:
            self._show_guides(None)
        else:
            away = self._snapped(away)
            self._show_guides(self._box(away))
        self._now = self._moved(away)
        self.scene.preview(self._now)

    def end(self, at: Pointer) -> None:
        self.move(at)
        self._clear()
        if self._many:
            self._now = self._moved(self._away)
        else:
            self.scene.preview(self._places)
        commands.move(self.document, self._now)
        self.stage.put_down()

    def click(self, at: Pointer) -> None:
        if at.adds and self._was_selected:
            self.document.select(self.document.selection - {self._name})
        elif not at.adds:
            self.document.select({self._name})

    def cancel(self) -> None:
        self._clear()
        self.stage.put_down()
        if self._many:
            return
        places = self.document.graph.places
        self.scene.preview({name: places[name] for name in self._places if name in self.scene.nodes})

    def _moved(self, away: QPointF) -> dict[str, Place]:
        right, down = away.toTuple()
        return {name: Place(x + right, y + down) for name, (x, y) in self._places.items()}

    def _snapped(self, away: QPointF) -> QPointF:
        """How far to go instead: into line with other cards where they are near, else onto the grid."""
        self._look_around()
        grabbed = self._places[self._name]
        box, reach = self._box(away), SNAP / max(self.stage.zoom, 0.5)
        found = []
        for axis, (start, wanted) in enumerate(((grabbed.x, away.x()), (grabbed.y, away.y()))):
            more = self._snapper.nearest(box, axis, reach)
            found.append(_snap(start, wanted) if more is None else wanted + more)
        return QPointF(*found)

    def _box(self, away: QPointF) -> Box:
        """The rectangle around all that is moved, so far away from where it was."""
        nodes = self.scene.nodes
        left, top = (min(place[axis] for place in self._places.values()) for axis in (0, 1))
        right = max(place.x + nodes[name].width for name, place in self._places.items())
        bottom = max(place.y + nodes[name].height for name, place in self._places.items())
        return left + away.x(), top + away.y(), right + away.x(), bottom + away.y()

    def _look_around(self) -> None:
        """Takes the cards in sight, when that is another part of the canvas."""
        seen = self.stage.seen()
        if seen == self._seen:
            return
        self._seen = seen
        few = len(self._places) <= FEW and not self.scene.far
        others = [item for item in self.scene.cards_in(seen) if item.name not in self._places] if few else []
        self._snapper = Snapper(item.frame() for item in others)

    def _show_guides(self, box: Box | None) -> None:
        if self._guides is None:
            self._guides = GuideLines()
            self.scene.addItem(self._guides)
        self._guides.show_guides(self._snapper.guides(box) if box else ())

    def _clear(self) -> None:
        if self._guides:
            self.scene.removeItem(self._guides)
            self._guides = None


def _snap(start: float, away: float) -> float:
    """How far to go so that a node which comes near a line of the grid lies on it."""
    line = round((start + away) / GRID) * GRID
    return line - start if abs(line - start - away) <= SNAP else round(away)
