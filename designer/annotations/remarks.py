"""The frames and notes of the drawing that is shown, and which of them is chosen."""

from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QPainter

from designer.annotations.painting import (
    FAR,
    HANDLE,
    TITLE_BAR,
    paint_far_title,
    paint_frame,
    paint_note,
    rectangle,
)
from designer.document import Document
from designer.theme.tokens import STEP
from engine.graph import Annotations, Diff
from engine.graph.annotating import Kind

if TYPE_CHECKING:
    from designer.canvas.scene import Scene

EDGE = 1.5 * STEP
SPARE = 2 * STEP  # what is painted around a box: its pen


class Spot(NamedTuple):
    """A part of a frame or note: what it is taken by."""

    kind: Kind
    id: str
    part: Literal["move", "resize"] = "move"


class Remarks(QObject):
    """Paints frames and notes behind the network. `chosen_changed` carries the chosen Spot, or None."""

    chosen_changed = Signal(object)

    def __init__(self, scene: "Scene") -> None:
        super().__init__(scene)
        self._scene = scene
        self.document: Document = scene.document
        self.shown = self.document.graph.annotations
        self.chosen: Spot | None = None
        scene.behind.append(self.paint)
        scene.above.append(self.paint_titles)
        self.document.changed.connect(self._follow)
        self.document.selected.connect(self._let_go)

    def choose(self, spot: Spot | None) -> None:
        """Makes a frame or a note the one that keys and menus speak of; then no layer is selected."""
        if spot is not None:
            self.document.select(())
            spot = Spot(spot.kind, spot.id)
        if spot == self.chosen:
            return
        touched = [one for one in (self.chosen, spot) if one]
        self.chosen = spot
        for one in touched:
            self._touch(one)
        self.chosen_changed.emit(spot)

    def preview(self, annotations: Annotations | None) -> None:
        """Shows these instead of the drawing's, until None is given."""
        self.shown = annotations or self.document.graph.annotations
        self._scene.sheet.touch_all()
        self._scene.tell()

    def at(self, point: QPointF) -> Spot | None:
        """The frame or note under a point: notes lie above frames, later ones above earlier."""
        for id, note in reversed(list(self.shown.notes.items())):
            rect = rectangle(note.box)
            if rect.contains(point):
                return Spot("notes", id, "resize" if _in_corner(rect, point) else "move")
        for id, frame in reversed(list(self.shown.frames.items())):
            rect = rectangle(frame.box)
            if _in_corner(rect, point):
                return Spot("frames", id, "resize")
            if _on_edge(rect, point):
                return Spot("frames", id)
        return None

    def rect(self, spot: Spot) -> QRectF:
        """Where a frame or note lies; empty where it is not there."""
        one = getattr(self.shown, spot.kind).get(spot.id)
        return rectangle(one.box) if one else QRectF()

    def content(self) -> QRectF:
        """The rectangle around all of them."""
        found = QRectF()
        for kind in ("frames", "notes"):
            for one in getattr(self.shown, kind).values():
                found = found.united(rectangle(one.box))
        return found

    def paint(self, painter: QPainter, seen: QRectF, zoom: float) -> None:
        """Paints those in a rectangle of the scene, the larger frames first."""
        frames = sorted(self.shown.frames.items(), key=lambda item: -item[1].box.width * item[1].box.height)
        for id, frame in frames:
            if rectangle(frame.box).intersects(seen):
                paint_frame(painter, frame, self.chosen == Spot("frames", id), zoom)
        for id, note in self.shown.notes.items():
            if rectangle(note.box).intersects(seen):
                paint_note(painter, note, self.chosen == Spot("notes", id), zoom)

    def paint_titles(self, painter: QPainter, seen: QRectF, zoom: float) -> None:
        """From afar, the titles of the frames over everything else."""
        for frame in self.shown.frames.values() if zoom < FAR else ():
            if rectangle(frame.box).intersects(seen):
                paint_far_title(painter, frame, zoom)

    def _follow(self, difference: Diff) -> None:
        if self.shown is not self.document.graph.annotations:
            self.preview(None)
        if self.chosen and self.chosen.id not in getattr(self.shown, self.chosen.kind):
            self.choose(None)

    def _let_go(self, names: frozenset[str]) -> None:
        if names:
            self.choose(None)

    def _touch(self, spot: Spot) -> None:
        rect = self.rect(spot)
        if not rect.isEmpty():
            self._scene.touch(rect.adjusted(-SPARE, -SPARE, SPARE, SPARE))


def _in_corner(rect: QRectF, point: QPointF) -> bool:
    corner = rect.bottomRight()
    return rect.contains(point) and corner.x() - point.x() + corner.y() - point.y() <= 1.5 * HANDLE


def _on_edge(rect: QRectF, point: QPointF) -> bool:
    """On the title or near the border: the inside of a frame is canvas."""
    if not rect.adjusted(-EDGE, -EDGE, EDGE, EDGE).contains(point):
        return False
    return not rect.adjusted(EDGE, TITLE_BAR, -EDGE, -EDGE).contains(point)
