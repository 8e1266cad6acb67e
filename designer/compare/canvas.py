"""The canvas of a comparison: both drawings, to be looked at. Only what is in sight is painted."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from designer.compare.joined import Card, Joined
from designer.compare.painting import paint_cards, paint_far, paint_strands
from designer.theme import theme
from designer.theme.tokens import GRID, STEP
from engine.project.compare import Kind
from engine.text import tr

SMALLEST, LARGEST = 0.05, 2.0
NEAR, READABLE = 0.4, 0.75
FACTOR = 1.25
MARGIN = 48
EMPTY = Joined({}, ())
HIDDEN: dict[str, frozenset[Kind]] = {
    "both": frozenset(),
    "old": frozenset({"added"}),
    "new": frozenset({"removed"}),
}


class CompareCanvas(QWidget):
    """Shows a Joined drawing. `picked` carries the name of a node that was clicked."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.joined = EMPTY
        self.hidden: frozenset[Kind] = frozenset()
        self.chosen = ""
        self.zoom = 1.0
        self.origin = QPointF()  # the point of the drawing in the upper left corner
        self._pressed: QPoint | None = None
        self._dragged = False
        self._fitted = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(60 * STEP, 60 * STEP))
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Both networks"))
        theme.changed.connect(self.update)

    def show_joined(self, joined: Joined, keep: bool = False) -> None:
        """Shows another drawing: all of it, or (`keep`) the same part as before."""
        self.joined = joined
        kinds = [card.kind for card in joined.cards.values()]
        counts = {kind: kinds.count(kind) for kind in ("added", "removed", "changed", "renamed")}
        self.setAccessibleDescription(
            tr("{added} added, {removed} removed, {changed} changed, {renamed} renamed", **counts)
        )
        if not keep:
            self.chosen = ""
            self._show_start()
        self.update()

    def show_side(self, side: str) -> None:
        """What is seen: "old", "new", or "both"."""
        self.hidden = HIDDEN[side]
        self.update()

    def choose(self, name: str) -> None:
        """Marks a node and brings it into sight."""
        self.chosen = name
        card = self.joined.cards.get(name)
        if card and not self.seen().contains(card.box):
            self._fitted = False
            if self.zoom < NEAR:
                self.zoom = 1.0
            middle = QPointF(self.width(), self.height()) / (2 * self.zoom)
            self.origin = card.box.center() - middle
        self.update()

    def fit(self) -> None:
        """Shows the whole drawing."""
        bounds = self.joined.bounds()
        self._fitted = True
        if bounds.isEmpty():
            return
        wide, high = max(self.width() - 2 * MARGIN, 1), max(self.height() - 2 * MARGIN, 1)
        self.zoom = max(min(wide / bounds.width(), high / bounds.height(), 1.0), SMALLEST)
        middle = QPointF(self.width(), self.height()) / (2 * self.zoom)
        self.origin = bounds.center() - middle
        self.update()

    def _show_start(self) -> None:
        """All of it where its cards can be read then, else the first card that is not as it was."""
        self.fit()
        first = next((card for card in self.joined.cards.values() if card.kind), None)
        if self.zoom < READABLE and first:
            self.zoom = READABLE
            corner = first.box.center() - QPointF(self.width() / 2, self.height() / 3) / self.zoom
            top = self.joined.bounds().top() - MARGIN / self.zoom
            self.origin = QPointF(corner.x(), max(corner.y(), top))

    def seen(self) -> QRectF:
        """The part of the drawing that is in sight."""
        return QRectF(self.origin.x(), self.origin.y(), self.width() / self.zoom, self.height() / self.zoom)

    def card_at(self, point: QPointF) -> Card | None:
        """The card at a point of the widget."""
        at = self.origin + point / self.zoom
        return next((card for card in self.shown() if card.box.contains(at)), None)

    def shown(self) -> list[Card]:
        """The cards that are in sight."""
        seen = self.seen().adjusted(-GRID, -GRID, GRID, GRID)
        return [
            card for card in self.joined.cards.values() if card.kind not in self.hidden and seen.intersects(card.box)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.tokens.canvas)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(self._on_whole_pixels())
            seen = self.seen()
            strands = [strand for strand in self.joined.strands if strand.kind not in self.hidden]
            if self.zoom < NEAR:
                paint_far(painter, self.shown(), strands, seen, self.zoom, self.chosen)
            else:
                paint_strands(painter, strands, seen)
                paint_cards(painter, self.shown(), self.chosen)

    def _on_whole_pixels(self) -> QTransform:
        """From the drawing to the widget. Shifted by whole pixels, so that edges are as sharp at any place."""
        scale = self.zoom * self.devicePixelRatioF()
        corner = QPointF((self.origin * scale).toPoint()) / self.devicePixelRatioF()
        return QTransform(self.zoom, 0, 0, self.zoom, -corner.x(), -corner.y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._fitted:
            self._show_start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed, self._dragged = event.position().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None:
            card = self.card_at(event.position())
            self.setCursor(Qt.CursorShape.PointingHandCursor if card else Qt.CursorShape.OpenHandCursor)
            QToolTip.showText(event.globalPosition().toPoint(), _words(card), self) if card else QToolTip.hideText()
            return
        if self._dragged or (at - self._pressed).manhattanLength() > STEP:
            self._dragged, self._fitted = True, False
            self.origin -= QPointF(at - self._pressed) / self.zoom
            self._pressed = at
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        card = self.card_at(event.position())
        if pressed is not None and not self._dragged and card:
            self.choose(card.name)
            self.picked.emit(card.name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._fitted = False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(FACTOR ** (event.angleDelta().y() / 120), event.position())
        else:
            away = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 2
            self.origin -= QPointF(away) / self.zoom
            self.update()
        event.accept()

    def zoom_by(self, factor: float, fixed: QPointF | None = None) -> None:
        """Zooms; this point of the widget shows the same place as before."""
        fixed = fixed or QPointF(self.width(), self.height()) / 2
        place = self.origin + fixed / self.zoom
        self.zoom = min(max(self.zoom * factor, SMALLEST), LARGEST)
        self.origin = place - fixed / self.zoom
        self._fitted = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows scroll, plus and minus zoom, F shows all."""
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        key = Qt.Key(event.key())
        if key in steps:
            self._fitted = False
            self.origin += QPointF(*steps[key]) * 3 * GRID / self.zoom
            self.update()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom_by(1 / FACTOR if key == Qt.Key.Key_Minus else FACTOR)
        elif key == Qt.Key.Key_F:
            self.fit()
        else:
            event.ignore()


def _words(card: Card) -> str:
    """What became of a node, for the tooltip."""
    words = {"added": tr("added"), "removed": tr("removed"), "changed": tr("changed")}
    if card.kind == "renamed":
        return tr("{name}: renamed, was {old}", name=card.name, old=card.was)
    return f"{card.name}: {words[card.kind] if card.kind else tr('unchanged')}"
