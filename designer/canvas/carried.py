"""Many cards being carried: they and the wires among them are a picture that is shifted, as if it were panned."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from designer.canvas.ground import Ground, Sight
from designer.canvas.wire_item import WIDTH, WireItem, curve
from designer.theme import theme

if TYPE_CHECKING:
    from designer.canvas.stage import Stage

MANY = 150  # cards from which on moving them one by one takes longer than a frame
CURVES = 300  # loose wires that are painted as curves; more are straight


class Carried:
    """The cards of a drawing that are carried, so far away from where the document has them.

    What is loose are the wires with one end among them: they are painted anew with each frame.
    """

    def __init__(self, stage: "Stage", names: Iterable[str]) -> None:
        self._stage = stage
        self.away = QPointF()
        self._ground = Ground(self._paint, clear=True)
        sheet = stage.drawing.sheet
        sheet.lifted = frozenset(names) & sheet.nodes.keys()
        self._sheet = sheet
        ends = {wire for name in sheet.lifted for wire in sheet.touching(name)}
        loose = (wire for wire in ends if (wire.source.node in sheet.lifted) is not (wire.target.node in sheet.lifted))
        self._loose = [sheet.wires[wire] for wire in sorted(loose)]
        self._renew()

    def move(self, away: QPointF) -> None:
        """Shows them so far away."""
        if away != self.away:
            self.away = away
            self._stage.viewport().update()

    def put_down(self) -> None:
        """Shows them where the sheet has them again."""
        self._sheet.lifted = frozenset()
        self._renew()

    def spoil(self, rects: list[QRectF] | None) -> None:
        """Something has changed in these rectangles of the scene, or anywhere."""
        if rects is None:
            self._ground.forget()
        else:
            self._ground.spoil(rects)
        self._stage.viewport().update()

    def show(self, painter: QPainter, sight: Sight) -> None:
        """Paints them above everything else, on whole pixels, as the picture under them is."""
        pixels = (self.away * sight.zoom).toPoint()
        self._show_loose(painter, QPointF(pixels) / sight.zoom)
        transform = QTransform(sight.transform)
        transform.translate(pixels.x() / sight.zoom, pixels.y() / sight.zoom)
        self._ground.show(painter, sight._replace(transform=transform))

    def _renew(self) -> None:
        self._sheet.touch_all()
        self._stage.drawing.tell()

    def _paint(self, painter: QPainter, seen: QRectF) -> None:
        self._stage.paint_layer(painter, seen, True)

    def _show_loose(self, painter: QPainter, away: QPointF) -> None:
        scene = self._stage.drawing
        seen, flow = self._stage.seen(), self._sheet.flow
        lines = [line for item in self._loose if _touches(seen, line := self._line(item, away))]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not scene.far)
        painter.setPen(QPen(QColor(theme.tokens.disabled), WIDTH if not scene.far else 1 / self._stage.zoom))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if scene.far or len(lines) > CURVES:
            painter.drawLines(lines)
            return
        for line in lines:
            painter.drawPath(curve(line.p1(), line.p2(), flow=flow))

    def _line(self, item: WireItem, away: QPointF) -> QLineF:
        """A loose wire: one of its ends is carried."""
        line = item.line
        if item.wire.source.node in self._sheet.lifted:
            return QLineF(line.p1() + away, line.p2())
        return QLineF(line.p1(), line.p2() + away)


def _touches(seen: QRectF, line: QLineF) -> bool:
    left, right = sorted((line.x1(), line.x2()))
    top, bottom = sorted((line.y1(), line.y2()))
    return left <= seen.right() and right >= seen.left() and top <= seen.bottom() and bottom >= seen.top()
