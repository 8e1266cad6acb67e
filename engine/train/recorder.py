"""What a run leaves to read: curves in SQLite and TensorBoard, and a log; written in batches by a thread of its own."""

import queue
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from engine.messages import Began, Epoch, Event, Failed, Note, Step
from engine.text import Failure, say, text
from engine.train.curves import CurveWriter
from engine.train.runs import LOG, now

# What comes within this time is written together: no step waits for the disk, and the disk is seldom busy.
BATCH_SECONDS = 1.0
TENSORBOARD = "tensorboard"


class Recorder:
    """Takes the events of a run and writes them down. `check` says when that no longer works."""

    def __init__(self, folder: Path, after: int = -1) -> None:
        """`after`: the run goes on from this step; what was written of later ones is forgotten."""
        self._folder = folder
        self._after = after
        self._queue: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._fault: Exception | None = None
        self._thread = threading.Thread(target=self._work, name="recorder")
        self._thread.start()

    def take(self, event: Event) -> None:
        """Notes an event, to be written soon."""
        self._queue.put(event)

    def check(self) -> None:
        """Raises Failure where the run's files can no longer be written."""
        if self._fault is not None:
            sentence = text(
                "The metrics in {folder} cannot be written: {reason}. Make room, or choose another folder.",
                folder=str(self._folder),
                reason=str(self._fault),
            )
            raise Failure(sentence) from self._fault

    def close(self) -> None:
        """Writes what is left, and ends the thread."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        try:
            self._record()
        except (OSError, sqlite3.Error) as error:
            self._fault = error

    def _record(self) -> None:
        log = (self._folder / LOG).open("a", encoding="utf-8")
        curves = CurveWriter(self._folder, self._after)
        board = _Board(self._folder, self._after)
        try:
            going = True
            while going:
                batch = self._batch()
                going = None not in batch
                events = [event for event in batch if event is not None]
                curves.write([event for event in events if isinstance(event, Step | Epoch)])
                board.write(events)
                log.writelines(f"{now()} {line}\n" for event in events if (line := log_line(event)))
                log.flush()
        finally:
            log.close()
            board.close()
            curves.close()

    def _batch(self) -> list[Event | None]:
        """Waits for an event, then gathers those that come within a moment."""
        batch = [self._queue.get()]
        until = time.monotonic() + BATCH_SECONDS
        while batch[-1] is not None:
            try:
                batch.append(self._queue.get(timeout=max(0.0, until - time.monotonic())))
            except queue.Empty:
                break
        return batch


class _Board:
    """TensorBoard's event files, opened with the first value."""

    def __init__(self, folder: Path, after: int) -> None:
        self._folder = folder / TENSORBOARD
        self._after = after
        self._writer: Any = None

    def write(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Step):
                self._add("steps", event.metrics, event.step)
            elif isinstance(event, Epoch):
                self._add("training", event.training, event.step)
                self._add("validation", event.validation, event.step)
        if self._writer is not None:
            self._writer.flush()

    def _add(self, part: str, metrics: dict[str, float], step: int) -> None:
        if self._writer is None:
            from tensorboardX import SummaryWriter

            purge = self._after + 1 if self._after >= 0 else None
            self._writer = SummaryWriter(str(self._folder), purge_step=purge, flush_secs=3600)
        for name, value in metrics.items():
            self._writer.add_scalar(f"{part}/{name}", value, step)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


def log_line(event: Event) -> str:
    """An event as a line of the log; empty for those that come many times a second."""
    match event:
        case Began():
            return (
                f"began on {event.device}: {event.epochs} epochs, {event.steps} steps, "
                f"{event.training_samples} + {event.validation_samples} samples, {event.parameters} parameters"
            )
        case Epoch():
            mark = " (best)" if event.best else ""
            return (
                f"epoch {event.epoch} at step {event.step}: training {_metrics_text(event.training)}; "
                f"validation {_metrics_text(event.validation)}{mark}"
            )
        case Note():
            return say(event.text)
        case Failed():
            return f"failed: {say(event.text)}"
    return ""


def _metrics_text(metrics: dict[str, float]) -> str:
    return " ".join(f"{name} {value:.5g}" for name, value in metrics.items())
