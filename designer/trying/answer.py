"""What the model says of an input: the likeliest class large, every class as a bar."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from designer.panels.bars import Bar, Bars
from designer.theme import tokens
from designer.theme.labels import Label
from engine.messages import Answer, Predicted
from engine.text import tr

ALL = 12
MOST = 10


class AnswerView(QWidget):
    """Headings and bars, one block for each output."""

    def __init__(self) -> None:
        super().__init__()
        self.verdict = Label(role="heading", wrap=True)
        self.truth = Label(role="secondary", wrap=True)
        self.time = Label(role="number")
        self.bars: list[Bars] = []
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(2 * tokens.STEP)
        head = QHBoxLayout()
        head.addWidget(self.verdict, 1)
        head.addWidget(self.time, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self._blocks)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * tokens.STEP)
        column.addLayout(head)
        column.addWidget(self.truth)
        column.addWidget(area, 1)
        self.clear()

    def clear(self) -> None:
        """Shows that nothing was asked yet."""
        self.verdict.setText(tr("No input yet"))
        self.truth.setText(tr("Pick a sample, draw a digit, or drop an image here."))
        self.time.setText("")
        self._keep(0)

    def show_answer(self, event: Predicted, label: str = "") -> None:
        """Shows an answer; `label` is what the sample is in truth, where that is known."""
        first = event.answers[0] if event.answers else Answer("", (), ())
        self.verdict.setText(_verdict(first))
        self.truth.setText(_truth(first, label))
        self.time.setText(tr("{time} ms", time=f"{event.milliseconds:.2f}"))
        self._keep(len(event.answers))
        for bars, answer in zip(self.bars, event.answers, strict=True):
            bars.setAccessibleName(answer.output)
            bars.show_bars(bars_of(answer))

    def _keep(self, count: int) -> None:
        while len(self.bars) < count:
            self.bars.append(Bars())
            self._blocks.addWidget(self.bars[-1])
        while len(self.bars) > count:
            bars = self.bars.pop()
            bars.hide()
            bars.deleteLater()


def bars_of(answer: Answer) -> tuple[Bar, ...]:
    """A bar for each class; of many classes the likeliest, best first. Plain numbers are shown as they are."""
    if not answer.labels:
        most = max((abs(value) for value in answer.values), default=0) or 1
        numbers = enumerate(answer.values[:MOST])
        return tuple(Bar(str(n), abs(value) / most, f"{value:.4g}", strong=True) for n, value in numbers)
    pairs = list(zip(answer.labels, answer.values, strict=True))
    if len(pairs) > ALL:
        pairs = sorted(pairs, key=lambda pair: -pair[1])[:MOST]
    best = max(answer.values)
    return tuple(Bar(label, value, _percent(value), strong=value == best) for label, value in pairs)


def _verdict(answer: Answer) -> str:
    if not answer.labels:
        return ", ".join(f"{value:.4g}" for value in answer.values[:4]) + (", …" if len(answer.values) > 4 else "")
    label, value = max(zip(answer.labels, answer.values, strict=True), key=lambda pair: pair[1])
    return tr("{label} · {percent}", label=label, percent=_percent(value))


def _truth(answer: Answer, label: str) -> str:
    if not label or not answer.labels:
        return ""
    best = max(zip(answer.labels, answer.values, strict=True), key=lambda pair: pair[1])[0]
    return (
        tr("Right: the sample is labelled {label}.", label=label)
        if best == label
        else tr("Wrong: the sample is labelled {label}.", label=label)
    )


def _percent(value: float) -> str:
    return f"{100 * value:.1f}%"
