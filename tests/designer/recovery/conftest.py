"""A window that keeps its edits in a journal, and a project's file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from designer.window.main_window import MainWindow
from engine.project.file import save
from engine.project.starters import make_starter
from tests.designer.recovery.crashed import dialogs, window_of


@pytest.fixture
def window(qtbot: QtBot, qapp: object, nothing_leaks: None) -> Iterator[MainWindow]:
    window = window_of(qtbot)
    yield window
    for dialog in dialogs():
        delete(dialog)
    window.may_close = lambda: True
    window.close()
    window.appearance.deleteLater()  # type: ignore[attr-defined]
    window.deleteLater()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "net.loom"
    save(make_starter("mlp"), path)
    return path
