"""The camera of the tour: a picture of each stage, in both themes."""

from pathlib import Path

from PySide6.QtCore import Qt

from designer.tour.hands import CTRL_ALT, press
from designer.tour.script import Rest, Steps
from designer.window.main_window import MainWindow

SETTLE_SECONDS = 0.3


class Camera:
    """Takes numbered pictures of the window; the theme is changed by its shortcut."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self._window, self._folder = window, folder
        self._taken = 0

    def take(self, name: str) -> Steps:
        """A picture in the light theme and one in the dark."""
        self._taken += 1
        for theme, key in (("light", Qt.Key.Key_L), ("dark", Qt.Key.Key_D)):
            yield from press(key, CTRL_ALT)
            yield Rest(SETTLE_SECONDS)
            self._window.grab().save(str(self._folder / f"{self._taken:02}-{name}-{theme}.png"))
