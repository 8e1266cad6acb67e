"""The real main window, with settings and folders of its own."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from designer.theme import theme
from designer.window.appearance import Appearance
from designer.window.main_window import MainWindow
from designer.window.wiring import wire


@pytest.fixture
def window(qtbot: QtBot, qapp: object, nothing_leaks: None) -> Iterator[MainWindow]:
    window = MainWindow()
    appearance = Appearance()
    wire(window, appearance)
    window.resize(1440, 900)
    window.restore()
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.may_close = lambda: True
    window.close()
    window.deleteLater()
    appearance.deleteLater()
    theme.choose("dark")


@pytest.fixture
def design(window: MainWindow) -> MainWindow:
    """The window with the textbook network open."""
    window.spaces.get("welcome").cards["mnist-cnn"].click()  # type: ignore[attr-defined]
    return window
