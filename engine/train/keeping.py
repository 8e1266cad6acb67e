"""A run's folder while it is being trained: every event goes into it, and out to whoever listens."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from engine.files import write_whole, writing
from engine.lock import lock
from engine.messages import Done, Epoch, Event
from engine.project.file import dumps
from engine.text import Failure, Text, text
from engine.train.checkpoints import Standing, has_checkpoint
from engine.train.columns import plain_preparations
from engine.train.devices import device_name
from engine.train.environment import describe, write_environment
from engine.train.recorder import Recorder
from engine.train.resuming import Start
from engine.train.runs import PROJECT, Run, State, make_folder, now, read_run, write_run
from engine.train.session import Session

Emit = Callable[[Event], None]

TRIES = 5


class KeptRun:
    """A run in training. Use as a context: at its end the files are closed and the lock is let go."""

    def __init__(self, folder: Path, run: Run, held: IO[bytes], emit: Emit, after: int) -> None:
        self.folder = folder
        self._run = run
        self._lock = held
        self._send = emit
        self._write(run)
        self._recorder = Recorder(folder, after)

    def __enter__(self) -> "KeptRun":
        return self

    def __exit__(self, *_: object) -> None:
        self._recorder.close()
        self._lock.close()

    def emit(self, event: Event) -> None:
        """Keeps an event and sends it on. Raises Failure where the run's files can no longer be written."""
        self._recorder.check()
        self._recorder.take(event)
        self._send(event)

    def epoch(self, event: Epoch) -> None:
        """An epoch ended: run.json knows of it before anybody else."""
        best = {"best_epoch": event.epoch, "metrics": event.validation} if event.best else {}
        self._write(replace(self._run, epochs_done=event.epoch, **best))
        self.emit(event)

    def end(self, stopped: bool) -> Done:
        """The training is over, and its files are whole."""
        self._recorder.close()
        self._recorder.check()
        self._write(replace(self._run, state="stopped" if stopped else "done", ended=now()))
        run = self._run
        return Done(run=str(self.folder), metrics=run.metrics, best_epoch=run.best_epoch, stopped=stopped)

    def fail(self, failure: Failure, node: str) -> Text:
        """The training failed; gives the sentence, with what is kept of it."""
        sentence = failure.text
        if has_checkpoint(self.folder):
            sentence = text("{what} The last checkpoint is kept.", what=sentence)
        state: State = "failed"
        self._write(replace(self._run, state=state, ended=now(), sentence=sentence, node=node))
        return sentence

    def _write(self, run: Run) -> None:
        write_run(self.folder, run)
        self._run = run


def open_run(session: Session, runs: Path, name: str, start: Start, emit: Emit) -> KeptRun:
    """A run in a folder of its own, or the run that goes on. Raises Failure where it cannot be had."""
    folder = start.folder or make_folder(runs, name)
    before = read_run(folder) if start.folder else Run(name=name, started=now())
    held = _held(folder)
    try:
        with writing(folder):
            write_whole(folder / PROJECT, dumps(session.project).encode())
        write_environment(
            folder, describe(session.device, session.recipe.seed, {"channels_last": session.network.takes_images})
        )
        return KeptRun(folder, _description(session, before, start.standing), held, emit, start.standing.step)
    except BaseException:
        held.close()
        raise


def _description(session: Session, before: Run, standing: Standing) -> Run:
    """What run.json says as training begins or goes on."""
    return Run(
        name=before.name,
        started=before.started,
        source=session.project.data.source,
        columns=session.columns,
        preparation=plain_preparations(session.preparations),
        recipe=session.recipe,
        device=device_name(session.device),
        parameters=session.parameters,
        epochs_done=standing.epoch,
        best_epoch=standing.best_epoch,
        metrics=standing.best,
    )


def _held(folder: Path) -> IO[bytes]:
    """The run's lock. Whoever lists runs holds it for a moment to see whether it is free: so a few tries."""
    for _ in range(TRIES):
        with writing(folder):
            held = lock(folder)
        if held is not None:
            return held
        time.sleep(0.05)
    raise Failure(text("{run} is being trained already; wait for it, or stop it.", run=folder.name))
