"""The ONNX model that is tried: made from a run where it is missing or older than its checkpoint, then asked."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from designer.workers import Job, Workers
from engine.messages import Event, Export, Exported, Failed, Predict, Predicted
from engine.train.runs import MODEL, RunSummary


class TriedModel(QObject):
    """Answers for one input at a time; of several that wait only the last is asked for.

    `preparing` carries the Job of an export, `asking` that of a prediction; `ready` tells that the model is there;
    `answered` a Predicted, `failed` a Failed.
    """

    preparing = Signal(object)
    asking = Signal(object)
    ready = Signal()
    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, workers: Workers, parent: QObject) -> None:
        super().__init__(parent)
        self._workers = workers
        self._run: RunSummary | None = None
        self._job: Job | None = None
        self._waiting = ""

    @property
    def path(self) -> Path | None:
        """The ONNX file; None where no run is chosen."""
        return self._run.folder / MODEL if self._run else None

    @property
    def idle(self) -> bool:
        """Whether nothing is asked or prepared."""
        return self._job is None

    def take(self, run: RunSummary | None) -> None:
        """Tries this run from now on."""
        self._run, self._waiting = run, ""
        self._drop_job()

    def ask(self, image: Path) -> None:
        """Has the model answer for an image; where one is being asked already, this one is next."""
        self._waiting = str(image)
        if self._job is None:
            self._go_on()

    def _go_on(self) -> None:
        if self._run is None or not self._waiting:
            return
        model = self._run.folder / MODEL
        if not _fresh(self._run.folder):
            checkpoint = "best" if "best" in self._run.checkpoints else "last"
            self._job = self._workers.start(Export(run=str(self._run.folder), path=str(model), checkpoint=checkpoint))
            self.preparing.emit(self._job)
        else:
            self._job = self._workers.start(Predict(model=str(model), input=self._waiting))
            self._waiting = ""
            self.asking.emit(self._job)
        self._job.ended.connect(self._ended)

    def _ended(self, event: Event) -> None:
        self._job = None
        if isinstance(event, Failed):
            self._waiting = ""
            self.failed.emit(event)
        elif isinstance(event, Exported):
            self.ready.emit()
        elif isinstance(event, Predicted):
            self.answered.emit(event)
        self._go_on()

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.ended.disconnect(self._ended)
            self._job.stop()
            self._job = None


def _fresh(run: Path) -> bool:
    """Whether the run's model is there and no older than its best checkpoint."""
    best = run / "best.json"
    try:
        return (run / MODEL).stat().st_mtime >= (best.stat().st_mtime if best.exists() else 0)
    except OSError:
        return False
