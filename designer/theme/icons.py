"""Icons of the window: glyphs of the Phosphor font that QtAwesome brings, painted in the theme's colours.

The font is read straight from QtAwesome's folder: importing the package costs a quarter of a second at the start.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from designer.theme import theme

FONT, GLYPHS = "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"


def icon(name: str, colour: str = "text") -> QIcon:
    """The icon of this Phosphor name ("play", "play-fill") in the colour of a token, which it follows.

    An unknown name raises KeyError here: an exception while Qt paints would end the process.
    """
    return QIcon(_Glyph(_character(name), colour))


class _Glyph(QIconEngine):
    """Paints a glyph in a colour looked up as late as possible, so that a change of theme needs nothing.

    In a box wider than high it stands at the left: the rest is the gap to a button's words.
    """

    def __init__(self, character: str, colour: str) -> None:
        super().__init__()
        self._character, self._colour = character, colour

    def clone(self) -> QIconEngine:
        return _Glyph(self._character, self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = "disabled" if mode == QIcon.Mode.Disabled else self._colour
        painter.setPen(QColor(getattr(theme.tokens, colour)))
        font = QFont(_family())
        font.setPixelSize(max(rect.height(), 1))
        painter.setFont(font)
        side = Qt.AlignmentFlag.AlignLeft if rect.width() > rect.height() else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, self._character)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        return pixmap


@cache
def _folder() -> Path:
    found = find_spec("qtawesome")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("QtAwesome is not installed")
    return Path(found.origin).parent / "fonts"


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_folder() / FONT))
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _characters() -> dict[str, str]:
    found: dict[str, str] = json.loads((_folder() / GLYPHS).read_bytes())
    return found


def _character(name: str) -> str:
    return chr(int(_characters()[name], 16))
