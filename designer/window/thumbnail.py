"""A network as a small picture: its layers as bars in the colours of their families, from top to bottom."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.theme import theme
from engine.graph import Graph
from engine.layers import Layer

BARS = 14
SIZE = QSize(72, 108)


class Thumbnail(QWidget):
    """Paints at most fourteen layers of a network; an empty one is a plus sign."""

    def __init__(self, graph: Graph[Layer]) -> None:
        super().__init__()
        self._families = [type(node.layer).about.family for node in graph.nodes.values()][:BARS]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return SIZE

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._families:
            self._paint_bars(painter)
        else:
            self._paint_plus(painter)

    def _paint_bars(self, painter: QPainter) -> None:
        step = min(14.0, self.height() / len(self._families))
        bar = step * 0.6
        top = (self.height() - step * len(self._families) + step - bar) / 2
        middle = self.width() / 2
        painter.fillRect(
            QRectF(middle - 0.5, top, 1, step * (len(self._families) - 1) + bar), QColor(theme.tokens.secondary)
        )
        for place, family in enumerate(self._families):
            painter.setBrush(QColor(theme.tokens.families[family]))
            painter.drawRoundedRect(QRectF(8, top + place * step, self.width() - 16, bar), 2, 2)

    def _paint_plus(self, painter: QPainter) -> None:
        middle = self.rect().center()
        for across, down in ((24, 2), (2, 24)):
            box = QRectF(middle.x() - across / 2, middle.y() - down / 2, across, down)
            painter.fillRect(box, QColor(theme.tokens.secondary))
