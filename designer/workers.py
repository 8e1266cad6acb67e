"""The work that the window never does itself: jobs in worker processes, started, stopped and outlived."""

import sys
from collections import deque
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from time import monotonic

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

import engine
from designer.process import Process
from engine.environment import worker_environment
from engine.messages import (
    Began,
    Done,
    Downloaded,
    Evaluate,
    Evaluated,
    Event,
    Export,
    Exported,
    Failed,
    Looked,
    Predicted,
    Ready,
    Request,
    Sampled,
    Stop,
    Train,
    Warm,
)
from engine.text import Text, text

LAST_WORDS = (Done, Failed, Looked, Downloaded, Evaluated, Exported, Sampled, Predicted)
LOG_LINES = 2000
SPARES = 2
NEED_TORCH = (Warm, Train, Evaluate, Export)
TRAINING_GRACE_MS = 30_000
GRACE_MS = 3_000


def worker_command() -> list[str]:
    """How this program starts a worker: from source by module, in a frozen build as a command of itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "worker"]
    return [sys.executable, "-m", "engine.worker"]


def environment_of_workers() -> dict[str, str]:
    """What a worker finds in its environment. The folder it is started from must never offer it a module."""
    source = str(Path(engine.__file__).parent.parent)
    return {**worker_environment(), "PYTHONPATH": source, "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}


class Job(QObject):
    """A request on its way through a worker.

    `happened` carries the events meanwhile, `ended` the last event: its result, or Failed, also where the process died.
    """

    happened = Signal(object)
    ended = Signal(object)

    def __init__(self, request: Request, process: Process) -> None:
        super().__init__()
        self.request = request
        self.result: Event | None = None
        self.stopping = False
        self.run = ""
        self._process = process
        self._grace = QTimer(self, singleShot=True)
        self._grace.timeout.connect(process.kill)

    @property
    def running(self) -> bool:
        return self.result is None

    @property
    def pid(self) -> int:
        """The process that works on it."""
        return self._process.pid

    def stop(self) -> None:
        """Asks it to end soon and keep what it has; it is killed where it does not answer for long."""
        if self.stopping or not self.running:
            return
        self.stopping = True
        self._process.send(Stop(job=self.request.job))
        self._grace.start(TRAINING_GRACE_MS if isinstance(self.request, Train) else GRACE_MS)

    def take(self, event: Event) -> None:
        """An event of this job came: from its worker, or made up where the worker died."""
        if not self.running:
            return
        if isinstance(event, Began):
            self.run = event.run
        if not isinstance(event, LAST_WORDS):
            self.happened.emit(event)
            return
        self.result = event
        self._grace.stop()
        self.ended.emit(event)


class Workers(QObject):
    """Worker processes, one for each running job, and at most two idle ones kept for the next.

    `log` carries a line of what workers write to stderr, also kept in `lines`; `ready` a Ready event.
    """

    log = Signal(str)
    ready = Signal(object)

    def __init__(
        self,
        parent: QObject | None = None,
        command: list[str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.lines: deque[str] = deque(maxlen=LOG_LINES)
        self._command = command or worker_command()
        self._environment = dict(environment_of_workers() if environment is None else environment)
        self._numbers = count(1)
        self._busy: dict[Process, Job] = {}
        self._idle: list[Process] = []
        self._have_torch: set[Process] = set()
        self._leaving: list[Process] = []

    @property
    def jobs(self) -> list[Job]:
        """The jobs that run."""
        return list(self._busy.values())

    def warm(self) -> None:
        """Has an idle worker import torch now, so that a training starts at once."""
        if not self._have_torch & set(self._idle):
            process = self._take(Warm())
            process.send(Warm())
            self._idle.append(process)

    def start(self, request: Request) -> Job:
        """Starts a request in a worker of its own: jobs do not wait for each other."""
        process = self._take(request)
        job = Job(replace(request, job=next(self._numbers)), process)
        self._busy[process] = job
        process.send(job.request)
        return job

    def close(self, wait_ms: int = 10_000) -> None:
        """Ends every worker: their input ends, so a training writes its checkpoint; who stays too long is killed.

        Those that have nothing to do are killed at once: one that imports torch hears nothing for seconds.
        """
        until = monotonic() + wait_ms / 1000
        for process in self._busy:
            process.close()
        for process in (*self._idle, *self._leaving):
            process.kill()
        for process in (*self._idle, *self._leaving, *self._busy):
            if not process.wait(max(1, int(1000 * (until - monotonic())))):
                process.kill()
                process.wait(1000)

    def _take(self, request: Request) -> Process:
        """An idle worker, best one that has torch where the request needs it; a new one where none is idle."""
        needs_torch = isinstance(request, NEED_TORCH)
        best = sorted(self._idle, key=lambda process: (process in self._have_torch) != needs_torch)
        process = best[0] if best else self._begin()
        if best:
            self._idle.remove(process)
        if needs_torch:
            self._have_torch.add(process)
        return process

    def _begin(self) -> Process:
        process = Process(self._command, self._environment, self)
        process.received.connect(self._received)
        process.died.connect(self._died)
        process.said.connect(self._note)
        return process

    def _received(self, process: Process, event: Event) -> None:
        if isinstance(event, Ready):
            self.ready.emit(event)
        job = self._busy.get(process)
        if job is None or event.job not in (job.request.job, 0):
            return
        job.take(event)
        if not job.running and self._busy.get(process) is job:
            del self._busy[process]
            self._keep(process)

    def _keep(self, process: Process) -> None:
        """A worker has nothing to do: it stays for the next job, or goes where enough stay."""
        if len(self._idle) < SPARES:
            self._idle.append(process)
        else:
            self._leaving.append(process)
            process.close()

    def _died(self, process: Process, how: Text) -> None:
        for kept in (self._idle, self._leaving):
            if process in kept:
                kept.remove(process)
        self._have_torch.discard(process)
        job = self._busy.pop(process, None)
        if job is not None:
            job.take(Failed(job=job.request.job, text=_death(job, how), run=job.run))
        process.deleteLater()

    def _note(self, line: str) -> None:
        self.lines.append(line)
        self.log.emit(line)


def _death(job: Job, how: Text) -> Text:
    """What a person reads when a process died under a job."""
    if job.stopping:
        return text("Stopped; the process did not answer and was ended ({how}).", how=how)
    if not isinstance(job.request, Train):
        return text("The process at work ended unexpectedly ({how}). Your network is safe; try it again.", how=how)
    if not job.run:
        return text("The training process ended unexpectedly ({how}). Your network is safe; train again.", how=how)
    return text(
        "The training process ended unexpectedly ({how}). Your network is safe; "
        "the last checkpoint of run {run} is kept. Where memory ran out, a smaller batch size helps.",
        how=how,
        run=Path(job.run).name,
    )
