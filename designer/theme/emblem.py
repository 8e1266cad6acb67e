"""The program's own picture, for the window's frame and the task bar: three layers, wired."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from designer.theme.tokens import DARK

SIZES = (16, 32, 64, 128)
BARS = ("Convolution", "Activation", "Linear")


def emblem() -> QIcon:
    """The icon in the sizes that systems ask for."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(_painted(size))
    return icon


def _painted(size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.scale(size / 32, size / 32)
        painter.setBrush(QColor(DARK.window))
        painter.drawRoundedRect(QRectF(0, 0, 32, 32), 7, 7)
        painter.fillRect(QRectF(15, 8, 2, 16), QColor(DARK.secondary))
        for place, family in enumerate(BARS):
            painter.setBrush(QColor(DARK.families[family]))
            painter.drawRoundedRect(QRectF(6, 6 + 7.5 * place, 20, 5), 2, 2)
    return pixmap
