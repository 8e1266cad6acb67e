"""Dark, light, or as the system has it: the person's choice of theme, kept and switched at once."""

from typing import Literal, TypeAlias, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from designer.theme import theme
from designer.window.settings import remember, remembered

Choice: TypeAlias = Literal["system", "dark", "light"]


class Appearance(QObject):
    """Holds the choice, and follows the system while it says so."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        kept = remembered("theme", "system")
        self.choice: Choice = cast(Choice, kept) if kept in ("dark", "light") else "system"
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        self._apply()

    def choose(self, choice: Choice) -> None:
        """Takes another theme, and keeps it for the next start."""
        self.choice = choice
        remember("theme", choice)
        self._apply()
        self.chosen.emit(choice)

    def _follow(self) -> None:
        if self.choice == "system":
            self._apply()

    def _apply(self) -> None:
        name = self.choice if self.choice != "system" else _system()
        if theme.tokens.name != name:
            theme.choose(name)


def _system() -> str:
    """The system's theme; dark where it has none."""
    light = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light
    return "light" if light else "dark"
