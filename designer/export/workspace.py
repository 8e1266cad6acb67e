"""The export workspace: choose run, checkpoint and file; export; read what the proof found."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from designer.document import Document
from designer.export.result import ExportResult
from designer.inspector.editors import Choice
from designer.panels.empty import Empty
from designer.panels.job_bar import JobBar
from designer.panels.notice import Notice
from designer.theme import tokens
from designer.theme.icons import icon
from designer.theme.labels import Label
from designer.training.home import home_of
from designer.training.run_choice import RunChoice
from designer.workers import Job, Workers
from engine.messages import Event, Export, Exported, Failed
from engine.text import say, tr
from engine.train.runs import RunSummary

WIDTH = 160 * tokens.STEP


class ExportWorkspace(QWidget):
    """`exported` carries the Path of a file that was written and proved."""

    exported = Signal(object)

    def __init__(self, document: Document, workers: Workers) -> None:
        super().__init__()
        self._document, self._workers, self._home = document, workers, home_of(document)
        self._job: Job | None = None
        self._shown: Path | None = None
        self.run = RunChoice(self._home)
        self.checkpoint = Choice((tr("best"), tr("last")))
        self.checkpoint.setAccessibleName(tr("Checkpoint"))
        self.path = QLineEdit()
        self.path.setAccessibleName(tr("File to write"))
        self.browse = QPushButton(tr("Choose…"))
        self.start = QPushButton(tr("Export"))
        self.bar, self.notice, self.result = JobBar(), Notice(), ExportResult()
        self.form = QWidget()
        self.empty = Empty(
            "export", tr("Nothing to export yet"), tr("Train the network first: each of its runs can be exported here.")
        )
        self._lay_out()
        self._listen()
        self.run.refresh()
        self._follow(self.run.run)

    def choose(self, folder: Path, checkpoint: str = "best") -> None:
        """Chooses a run and a checkpoint, as the runs panel asks."""
        self.run.choose(folder)
        self.checkpoint.setCurrentIndex(1 if checkpoint == "last" else 0)

    def export(self) -> None:
        """Writes and proves the file."""
        run, path = self.run.run, self.path.text().strip()
        if run is None or self._job is not None:
            return
        if not path:
            self.notice.say("problem", tr("Say which file to write."))
            return
        target = Path(path).expanduser()
        if not target.suffix:
            target = target.with_suffix(".onnx")
            self.path.setText(str(target))
        self.notice.clear()
        self.result.hide()
        checkpoint = ("best", "last")[self.checkpoint.currentIndex()]
        self._job = self._workers.start(Export(run=str(run.folder), path=str(target.absolute()), checkpoint=checkpoint))
        self._job.ended.connect(self._ended)
        self.bar.follow(self._job, tr("Exporting and comparing with torch…"))
        self.start.setEnabled(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.run.refresh()

    def _lay_out(self) -> None:
        self.start.setProperty("role", "primary")
        self.start.setIcon(icon("export", "on_accent"))
        row = QHBoxLayout()
        row.setSpacing(2 * tokens.STEP)
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        fields = QFormLayout()
        fields.setHorizontalSpacing(4 * tokens.STEP)
        fields.setVerticalSpacing(2 * tokens.STEP)
        fields.addRow(Label(tr("Run"), "secondary"), self.run)
        fields.addRow(Label(tr("Checkpoint"), "secondary"), self.checkpoint)
        fields.addRow(Label(tr("File"), "secondary"), row)
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * tokens.STEP)
        column.addWidget(Label(tr("Export as ONNX"), "heading"))
        about = tr("The file runs anywhere ONNX does. It is compared with torch on the validation samples at once.")
        column.addWidget(Label(about, "secondary", wrap=True))
        column.addLayout(fields)
        buttons = QHBoxLayout()
        buttons.addWidget(self.start)
        buttons.addStretch(1)
        column.addLayout(buttons)
        for part in (self.bar, self.notice, self.result):
            column.addWidget(part)
        column.addStretch(1)
        self.form.setMaximumWidth(WIDTH)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(6 * tokens.STEP, 6 * tokens.STEP, 6 * tokens.STEP, 6 * tokens.STEP)
        whole.addStretch(1)
        whole.addWidget(self.form, 6)
        whole.addWidget(self.empty, 6)
        whole.addStretch(1)

    def _listen(self) -> None:
        self.run.chosen.connect(self._follow)
        self._home.left.connect(lambda: self.path.setModified(False))
        self.start.clicked.connect(self.export)
        self.browse.clicked.connect(self._ask)
        self.path.returnPressed.connect(self.export)

    def _ask(self) -> None:
        kinds = tr("ONNX files") + " (*.onnx)"
        path = QFileDialog.getSaveFileName(self, tr("Export as ONNX"), self.path.text(), kinds)[0]
        if path:
            self.path.setText(path)
            self.path.setModified(True)

    def _follow(self, run: RunSummary | None) -> None:
        """Another run is chosen: the file is named after the project, beside it."""
        self.empty.setVisible(run is None)
        self.form.setVisible(run is not None)
        if run is None or run.folder == self._shown:
            return
        self._shown = run.folder
        self.result.hide()
        self.notice.clear()
        if not self.path.isModified():
            home = self._document.path.with_suffix(".onnx") if self._document.path else Path.home() / "network.onnx"
            self.path.setText(str(home))

    def _ended(self, event: Event) -> None:
        job, self._job = self._job, None
        self.start.setEnabled(True)
        if isinstance(event, Exported):
            self.result.show_exported(event)
            self.exported.emit(Path(event.path))
            self._home.changed.emit()
        elif isinstance(event, Failed) and not (job and job.stopping):
            self.notice.say("problem", say(event.text))
