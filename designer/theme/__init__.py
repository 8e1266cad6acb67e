"""The theme of the window: which tokens are in force, and who is told when they change."""

from PySide6.QtCore import QObject, Signal

from designer.theme.tokens import DARK, LIGHT, Tokens


class Theme(QObject):
    """The tokens in force. Widgets that paint with them repaint on `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens: Tokens = DARK

    def choose(self, name: str) -> None:
        """ "dark" or "light"."""
        self.tokens = LIGHT if name == "light" else DARK
        self.changed.emit()


theme = Theme()
