"""The real main window, a file that is open in it, and what is seen of that file."""

from pathlib import Path

import pytest

from designer.window.main_window import MainWindow
from engine.project.file import save
from engine.project.project import Project
from tests.designer.window.conftest import design, window

__all__ = ["design", "window"]


@pytest.fixture
def file(window: MainWindow, tmp_path: Path, project: Project) -> Path:
    """A file with the module's `project`, open in the window."""
    path = tmp_path / "net.loom"
    save(project, path)
    window.files.open(path)
    return path
