"""The look of every widget, made from the tokens: palette, stylesheet, fonts."""

from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from designer.theme import fonts, theme, tokens
from designer.theme.marks import marks
from designer.theme.sheet import SHEET
from designer.theme.tokens import Tokens


def dress(application: QApplication) -> None:
    """Gives the application the look of the theme in force, and another one whenever that changes."""
    application.setStyle("Fusion")
    application.setFont(_system_font())
    _paint(application)
    theme.changed.connect(lambda: _paint(application))


def colour(name: str) -> QColor:
    """A token of the theme in force as Qt takes it: colour("accent")."""
    return QColor(getattr(theme.tokens, name))


def sheet(of: Tokens) -> str:
    """The stylesheet of a theme."""
    mono = fonts.numbers().family()
    sizes = {"TEXT": tokens.TEXT_SIZE, "NUMBER": tokens.NUMBER_SIZE, "FIELD": tokens.FIELD_RADIUS}
    colours = {name: value for name, value in of._asdict().items() if isinstance(value, str)}
    return Template(SHEET).substitute(
        colours,
        **sizes,
        CARD=tokens.CARD_RADIUS,
        HEIGHT=tokens.FIELD_HEIGHT - 2,
        INNER=tokens.FIELD_HEIGHT - 4,
        mono=mono,
        marks=marks(of).as_posix(),
    )


def palette(of: Tokens) -> QPalette:
    """The palette of a theme, for what is painted without the stylesheet."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, QColor(getattr(of, name)))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(of.disabled))
    return made


def _system_font() -> QFont:
    """The system's own font for windows, in pixels."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(tokens.TEXT_SIZE)
    return font


def _paint(application: QApplication) -> None:
    application.setPalette(palette(theme.tokens))
    application.setStyleSheet(sheet(theme.tokens))


_ROLE = QPalette.ColorRole
_ROLES = {
    _ROLE.Window: "window",
    _ROLE.WindowText: "text",
    _ROLE.Base: "card",
    _ROLE.AlternateBase: "raised",
    _ROLE.Text: "text",
    _ROLE.PlaceholderText: "secondary",
    _ROLE.Button: "raised",
    _ROLE.ButtonText: "text",
    _ROLE.BrightText: "problem",
    _ROLE.Highlight: "accent",
    _ROLE.HighlightedText: "on_accent",
    _ROLE.Link: "accent",
    _ROLE.LinkVisited: "accent",
    _ROLE.ToolTipBase: "raised",
    _ROLE.ToolTipText: "text",
    _ROLE.Light: "hover",
    _ROLE.Midlight: "raised",
    _ROLE.Mid: "border",
    _ROLE.Dark: "border",
    _ROLE.Shadow: "window",
}
