"""Dark, light, or as the system has it: the person's choice of theme, kept and switched at once.

How much contrast it has is always as the system has it.
"""

from typing import Literal, TypeAlias, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from designer.theme import theme, tokens_of
from designer.window.settings import remember, remembered

Choice: TypeAlias = Literal["system", "dark", "light"]


class Appearance(QObject):
    """Holds the choice, and follows the system while it says so."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        kept = remembered("theme", "system")
        self.choice: Choice = cast(Choice, kept) if kept in ("dark", "light") else "system"
        self._hints = QGuiApplication.styleHints()  # both are kept: the second is invalid once the first is forgotten
        self._wishes = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._follow)
        self._wishes.contrastPreferenceChanged.connect(self._apply)
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
        wanted = tokens_of(self.choice if self.choice != "system" else _system(), _strong())
        if theme.tokens is not wanted:
            theme.take(wanted)


def _system() -> str:
    """The system's theme; dark where it has none."""
    light = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light
    return "light" if light else "dark"


def _strong() -> bool:
    """Whether the person asks the system for more contrast."""
    return QGuiApplication.styleHints().accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
