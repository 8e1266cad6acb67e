"""The view onto the scene: zoom and scrolling, and the mouse handed to gestures."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QMargins, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip

from designer.annotations.gestures import Resize, Take
from designer.annotations.remarks import Spot
from designer.canvas.backdrop import Backdrop
from designer.canvas.carried import Carried
from designer.canvas.gestures.band import Band
from designer.canvas.gestures.base import Gesture, Pointer
from designer.canvas.gestures.carry import Carry
from designer.canvas.gestures.pan import Pan
from designer.canvas.gestures.wire import DrawWire
from designer.canvas.ground import Ground, Sight
from designer.canvas.hits import Hit, hit
from designer.canvas.ports import End
from designer.canvas.scene import Scene
from designer.canvas.tips import tip
from designer.document import Document
from designer.order.edge import EdgeScroll
from designer.theme import theme

SMALLEST, LARGEST = 0.05, 4.0
STEP_FACTOR = 1.25
WORLD = QRectF(-1e6, -1e6, 2e6, 2e6)
TREMBLE = 4
MARGIN = 48


class Stage(QGraphicsView):
    """Shows the scene. `hinted` carries a sentence and where to show it; `offered` an end of a wire and a Pointer;
    `asked_menu` a Hit and a Pointer; `named` the node whose name is to be edited; `viewed` comes after any scroll;
    `remark_opened` a Spot that was double-clicked, `remark_menu` one whose menu was asked for, with a Pointer."""

    hinted = Signal(str, QPoint, bool)
    offered = Signal(object, object)
    asked_menu = Signal(object, object)
    named = Signal(str)
    viewed = Signal()
    remark_opened = Signal(object)
    remark_menu = Signal(object, object)

    def __init__(self, document: Document) -> None:
        self.document = document
        self.drawing = Scene(document)
        super().__init__(self.drawing)
        self.gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._begun = False
        self._space = False
        self._backdrop = Backdrop()
        self._ground = Ground(self._paint_ground)
        self.carried: Carried | None = None
        self._edge = EdgeScroll(self)
        self._set_up()
        document.changed.connect(self.cancel)
        theme.changed.connect(self._renew_ground)
        self.drawing.spoilt.connect(self._renew_ground)
        document.reported.connect(self._refresh)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setSceneRect(WORLD)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def zoom(self) -> float:
        return self.transform().m11()

    def seen(self) -> QRectF:
        """The part of the scene that is in sight."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def scroll_by(self, away: QPoint) -> None:
        """Moves what is seen by so many pixels."""
        for bar, pixels in ((self.horizontalScrollBar(), away.x()), (self.verticalScrollBar(), away.y())):
            bar.setValue(bar.value() + pixels)

    def zoom_to(self, zoom: float, fixed: QPoint | None = None) -> None:
        """Zooms; this point of the view (its middle, where none is given) shows the same place as before."""
        zoom = min(max(zoom, SMALLEST), LARGEST)
        fixed = fixed or self.viewport().rect().center()
        place = self.mapToScene(fixed)
        factor = zoom / self.zoom
        self.scale(factor, factor)
        self.scroll_by(self.mapFromScene(place) - fixed)
        self.drawing.show_detail(zoom)
        self.viewed.emit()

    def show_rect(self, rect: QRectF, margin: int = MARGIN, largest: float = 1.0) -> None:
        """Makes this rectangle of the scene fill the view, but for a margin, and no larger than that zoom."""
        room = self.viewport().size().shrunkBy(QMargins(margin, margin, margin, margin))
        scale = min(room.width() / max(rect.width(), 1), room.height() / max(rect.height(), 1), largest)
        self.zoom_to(scale)
        self.centerOn(rect.center())

    def bring(self, rect: QRectF) -> None:
        """Scrolls no further than it takes to see this rectangle of the scene."""
        self.ensureVisible(rect, MARGIN, MARGIN)

    def hint(self, words: str, at: QPoint, fades: bool = False) -> None:
        """Says something beside the mouse; an empty text takes it away."""
        self.hinted.emit(words, at, fades)

    def offer_layers(self, end: End, at: Pointer) -> None:
        """A wire from this end was dropped where nothing is."""
        self.offered.emit(end, at)

    def begin(self, gesture: Gesture) -> None:
        """Starts a gesture; one in progress is cancelled."""
        self.cancel()
        self.gesture, self._begun = gesture, False

    def cancel(self, _: object = None) -> None:
        """Gives up the gesture in progress and leaves everything as it was."""
        self._edge.stop()
        gesture, self.gesture = self.gesture, None
        if gesture:
            gesture.cancel()

    def pointer(self, event: QMouseEvent) -> Pointer:
        return self.pointer_at(event.position(), event.modifiers())

    def pointer_at(self, position: QPointF, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Pointer:
        """A point of the view as gestures take it."""
        inverse = self.viewportTransform().inverted()[0]
        return Pointer(inverse.map(position), position.toPoint(), keys)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.pointer(event)
        if self.gesture is None and event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            QToolTip.hideText()
            self.hint("", at.view)
            self._button = event.button()
            self.begin(self._gesture(event.button(), at))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self.pointer(event)
        if self.gesture is None:
            self._hover(at)
        elif self._begun or (at.view - self.gesture.origin.view).manhattanLength() >= TREMBLE:
            self._begun = True
            self.gesture.move(at)
            if self.gesture and self.gesture.edges:
                self._edge.follow(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.gesture is None or event.button() != self._button:
            return
        self._edge.stop()
        gesture, self.gesture = self.gesture, None
        finish: Callable[[Pointer], None] = gesture.end if self._begun else gesture.click
        finish(self.pointer(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = hit(self.drawing, self.pointer(event).scene)
        if event.button() == Qt.MouseButton.LeftButton and found.node:
            self.named.emit(found.node)
        elif spot := self._remark_at(found, self.pointer(event)):
            self.remark_opened.emit(spot)
        else:
            self.mousePressEvent(event)

    def _remark_at(self, found: Hit, at: Pointer) -> Spot | None:
        """The frame or note under the mouse, where no part of the network lies over it."""
        return None if found != Hit() else self.drawing.remarks.at(at.scene)

    def _gesture(self, button: Qt.MouseButton, at: Pointer) -> Gesture:
        if button == Qt.MouseButton.MiddleButton or self._space:
            return Pan(self, at)
        found = hit(self.drawing, at.scene)
        if found.end:
            return DrawWire(self, at, found.end)
        if found.node:
            return Carry(self, at, found.node)
        spot = None if found.wire else self.drawing.remarks.at(at.scene)
        if spot:
            return (Resize if spot.part == "resize" else Take)(self, at, self.drawing.remarks, spot)
        self.drawing.remarks.choose(None)
        return Band(self, at, found.wire)

    def _hover(self, at: Pointer) -> None:
        found = hit(self.drawing, at.scene)
        self.drawing.hover(found.thing or (found.end.node if found.end else None))
        shape = Qt.CursorShape.CrossCursor if found.end else Qt.CursorShape.ArrowCursor
        if (spot := self._remark_at(found, at)) and spot.part == "resize":
            shape = Qt.CursorShape.SizeFDiagCursor
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if self._space else shape)

    def leaveEvent(self, event: QEvent) -> None:
        self.drawing.hover(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.gesture is None:
            at = self.pointer_at(QPointF(event.pos()))
            self.hint("", at.view)
            mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            found = hit(self.drawing, at.scene) if mouse else self._chosen()
            spot = self._remark_at(found, at) if mouse else self.drawing.remarks.chosen
            if spot and found == Hit():
                self.drawing.remarks.choose(spot)
                self.remark_menu.emit(spot, at)
            else:
                self.asked_menu.emit(found, at)

    def _chosen(self) -> Hit:
        """What the menu key asks about: what is selected."""
        return Hit(
            node=min(self.document.selection, default=None), wire=min(self.document.selected_wires, default=None)
        )

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_to(self.zoom * STEP_FACTOR ** (event.angleDelta().y() / 120), event.position().toPoint())
        else:
            away = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 2
            sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not away.x()
            self.scroll_by(-(QPoint(away.y(), 0) if sideways else away))
        event.accept()

    def _show_tip(self, event: QHelpEvent) -> bool:
        words = tip(self.document, hit(self.drawing, self.pointer_at(QPointF(event.pos())).scene))
        QToolTip.showText(event.globalPos(), words, self.viewport())
        return True

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_to(self.zoom * (1 + event.value()), event.position().toPoint())
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self._show_tip(event)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.document.select(()) if self.gesture is None else self.cancel()
        elif event.key() == Qt.Key.Key_Space and self.gesture is None:
            self._space = True
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.viewport().unsetCursor()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        port = self.viewport()
        sight = Sight(port.size(), port.devicePixelRatioF(), self.zoom, self.viewportTransform())
        self.drawing.begin_frame()
        self._ground.show(painter, sight)
        if self.carried:
            self.carried.show(painter, sight)
        self.drawing.end_frame(self.seen(), self.zoom)

    def _paint_ground(self, painter: QPainter, seen: QRectF) -> None:
        drawing, zoom = self.drawing, self.zoom
        self._backdrop.paint(painter, seen, zoom)
        for paint in drawing.behind:
            paint(painter, seen, zoom)
        self.paint_layer(painter, seen, False if self.carried else None)
        for paint in drawing.above:
            paint(painter, seen, zoom)

    def paint_layer(self, painter: QPainter, seen: QRectF, carried: bool | None) -> None:
        """Paints what is carried, what is not, or all."""
        drawing = self.drawing
        drawing.sheet.layer = carried
        (drawing.paint_far if drawing.far else drawing.paint_near)(painter, seen, self.zoom)
        drawing.sheet.layer = None

    def carry(self, names: Collection[str], away: QPointF) -> None:
        """Shows these cards so far away, whatever the document says; more of them than can be moved one by one."""
        if self.carried is None:
            self.carried = Carried(self, names)
        self.carried.move(away)

    def put_down(self) -> None:
        """Shows what was carried where the document has it."""
        carried, self.carried = self.carried, None
        if carried:
            carried.put_down()

    def _refresh(self, _: object) -> None:
        self.drawing.refresh(self.seen())

    def _renew_ground(self, rects: list[QRectF] | None = None) -> None:
        """Something on these parts of the scene, or anywhere, is another."""
        if self.carried:
            self.carried.spoil(rects)
        if rects is None:
            self._ground.forget()
            self.viewport().update()
            return
        self._ground.spoil(rects)
        for rect in rects:
            self.viewport().update(self.viewportTransform().mapRect(rect).toAlignedRect().adjusted(-2, -2, 2, 2))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.viewed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.viewed.emit()
