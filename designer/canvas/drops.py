"""What is dragged into the canvas from elsewhere: layers from the palette, project files from the desktop."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragLeaveEvent, QDragMoveEvent, QDropEvent

from designer.blocks.kinds import known, layer_of
from designer.canvas.gestures.base import Pointer
from designer.canvas.gestures.drop import DropLayer
from designer.canvas.stage import Stage
from designer.dragged import dragged_project
from designer.palette.mime import dragged_layer


class Drops(QObject):
    """Turns Qt's drag events over the stage into a gesture. `file_dropped` carries the Path of a project."""

    file_dropped = Signal(object)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._stage = stage
        stage.setAcceptDrops(True)
        stage.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragLeaveEvent):
            self._stage.cancel()
            return True
        if isinstance(event, QDropEvent):  # QDragEnterEvent and QDragMoveEvent are such events too
            return self._drag(event)
        return False

    def _drag(self, event: QDropEvent) -> bool:
        kind, file = dragged_layer(event.mimeData()), dragged_project(event)
        kind = kind if kind and known(self._stage.document, kind) else None
        if kind is None and file is None:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        at = self._stage.pointer_at(event.position(), event.modifiers())
        if kind:
            self._carry(event, kind, at)
        elif event.type() == QEvent.Type.Drop:
            self.file_dropped.emit(file)
        return True

    def _carry(self, event: QDropEvent, kind: str, at: Pointer) -> None:
        stage = self._stage
        if event.type() == QEvent.Type.DragEnter or not isinstance(stage.gesture, DropLayer):
            stage.begin(DropLayer(stage, at, layer_of(stage.document, kind)))
        gesture = stage.gesture
        if gesture is None:
            return
        if isinstance(event, QDragMoveEvent):
            gesture.move(at)
        else:
            stage.gesture = None
            gesture.end(at)
            stage.setFocus()
