"""The theme of the window: which tokens are in force, and who is told when they change."""

from PySide6.QtCore import QObject, Signal

from designer.theme.tokens import DARK, DARK_STRONG, LIGHT, LIGHT_STRONG, Tokens


class Theme(QObject):
    """The tokens in force. Widgets that paint with them repaint on `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens: Tokens = DARK

    def choose(self, name: str, strong: bool = False) -> None:
        """ "dark" or "light", with more contrast where that is wanted."""
        self.take(tokens_of(name, strong))

    def take(self, tokens: Tokens) -> None:
        """Puts these tokens in force."""
        self.tokens = tokens
        self.changed.emit()


def tokens_of(name: str, strong: bool) -> Tokens:
    """The tokens of "dark" or "light", or of the one of both that has more contrast."""
    plain, more = (LIGHT, LIGHT_STRONG) if name == "light" else (DARK, DARK_STRONG)
    return more if strong else plain


theme = Theme()
