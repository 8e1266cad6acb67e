"""Pulling the canvas along."""

from PySide6.QtCore import QPoint, Qt

from designer.canvas.gestures.base import Gesture, Pointer


class Pan(Gesture):
    """The point that was grabbed stays under the cursor."""

    _last: QPoint | None = None

    def move(self, at: Pointer) -> None:
        self.stage.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.stage.scroll_by((self._last or self.origin.view) - at.view)
        self._last = at.view

    def end(self, at: Pointer) -> None:
        self.stage.viewport().unsetCursor()

    def cancel(self) -> None:
        if self._last:
            self.stage.scroll_by(self._last - self.origin.view)
        self.stage.viewport().unsetCursor()
