"""The fonts of what is painted: the system's own for words, its fixed one for numbers, in pixels."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

from designer.theme.tokens import NUMBER_SIZE, TEXT_SIZE


def words(size: int = TEXT_SIZE, bold: bool = False) -> QFont:
    """The user interface's font; semibold for titles."""
    return QFont(_words(QGuiApplication.font().key(), size, bold))


def numbers(size: int = NUMBER_SIZE) -> QFont:
    """A font in which all figures are of one width."""
    return QFont(_numbers(size))


@lru_cache(maxsize=65536)
def width(text: str, font: QFont) -> float:
    """How wide a text is."""
    return QFontMetricsF(font).horizontalAdvance(text)


@lru_cache(maxsize=65536)
def shortened(text: str, font: QFont, room: float, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> str:
    """The text where there is room for it, else with … for its end or another part."""
    return QFontMetricsF(font).elidedText(text, mode, room)


@lru_cache(maxsize=64)
def _words(system: str, size: int, bold: bool) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


@lru_cache(maxsize=64)
def _numbers(size: int) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(size)
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font
