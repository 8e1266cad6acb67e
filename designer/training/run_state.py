"""What is known of a run: as its events come, or read from its folder when it is over."""

import datetime
from pathlib import Path

from designer.panels.words import metrics_words
from designer.training.history import History, read_history
from engine.messages import Began, Done, Epoch, Event, Failed, Note, Progress, Step
from engine.text import Text, say, tr
from engine.train.runs import Run, read_run


class RunState:
    """A run that is shown: its curves, where it stands, what it noted, how it ended."""

    def __init__(self, title: str = "") -> None:
        self.title = title
        self.folder: Path | None = None
        self.history = History()
        self.doing = tr("Starting…")
        self.done, self.total = 0, 0
        self.began: Began | None = None
        self.step: Step | None = None
        self.epoch = 0
        self.notes: list[Text] = []
        self.end: Done | Failed | None = None
        self.about = ""
        self._goes_on = False

    @property
    def running(self) -> bool:
        return self.end is None

    def take(self, event: Event) -> None:
        """Takes what an event says."""
        if self._goes_on and isinstance(event, Step | Epoch):
            self.history.cut(event.step)
            self._goes_on = False
        match event:
            case Progress():
                self.doing, self.done, self.total = say(event.what), event.done, event.total
            case Began():
                self.began, self.folder, self.title = event, Path(event.run), Path(event.run).name
                self.doing, self.done, self.total = "", 0, event.steps
            case Step():
                self.step, self.epoch, self.done = event, event.epoch, event.step
                self.history.add(event)
            case Epoch():
                self.epoch, self.done = event.epoch, max(self.done, event.step)
                self.history.add(event)
            case Note():
                self.notes.append(event.text)
            case Done() | Failed():
                self.end = event

    def go_on(self) -> None:
        """The run is taken up again: what it learned since its last checkpoint is done once more."""
        self.end, self.about, self.doing, self._goes_on = None, "", tr("Starting…"), True

    def standing(self) -> str:
        """Where it stands, in a line: "epoch 1 of 2 · step 340 of 1,688 · 12,345 samples/s · 0:12 left"."""
        if not self.running or self.began is None:
            return self.about or self.doing
        words = [tr("epoch {epoch} of {epochs}", epoch=max(self.epoch, 1), epochs=self.began.epochs)]
        words.append(tr("step {step} of {steps}", step=self.done, steps=self.began.steps))
        if self.step is not None:
            words.append(tr("{count} samples/s", count=round(self.step.samples_per_second)))
            words.append(tr("{time} left", time=clock(self.step.seconds_left)))
        return " · ".join([*words, self.began.device])

    def outcome(self) -> str:
        """How it ended, in a sentence; empty while it runs."""
        match self.end:
            case Done(stopped=True):
                return tr("Stopped. What was learned is kept. {metrics}", metrics=best_words(self.end))
            case Done():
                return tr("Trained. {metrics}", metrics=best_words(self.end))
            case Failed():
                return say(self.end.text)
        return ""


def read_state(folder: Path) -> RunState:
    """A run as its folder tells it. Raises Failure where it cannot be read."""
    run, state = read_run(folder), RunState(folder.name)
    state.folder, state.history, state.doing = folder, read_history(folder), ""
    state.epoch, state.about = run.epochs_done, about(run)
    if run.state == "failed" and run.sentence is not None:
        state.end = Failed(text=run.sentence, node=run.node, run=str(folder))
    elif run.state != "running":
        stopped = run.state == "stopped"
        state.end = Done(run=str(folder), metrics=run.metrics, best_epoch=run.best_epoch, stopped=stopped)
    return state


def about(run: Run) -> str:
    """What a run was, in a line."""
    words = [tr("{done} of {epochs} epochs", done=run.epochs_done, epochs=run.recipe.epochs)]
    if (seconds := duration(run)) is not None:
        words.append(clock(seconds))
    words.append(tr("{count} parameters", count=run.parameters))
    return " · ".join([*words, run.device] if run.device else words)


def duration(run: Run) -> float | None:
    """How long a run took, in seconds; None where it has not ended."""
    try:
        begin, end = datetime.datetime.fromisoformat(run.started), datetime.datetime.fromisoformat(run.ended)
    except ValueError:
        return None
    return (end - begin).total_seconds()


def best_words(done: Done) -> str:
    """ "Best epoch 2: loss 0.071, accuracy 0.979 on validation." """
    if not done.metrics:
        return ""
    metrics = metrics_words(done.metrics)
    return tr("Best epoch {epoch}: {metrics} on validation.", epoch=done.best_epoch, metrics=metrics)


def clock(seconds: float) -> str:
    """Seconds as a person reads them: "0:07", "12:30", "3:05:00"."""
    whole = max(0, round(seconds)) if seconds < 1e9 else 0
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
