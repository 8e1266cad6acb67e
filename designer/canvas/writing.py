"""Words whose letters are laid out once: painting them is then quick at any zoom."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QGlyphRun, QTextLayout


class Laid(NamedTuple):
    """Letters in their fonts, one run for each font that the words need, and where their baseline is."""

    runs: tuple[QGlyphRun, ...]
    baseline: float

    def moved(self, at: QPointF) -> list[QGlyphRun]:
        """The letters with the left end of the baseline at a point."""
        return [_moved(run, QPointF(at.x(), at.y() - self.baseline)) for run in self.runs]


def joined(runs: Iterable[QGlyphRun]) -> list[QGlyphRun]:
    """Letters of one font in one run: each costs as much to paint as it has letters, and something for itself."""
    found: list[QGlyphRun] = []
    for run in runs:
        same = next((other for other in found if other.rawFont() == run.rawFont()), None)
        if same is None:
            found.append(run)
        else:
            same.setGlyphIndexes([*same.glyphIndexes(), *run.glyphIndexes()])
            same.setPositions([*same.positions(), *run.positions()])
    return found


def _moved(run: QGlyphRun, away: QPointF) -> QGlyphRun:
    moved = QGlyphRun()
    moved.setRawFont(run.rawFont())
    moved.setGlyphIndexes(run.glyphIndexes())
    moved.setPositions([position + away for position in run.positions()])
    return moved


@lru_cache(maxsize=16384)
def laid(words: str, font: QFont) -> Laid:
    """The words in one line of a font; kept."""
    return lay(words, font)


def lay(words: str, font: QFont) -> Laid:
    """The words in one line of a font."""
    layout = QTextLayout(words, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return Laid(tuple(layout.glyphRuns()), line.ascent()) if line.isValid() else Laid((), 0)
