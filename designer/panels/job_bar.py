"""How far a job is, and a button that ends it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from designer.theme import tokens
from designer.theme.labels import ElidedLabel
from designer.workers import Job
from engine.messages import Event, Progress
from engine.text import say, tr

SHOW_AFTER_MS = 100


class JobBar(QWidget):
    """Follows a job: shown once it takes longer than a moment, with how far it is where it says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._words = ElidedLabel(role="secondary")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.clicked.connect(self._stop)
        self.shown_after = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self.shown_after.timeout.connect(self.show)
        column = QVBoxLayout()
        column.setSpacing(tokens.STEP)
        column.addWidget(self._words)
        column.addWidget(self.progress)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * tokens.STEP)
        row.addLayout(column, 1)
        row.addWidget(self._cancel)
        self.hide()

    def follow(self, job: Job, words: str) -> None:
        """Shows this job from now on, under these words until it says more."""
        self._job = job
        self._cancel.setEnabled(True)
        self._show(words, 0, 0)
        job.happened.connect(self._happened)
        job.ended.connect(self._ended)
        self.shown_after.start()

    def _happened(self, event: Event) -> None:
        if isinstance(event, Progress) and self._is_mine(event):
            self._show(say(event.what), event.done, event.total)

    def _ended(self, event: Event) -> None:
        if self._is_mine(event):
            self._job = None
            self.shown_after.stop()
            self.hide()

    def _is_mine(self, event: Event) -> bool:
        return self._job is not None and event.job == self._job.request.job

    def _show(self, words: str, done: int, total: int) -> None:
        self._words.setText(words)
        self.progress.setAccessibleName(words)
        self.progress.setRange(0, 1000 if total else 0)
        self.progress.setValue(1000 * done // total if total else 0)

    def _stop(self) -> None:
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._words.setText(tr("Ending…"))
            self._job.stop()
