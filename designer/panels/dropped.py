"""What is dropped on a workspace: one local file or folder. A project's file is left to the window."""

from pathlib import Path

from PySide6.QtGui import QDropEvent

PROJECT_SUFFIX = ".loom"


def dropped_path(event: QDropEvent) -> Path | None:
    """The one local path that is dragged; None where it is something else, or a project."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return None if path.suffix == PROJECT_SUFFIX else path
