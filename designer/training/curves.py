"""The curves of a run: a plot of the loss, one of another metric, and how they are drawn."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from designer.panels.words import metric_words
from designer.theme import theme, tokens
from designer.theme.labels import Label
from designer.training.history import History, Points
from engine.text import tr

REDRAW_MS = 200
NOTHING = Points([], [])
ACROSS, DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Curves(QWidget):
    """Plots under one another with one crosshair. Grows with the history, redrawn at most five times a second."""

    def __init__(self) -> None:
        super().__init__()
        self._history = History()
        self.plots: dict[str, PlotCard] = {}
        self.log = QCheckBox(tr("Log scale"))
        self.smoothing = QSlider(Qt.Orientation.Horizontal)
        self.smoothing.setRange(0, 99)
        self.smoothing.setFixedWidth(30 * tokens.STEP)
        self.smoothing.setAccessibleName(tr("Smoothing"))
        self.smoothing.setToolTip(tr("Shows the running mean of the training curve"))
        self.reset = QPushButton(tr("Show all"))
        self.reset.setToolTip(tr("Shows the whole curves again. Double-click a plot does the same."))
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._draw)
        self._plots = QVBoxLayout()
        self._plots.setSpacing(2 * tokens.STEP)
        self._lay_out()
        self.log.toggled.connect(self._set_log)
        self.smoothing.valueChanged.connect(self._set_smoothing)
        self.reset.clicked.connect(self._reset)

    def show_history(self, history: History) -> None:
        """Shows another run's curves from now on."""
        self._history = history
        for card in self.plots.values():
            card.hide()
            card.deleteLater()
        self.plots = {}
        self._draw()

    def refresh(self) -> None:
        """The history grew: it is redrawn soon, with whatever else comes until then."""
        if not self._redraw.isActive():
            self._redraw.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def minimumSizeHint(self) -> QSize:
        """With what is above the plots in two rows."""
        return QSize(max(self._parts()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = sum(self._parts()) + self._head.spacing() <= event.size().width()
        self._head.setDirection(ACROSS if fits else DOWN)
        self._head.setStretch(1, int(fits))

    def _parts(self) -> list[int]:
        """How wide the legend and the tools are."""
        items = (self._head.itemAt(index) for index in range(self._head.count()))
        return [item.minimumSize().width() for item in items if item]

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(4 * tokens.STEP)
        tools.addStretch(1)
        for tool in (self.log, Label(tr("Smoothing"), "secondary"), self.smoothing, self.reset):
            tools.addWidget(tool)
        head = self._head = QBoxLayout(ACROSS)
        head.setSpacing(4 * tokens.STEP)
        head.addWidget(Legend())
        head.addLayout(tools, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * tokens.STEP)
        column.addLayout(head)
        column.addLayout(self._plots, 1)

    def _draw(self) -> None:
        """What is hidden is drawn when it is shown: repaints are taken from the training."""
        if not self.isVisible():
            return
        for name in self._history.names():
            if name not in self.plots:
                self._add(name)
        for name, card in self.plots.items():
            training = self._history.training.get(name, NOTHING)
            card.plot.show_points(training, self._history.validation.get(name, NOTHING), self._history.best_step)
            card.show_values(None)

    def _add(self, name: str) -> None:
        card = PlotCard(name)
        card.plot.set_log(self.log.isChecked())
        card.plot.set_smoothing(self.smoothing.value() / 100)
        card.plot.pointed.connect(self._point)
        if self.plots:
            card.plot.setXLink(next(iter(self.plots.values())).plot)
        self.plots[name] = card
        self._plots.addWidget(card, 1)

    def _point(self, step: float | None) -> None:
        for card in self.plots.values():
            card.plot.point_at(step)
            card.show_values(step)

    def _set_log(self, log: bool) -> None:
        for card in self.plots.values():
            card.plot.set_log(log)

    def _set_smoothing(self, value: int) -> None:
        for card in self.plots.values():
            card.plot.set_smoothing(value / 100)

    def _reset(self) -> None:
        for card in self.plots.values():
            card.plot.reset()


class PlotCard(QWidget):
    """A plot under its metric's name, with the values at the crosshair, or the last ones."""

    def __init__(self, metric: str) -> None:
        super().__init__()
        from designer.training.plot import Plot  # pyqtgraph costs a start of the program 0.2 s

        self.plot = Plot(metric)
        self.values = Label(role="number")
        head = QHBoxLayout()
        head.addWidget(Label(metric_words(metric), "title"))
        head.addWidget(Label(tr("by step"), "secondary"))
        head.addStretch(1)
        head.addWidget(self.values)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.STEP)
        column.addLayout(head)
        column.addWidget(self.plot, 1)

    def show_values(self, step: float | None) -> None:
        """The values at a step; without one, the last."""
        training, validation = self.plot.values_at(float("inf") if step is None else step)
        words = [tr("step {step}", step=round(step))] if step is not None else []
        if training is not None:
            words.append(tr("training {value}", value=f"{training:.4g}"))
        if validation is not None:
            words.append(tr("validation {value}", value=f"{validation:.4g}"))
        self.values.setText("   ".join(words))


class Legend(QWidget):
    """Which curve is which: by colour and by line."""

    def __init__(self) -> None:
        super().__init__()
        self._names = (
            (tr("training"), "training", Qt.PenStyle.SolidLine),
            (tr("validation"), "validation", Qt.PenStyle.DashLine),
            (tr("best epoch"), "good", Qt.PenStyle.DotLine),
        )
        self.setMinimumWidth(90 * tokens.STEP)
        self.setFixedHeight(tokens.FIELD_HEIGHT)
        self.setAccessibleName(tr("Training is drawn solid, validation dashed, the best epoch is a dotted line."))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            left, middle = 0, self.height() // 2
            for name, token, style in self._names:
                painter.setPen(QPen(QColor(getattr(theme.tokens, token)), 2, style))
                painter.drawLine(left, middle, left + 6 * tokens.STEP, middle)
                painter.setPen(QColor(theme.tokens.secondary))
                words = painter.fontMetrics().horizontalAdvance(name)
                painter.drawText(left + 8 * tokens.STEP, middle + painter.fontMetrics().ascent() // 2 - 1, name)
                left += 8 * tokens.STEP + words + 5 * tokens.STEP
