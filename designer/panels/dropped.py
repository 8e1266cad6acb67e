"""What is dropped on a workspace: one local file or folder. A project's file is left to the window."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from designer.dragged import dragged_path, is_project


class DropPage(QWidget):
    """A page that takes a file or folder that is dropped on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def take_path(self, path: Path) -> None:
        """What is done with it."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_path(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if (path := dropped_path(event)) is not None:
            event.acceptProposedAction()
            self.take_path(path)


def dropped_path(event: QDropEvent) -> Path | None:
    """The one local path that is dragged; None where it is something else, or a project."""
    path = dragged_path(event)
    return path if path and not is_project(path) else None
