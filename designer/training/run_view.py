"""A run on the screen: where it stands, what it noted, its curves."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from designer.panels.empty import Empty
from designer.panels.notice import Notice
from designer.theme import tokens
from designer.theme.labels import ElidedLabel, Label
from designer.training.curves import Curves
from designer.training.run_state import RunState
from engine.messages import Done, Failed
from engine.text import Text, say, tr

REFRESH_MS = 200


class RunView(QWidget):
    """Shows a run. `node_requested` carries the node that a failed run points at."""

    node_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.state: RunState | None = None
        self.title = ElidedLabel(role="heading")
        self.standing = Label(role="number")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the training"))
        self.outcome = Notice()
        self.notes = Notice()
        self.curves = Curves()
        self.waiting = Label(tr("The curves appear with the first steps."), "secondary")
        self.empty = Empty(
            "chart-line",
            tr("Nothing trained yet"),
            tr("Train draws loss and metrics here while the network learns. Runs of before are in the Runs panel."),
        )
        self._pages = QStackedWidget()
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._soon.timeout.connect(self._refresh)
        self._lay_out()

    def show_state(self, state: RunState) -> None:
        """Shows this run from now on."""
        self.state = state
        self.curves.show_history(state.history)
        self._pages.setCurrentIndex(1)
        self._refresh()

    def clear(self) -> None:
        """Shows no run."""
        self.state = None
        self._pages.setCurrentIndex(0)

    def refresh(self, now: bool = False) -> None:
        """The run went on: shown soon, with whatever else comes until then, or at once."""
        if now:
            self._refresh()
        elif not self._soon.isActive():
            self._soon.start()

    def _lay_out(self) -> None:
        run = QWidget()
        column = QVBoxLayout(run)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * tokens.STEP)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.standing)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.outcome)
        column.addWidget(self.notes)
        column.addWidget(self.waiting)
        column.addWidget(self.curves, 1)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(run)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _refresh(self) -> None:
        state = self.state
        if state is None:
            return
        self.title.setText(state.title or tr("New run"))
        self.standing.setText(state.standing())
        self.bar.setVisible(state.running)
        self.bar.setRange(0, state.total)
        self.bar.setValue(state.done)
        self._show_outcome(state)
        self._show_notes(state.notes)
        begun = bool(state.history.names())
        self.curves.setVisible(begun)
        self.waiting.setVisible(not begun and state.running)
        self.curves.refresh()

    def _show_outcome(self, state: RunState) -> None:
        if state.running:
            self.outcome.clear()
        elif (words := state.outcome()) != self.outcome.words:
            tone = {Done: "good", Failed: "problem"}[type(state.end)]  # type: ignore[index]
            self.outcome.say(tone, words, *self._ways_out(state.end))  # type: ignore[arg-type]

    def _ways_out(self, end: Done | Failed | None) -> list[tuple[str, object]]:
        if isinstance(end, Failed) and end.node:
            return [(tr("Select {node}", node=end.node), lambda: self.node_requested.emit(end.node))]
        return []

    def _show_notes(self, notes: list[Text]) -> None:
        words = "\n".join(say(note) for note in notes)
        if not words:
            self.notes.clear()
        elif words != self.notes.words:
            self.notes.say("secondary", words)
