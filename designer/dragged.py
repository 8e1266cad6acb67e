"""What is dragged in from the desktop: a local file or folder, a project or anything else."""

from pathlib import Path

from PySide6.QtGui import QDropEvent

from engine.project import SUFFIX


def dragged_path(event: QDropEvent) -> Path | None:
    """The local path that is dragged, where it is the only one."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def dragged_project(event: QDropEvent) -> Path | None:
    """The project that is dragged, where it is the only path."""
    path = dragged_path(event)
    return path if path and is_project(path) else None


def is_project(path: Path) -> bool:
    """Whether a path is called as projects are."""
    return path.suffix.casefold() == SUFFIX
