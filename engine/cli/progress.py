"""What a training says on the command line: a progress bar on stderr, or its events as JSON on stdout."""

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engine.cli.printing import print_json
from engine.messages import Began, Done, Epoch, Event, Note, Step
from engine.messages import Progress as Advance
from engine.text import Text, say, text


class TrainingProgress:
    """Takes the events of a training or an export and shows them."""

    def __init__(self, json: bool) -> None:
        self._json = json
        self._console = Console(stderr=True, highlight=False, markup=False)
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self._console,
            disable=json,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None, visible=False)

    def __enter__(self) -> "TrainingProgress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.live.stop()  # the bar's own stop leaves an empty line where no person looks on

    def __call__(self, event: Event) -> None:
        if self._json:
            print_json(event)
        elif isinstance(event, Step):
            self._advance(_metrics(event.metrics), event.step, None)
        elif isinstance(event, Advance):
            self._advance(say(event.what), event.done, event.total or None)
        elif sentence := _sentence(event):
            if isinstance(event, Began):
                self._advance("", 0, event.steps)
            self._console.print(say(sentence), soft_wrap=True)

    def _advance(self, description: str, done: int, total: float | None) -> None:
        self._bar.start()  # not before: a bar that has shown nothing leaves an empty line
        kept = {} if total is None else {"total": total}
        self._bar.update(self._task, description=description, completed=done, visible=True, **kept)  # type: ignore[arg-type]


def _sentence(event: Event) -> Text | None:
    """An event that is worth a line."""
    if isinstance(event, Began):
        return text(
            "Training {parameters} parameters on {device}: {samples} samples, {epochs} epochs. Run: {run}",
            parameters=event.parameters,
            device=event.device,
            samples=event.training_samples,
            epochs=event.epochs,
            run=event.run,
        )
    if isinstance(event, Epoch):
        return text(
            "epoch {epoch}: training {training}; validation {validation}{best}",
            epoch=event.epoch,
            training=_metrics(event.training),
            validation=_metrics(event.validation),
            best=text(", the best so far") if event.best else "",
        )
    if isinstance(event, Note):
        return event.text
    if isinstance(event, Done):
        state = text("Stopped; what was learned is kept.") if event.stopped else text("Done.")
        if not event.metrics:
            return state
        best = _metrics(event.metrics)
        return text("{state} Best epoch {epoch}: {metrics}", state=state, epoch=event.best_epoch, metrics=best)
    return None


def _metrics(values: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.4f}" for name, value in values.items())
