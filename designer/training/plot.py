"""One plot of a metric over the steps: training solid, validation dashed, with the values under the mouse.

Imports pyqtgraph, so it is itself imported only when the first plot is shown.
"""

import bisect
import math

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPen

from designer.panels.words import metric_words
from designer.theme import fonts, theme, tokens
from designer.training.history import Points, smoothed
from engine.text import tr

pg.setConfigOptions(antialias=True)
WIDTH = 2
FAINT = 100
DOT = 6


class Plot(pg.PlotWidget):  # type: ignore[misc]
    """Curves of one metric. `pointed` carries the step under the mouse, or None; plots side by side share it."""

    pointed = Signal(object)

    def __init__(self, metric: str) -> None:
        super().__init__()
        self.metric = metric
        self._training, self._validation = Points([], []), Points([], [])
        self._smoothing, self._log = 0.0, False
        self._item = self.getPlotItem()
        self.faint_line = self._item.plot()
        self.training_line = self._item.plot()
        self.validation_line = self._item.plot(symbolSize=DOT)
        self._best = pg.InfiniteLine(angle=90, movable=False)
        self._cross = pg.InfiniteLine(angle=90, movable=False)
        self._item.addItem(self._best, ignoreBounds=True)
        self._item.addItem(self._cross, ignoreBounds=True)
        self._best.hide()
        self._cross.hide()
        self._item.setMenuEnabled(False)
        self._item.hideButtons()
        self._item.showGrid(x=False, y=True, alpha=0.15)
        self._item.setClipToView(True)
        self._item.setDownsampling(auto=True, mode="peak")
        self.scene().sigMouseMoved.connect(self._moved)
        self.viewport().installEventFilter(self)
        self.setAccessibleName(tr("Curves of {metric}", metric=metric_words(metric)))
        self.setMinimumHeight(30 * tokens.STEP)
        theme.changed.connect(self._dress)
        self._dress()

    def show_points(self, training: Points, validation: Points, best: int) -> None:
        """Draws these curves; `best` is the step of the best epoch, 0 where there is none."""
        self._training, self._validation = training, validation
        self._best.setVisible(best > 0)
        self._best.setValue(best)
        self._draw()

    def set_smoothing(self, strength: float) -> None:
        """Draws the training curve as its running mean, the curve itself faint behind it."""
        self._smoothing = strength
        self._draw()

    def set_log(self, log: bool) -> None:
        """A logarithmic scale of values; what is not above zero has no place on it."""
        self._log = log
        self._item.setLogMode(y=log)
        self._draw()

    def reset(self) -> None:
        """Shows everything again."""
        self._item.enableAutoRange()

    def point_at(self, step: float | None) -> None:
        """Shows the crosshair at a step, also where another plot has the mouse."""
        self._cross.setVisible(step is not None)
        if step is not None:
            self._cross.setValue(step)

    def values_at(self, step: float) -> tuple[float | None, float | None]:
        """Training's value (as drawn) and validation's nearest to a step."""
        drawn = Points(self._training.steps, smoothed(self._training.values, self._smoothing))
        return _nearest(drawn, step), _nearest(self._validation, step)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit(None)
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.reset()
        return bool(super().eventFilter(watched, event))

    def _draw(self) -> None:
        training, validation = self._shown(self._training), self._shown(self._validation)
        self.faint_line.setVisible(self._smoothing > 0)
        if self._smoothing > 0:
            self.faint_line.setData(training.steps, training.values, connect="finite")
        self.training_line.setData(training.steps, smoothed(training.values, self._smoothing), connect="finite")
        self.validation_line.setData(validation.steps, validation.values, connect="finite")
        self.scene().prepareForPaint()  # now: left to the paint event, the new range asks for a second one

    def _shown(self, points: Points) -> Points:
        low = 0.0 if self._log else -math.inf
        return Points(points.steps, [v if math.isfinite(v) and v > low else math.nan for v in points.values])

    def _moved(self, place: QPointF) -> None:
        box = self._item.getViewBox()
        inside = box.sceneBoundingRect().contains(place)
        self.pointed.emit(box.mapSceneToView(place).x() if inside else None)

    def _dress(self) -> None:
        """The theme's colours, also after it changed."""
        colours = theme.tokens
        self.setBackground(colours.canvas)
        for side in ("left", "bottom"):
            axis = self._item.getAxis(side)
            axis.setPen(QColor(colours.border))
            axis.setTextPen(QColor(colours.secondary))
            axis.setTickFont(fonts.numbers(tokens.NUMBER_SIZE - 1))
        self._item.getAxis("left").setWidth(14 * tokens.STEP)
        faint = QColor(colours.training)
        faint.setAlpha(FAINT)
        self.faint_line.setPen(_pen(faint, 1))
        self.training_line.setPen(_pen(QColor(colours.training), WIDTH))
        self.validation_line.setPen(_pen(QColor(colours.validation), WIDTH, Qt.PenStyle.DashLine))
        self.validation_line.setSymbol("o")
        self.validation_line.setSymbolBrush(QColor(colours.validation))
        self.validation_line.setSymbolPen(None)
        self._cross.setPen(_pen(QColor(colours.secondary), 1))
        self._best.setPen(_pen(QColor(colours.good), 1, Qt.PenStyle.DotLine))


def _pen(colour: QColor, width: int, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(colour, width, style)
    pen.setCosmetic(True)
    return pen


def _nearest(points: Points, step: float) -> float | None:
    """The value at the step nearest to this one; None where there is no curve."""
    if not points.steps:
        return None
    after = bisect.bisect_left(points.steps, step)
    near = min((i for i in (after - 1, after) if 0 <= i < len(points.steps)), key=lambda i: abs(points.steps[i] - step))
    return points.values[near]
