"""The try workspace: inputs to the left, what ONNX Runtime makes of them to the right."""

from pathlib import Path

from PySide6.QtCore import QTemporaryDir
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from designer.document import Document
from designer.panels.dropped import DropPage
from designer.panels.empty import Empty
from designer.panels.job_bar import JobBar
from designer.panels.notice import Notice
from designer.panels.sample_grid import SampleGrid
from designer.theme import tokens
from designer.theme.icons import icon
from designer.theme.labels import Label
from designer.training.home import home_of
from designer.training.run_choice import RunChoice
from designer.trying.answer import AnswerView
from designer.trying.drawing_pad import DrawingPad
from designer.trying.habit import habit_of
from designer.trying.model import TriedModel
from designer.workers import Job, Workers
from engine.messages import Event, Failed, Predicted, Sample, Sampled, Samples
from engine.text import say, tr
from engine.train.runs import RunSummary

PAGE = 48


class TryWorkspace(DropPage):
    """Asks for nothing until it is shown: samples and model are fetched with the first look."""

    def __init__(self, document: Document, workers: Workers) -> None:
        super().__init__()
        self._workers, self._home = workers, home_of(document)
        self._folder = QTemporaryDir()
        self._job: Job | None = None
        self._shown: RunSummary | None = None
        self._first, self._total = 0, 0
        self._label = ""
        self.run = RunChoice(self._home)
        self.grid, self.pad, self.answer = SampleGrid(), DrawingPad(), AnswerView()
        self.bar, self.notice = JobBar(), Notice()
        self.earlier, self.later = QPushButton(), QPushButton()
        self.range = Label(role="number")
        self.clear = QPushButton(tr("Clear"))
        self.open = QPushButton(tr("Choose an image…"))
        self.model = TriedModel(workers, self)
        self.empty = Empty("hand-pointing", tr("Nothing to try yet"), tr("Train the network first, then try it here."))
        self.pages = QStackedWidget()
        self._lay_out()
        self._listen()
        self._take(self.run.run)

    def ask(self, image: Path, label: str = "") -> None:
        """Has the model answer for an image file."""
        self._label = label
        self.notice.clear()
        self.model.ask(image)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.run.refresh()
        self._take(self.run.run)

    def take_path(self, path: Path) -> None:
        """An image that was dropped is tried."""
        self.ask(path)

    def _lay_out(self) -> None:
        self.earlier.setIcon(icon("caret-left"))
        self.later.setIcon(icon("caret-right"))
        self.earlier.setAccessibleName(tr("Earlier samples"))
        self.later.setAccessibleName(tr("Later samples"))
        self.clear.setIcon(icon("eraser"))
        self.open.setIcon(icon("image"))
        filled = QWidget()
        row = QHBoxLayout(filled)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6 * tokens.STEP)
        row.addLayout(self._samples(), 5)
        row.addLayout(self._drawing())
        row.addWidget(self.answer, 4)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(filled)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * tokens.STEP, 5 * tokens.STEP, 6 * tokens.STEP, 4 * tokens.STEP)
        column.setSpacing(3 * tokens.STEP)
        head = QHBoxLayout()
        head.setSpacing(3 * tokens.STEP)
        self._run_label = Label(tr("Run"), "secondary")
        head.addWidget(self._run_label)
        head.addWidget(self.run)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        column.addWidget(self.pages, 1)

    def _samples(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(2 * tokens.STEP)
        head.addWidget(Label(tr("Validation samples"), "title"))
        head.addStretch(1)
        for part in (self.range, self.earlier, self.later):
            head.addWidget(part)
        column = QVBoxLayout()
        column.setSpacing(2 * tokens.STEP)
        column.addLayout(head)
        column.addWidget(self.grid, 1)
        return column

    def _drawing(self) -> QVBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * tokens.STEP)
        buttons.addWidget(self.clear)
        buttons.addWidget(self.open, 1)
        column = QVBoxLayout()
        column.setSpacing(2 * tokens.STEP)
        column.addWidget(Label(tr("Draw one"), "title"))
        column.addWidget(self.pad)
        column.addLayout(buttons)
        column.addStretch(1)
        return column

    def _listen(self) -> None:
        self.run.chosen.connect(self._take)
        self.grid.picked.connect(self._ask_sample)
        self.pad.drawn.connect(self._ask_drawing)
        self.pad.cleared.connect(self.answer.clear)
        self.clear.clicked.connect(self.pad.clear)
        self.open.clicked.connect(self._choose)
        self.earlier.clicked.connect(lambda: self._fetch(self._first - PAGE))
        self.later.clicked.connect(lambda: self._fetch(self._first + PAGE))
        self.model.preparing.connect(self._prepares)
        self.model.asking.connect(lambda job: self.bar.follow(job, tr("Asking the model…")))
        self.model.ready.connect(self.notice.clear)
        self.model.answered.connect(self._answered)
        self.model.failed.connect(lambda event: self.notice.say("problem", say(event.text)))

    def _take(self, run: RunSummary | None) -> None:
        """Another run is tried; its samples are fetched once they are looked at."""
        self.pages.setCurrentIndex(0 if run is None else 1)
        self.run.setVisible(run is not None)
        self._run_label.setVisible(run is not None)
        before = self._shown.folder if self._shown else None
        if run is None or not self.isVisible() or run.folder == before:
            return
        self._shown = run
        self.model.take(run)
        self.answer.clear()
        self._fetch(0)

    def _fetch(self, first: int) -> None:
        if self._shown is None:
            return
        if self._job is not None:
            self._job.ended.disconnect(self._sampled)
            self._job.stop()
        self._first = max(0, first)
        request = Samples(run=str(self._shown.folder), folder=self._folder.path(), first=self._first, count=PAGE)
        self._job = self._workers.start(request)
        self._job.ended.connect(self._sampled)
        self.bar.follow(self._job, tr("Fetching samples…"))

    def _sampled(self, event: Event) -> None:
        self._job = None
        if isinstance(event, Failed):
            self.notice.say("problem", say(event.text))
        if isinstance(event, Sampled):
            self._total = event.total
            self.grid.show_samples(event.samples)
            self.pad.habit = habit_of(event.samples)
            last = self._first + len(event.samples)
            self.range.setText(tr("{first}–{last} of {total}", first=self._first + 1, last=last, total=self._total))
        self.earlier.setEnabled(self._first > 0)
        self.later.setEnabled(self._first + PAGE < self._total)

    def _ask_sample(self, sample: Sample) -> None:
        self.ask(Path(sample.image), sample.label)

    def _ask_drawing(self) -> None:
        if not self.pad.blank:
            self.grid.show_none_picked()
            path = Path(self._folder.filePath("drawing.png"))
            self.pad.picture().save(str(path))
            self.ask(path)

    def _choose(self) -> None:
        kinds = tr("Images and arrays") + " (*.png *.jpg *.jpeg *.bmp *.npy)"
        path = QFileDialog.getOpenFileName(self, tr("Choose an image"), "", kinds)[0]
        if path:
            self.ask(Path(path))

    def _prepares(self, job: Job) -> None:
        self.notice.say("secondary", tr("This run has no ONNX model yet; it is exported into the run's folder first."))
        self.bar.follow(job, tr("Exporting and comparing with torch…"))

    def _answered(self, event: Predicted) -> None:
        self.answer.show_answer(event, self._label)
