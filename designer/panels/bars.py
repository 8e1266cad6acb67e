"""Named bars in the theme's colours: how many samples of each class, how probable each class."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontDatabase, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.theme import theme, tokens

ROW = 6 * tokens.STEP
THICKNESS = 2 * tokens.STEP
LONGEST_NAME = 30 * tokens.STEP


class Bar(NamedTuple):
    """A row: a name, how much of the whole width it takes (0 to 1), and the value in words."""

    name: str
    share: float
    words: str
    strong: bool = False


class Bars(QWidget):
    """Rows of bars under one another, each with its name to the left and its value to the right."""

    def __init__(self, colour: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(LONGEST_NAME)
        theme.changed.connect(self.update)

    @property
    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Shows these bars; what is shown is read out as well."""
        self._bars = bars
        self.setAccessibleDescription("; ".join(f"{bar.name}: {bar.words}" for bar in bars[:50]))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(2 * LONGEST_NAME, ROW * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        return QSize(LONGEST_NAME, ROW * len(self._bars))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            names, words = self._widths()
            first = max(0, event.rect().top() // ROW)
            for row, bar in enumerate(self._bars[first : event.rect().bottom() // ROW + 1], first):
                self._paint_bar(painter, row * ROW, bar, names, words)

    def _widths(self) -> tuple[float, float]:
        """How wide the names and the values are at most."""
        metrics = self.fontMetrics()
        names = max((metrics.horizontalAdvance(bar.name) for bar in self._bars[:200]), default=0)
        words = max((metrics.horizontalAdvance(bar.words) for bar in self._bars[:200]), default=0)
        return min(names, LONGEST_NAME, self.width() // 3), words + 2 * tokens.STEP

    def _paint_bar(self, painter: QPainter, top: float, bar: Bar, names: float, words: float) -> None:
        colours, gap = theme.tokens, 2.0 * tokens.STEP
        middle = Qt.AlignmentFlag.AlignVCenter
        name = self.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideMiddle, int(names))
        painter.setFont(self.font())
        painter.setPen(QColor(colours.text if bar.strong else colours.secondary))
        painter.drawText(QRectF(0, top, names, ROW), middle | Qt.AlignmentFlag.AlignRight, name)
        left, width = names + gap, max(0.0, self.width() - names - words - 2 * gap)
        track = QRectF(left, top + (ROW - THICKNESS) / 2, width, THICKNESS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(track, THICKNESS / 2, THICKNESS / 2)
        painter.setBrush(QColor(getattr(colours, self._colour)))
        painter.setOpacity(1.0 if bar.strong else 0.65)
        share = min(max(bar.share, 0.0), 1.0)
        if share * width >= 1:
            filled = QRectF(track.topLeft(), QPointF(left + max(share * width, THICKNESS), track.bottom()))
            painter.drawRoundedRect(filled, THICKNESS / 2, THICKNESS / 2)
        painter.setOpacity(1.0)
        number = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        number.setPixelSize(tokens.NUMBER_SIZE)
        painter.setFont(number)
        painter.setPen(QColor(colours.text if bar.strong else colours.secondary))
        painter.drawText(
            QRectF(self.width() - words - gap, top, words + gap, ROW), middle | Qt.AlignmentFlag.AlignRight, bar.words
        )
