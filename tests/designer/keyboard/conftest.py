"""The main window under hands that have no mouse, and the keys as they are at first."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from designer.keyboard.keymap import keymap
from designer.theme import theme
from designer.window.appearance import Appearance
from designer.window.main_window import MainWindow
from designer.window.wiring import wire
from tests.designer.keyboard.hands import Hands
from tests.designer.shown import activate


@pytest.fixture(autouse=True)
def first_keys() -> Iterator[None]:
    """Every test begins and ends with the first keys."""
    keymap.reset_all()
    yield
    keymap.reset_all()


@pytest.fixture
def window(qtbot: QtBot, qapp: object, nothing_leaks: None) -> Iterator[MainWindow]:
    window = MainWindow()
    appearance = Appearance()
    wire(window, appearance)
    window.restore()
    window.resize(1440, 900)
    activate(qtbot, window)
    yield window
    window.may_close = lambda: True
    window.close()
    window.deleteLater()
    appearance.deleteLater()
    theme.choose("dark")


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot) -> Hands:
    return Hands(window, qtbot)


@pytest.fixture
def design(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with the textbook network open, the canvas in focus."""
    window.spaces.get("welcome").cards["mnist-cnn"].click()  # type: ignore[attr-defined]
    stage = window.design.canvas.stage
    qtbot.waitUntil(stage.hasFocus)
    return window
