"""Words whose letters are laid out once: painting them is then quick at any zoom."""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QGlyphRun, QPainter, QTextLayout


class Laid(NamedTuple):
    """Letters in their fonts, one run for each font that the words need, and where their baseline is."""

    runs: tuple[QGlyphRun, ...]
    baseline: float

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Writes with the left end of the baseline at a point, in the painter's pen."""
        at = QPointF(x, y - self.baseline)
        for run in self.runs:
            painter.drawGlyphRun(at, run)


@lru_cache(maxsize=16384)
def laid(words: str, font: QFont) -> Laid:
    """The words in one line of a font."""
    layout = QTextLayout(words, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return Laid(tuple(layout.glyphRuns()), line.ascent()) if line.isValid() else Laid((), 0)
