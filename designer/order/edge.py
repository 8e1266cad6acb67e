"""While something is dragged near the edge of the view, what is seen moves along."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer

if TYPE_CHECKING:
    from designer.canvas.gestures.base import Pointer
    from designer.canvas.stage import Stage

EDGE = 28  # pixels from the edge of the view within which it scrolls
SLOW, FAST = 2, 24  # pixels a turn, at the inner end of that strip and beyond the view
TURN_MS = 16


class EdgeScroll(QObject):
    """Scrolls the stage while its gesture is held near the edge, and tells the gesture where it is then."""

    def __init__(self, stage: "Stage") -> None:
        super().__init__(stage)
        self._stage = stage
        self._at = QPoint()
        self._keys = Qt.KeyboardModifier.NoModifier
        self._timer = QTimer(self, interval=TURN_MS)
        self._timer.timeout.connect(self._turn)

    def follow(self, at: "Pointer") -> None:
        """The mouse of a gesture that may scroll is here."""
        self._at, self._keys = at.view, at.keys
        if self._speed().isNull():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """The gesture has ended."""
        self._timer.stop()

    def _turn(self) -> None:
        gesture, speed = self._stage.gesture, self._speed()
        if gesture is None or speed.isNull():
            self._timer.stop()
            return
        self._stage.scroll_by(speed)
        gesture.move(self._stage.pointer_at(QPointF(self._at), self._keys))

    def _speed(self) -> QPoint:
        gesture = self._stage.gesture
        start = gesture.origin.view if gesture else self._at
        port = self._stage.viewport()
        return QPoint(
            _push(self._at.x(), start.x(), port.width()),
            _push(self._at.y(), start.y(), port.height()),
        )


def _push(at: int, start: int, size: int) -> int:
    """How far to scroll along one axis: the more, the nearer to the edge, and only nearer to it than at the start."""
    last = size - 1
    return _pull(last - at, last - start, size) - _pull(at, start, size)


def _pull(room: int, first: int, size: int) -> int:
    """How strongly one edge pulls what has so much room left to it."""
    strip = min(EDGE, size // 4, max(first, 1))
    return min(SLOW + (FAST - SLOW) * (strip - room) // strip, FAST) if room < strip else 0
