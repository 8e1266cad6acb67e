"""A run's curves as they grow: from the events of a training, or read back from its folder."""

import math
from pathlib import Path
from typing import NamedTuple

from engine.messages import Epoch, Step
from engine.train.curves import read_curves


class Points(NamedTuple):
    """A curve: steps, and the values there."""

    steps: list[float]
    values: list[float]

    def add(self, step: float, value: float) -> None:
        self.steps.append(step)
        self.values.append(value)


class History:
    """By metric: `training` as it went, step by step, and `validation` at the end of each epoch."""

    def __init__(self) -> None:
        self.training: dict[str, Points] = {}
        self.validation: dict[str, Points] = {}
        self.epochs: list[int] = []
        self.best_step = 0

    def add(self, event: Step | Epoch) -> None:
        """Takes what an event says."""
        if isinstance(event, Step):
            self._add(self.training, event.step, event.metrics)
            return
        self._add(self.validation, event.step, event.validation)
        known = {name: value for name, value in event.training.items() if name not in self.training}
        self._add(self.training, event.step, known)
        self.epochs.append(event.step)
        if event.best:
            self.best_step = event.step

    def cut(self, step: int) -> None:
        """Forgets this step and what came after it: a run that goes on does it again."""
        for curves in (self.training, self.validation):
            for name, points in curves.items():
                kept = sum(known < step for known in points.steps)
                curves[name] = Points(points.steps[:kept], points.values[:kept])
        self.epochs = [known for known in self.epochs if known < step]

    def names(self) -> list[str]:
        """The metrics, the loss first."""
        found = dict.fromkeys([*self.validation, *self.training])
        return sorted(found, key=lambda name: (name != "loss", list(found).index(name)))

    @staticmethod
    def _add(curves: dict[str, Points], step: int, metrics: dict[str, float]) -> None:
        for name, value in metrics.items():
            curves.setdefault(name, Points([], [])).add(step, value)


def read_history(run: Path) -> History:
    """The curves of a run's folder. Raises Failure where they cannot be read."""
    found, history = read_curves(run), History()
    for name, curve in found.training.items():
        history.training[name] = Points([*map(float, curve.steps)], [*curve.values])
    for name, curve in found.steps.items():
        history.training[name] = Points([*map(float, curve.steps)], [*curve.values])
    for name, curve in found.validation.items():
        history.validation[name] = Points([*map(float, curve.steps)], [*curve.values])
    history.epochs = [int(step) for step in next(iter(history.validation.values()), Points([], [])).steps]
    if found.best_epochs and found.best_epochs[-1] <= len(history.epochs):
        history.best_step = history.epochs[found.best_epochs[-1] - 1]
    return history


def smoothed(values: list[float], strength: float) -> list[float]:
    """The running mean of the values, with `strength` (0 to 1) of it kept at each; no pull towards the start.

    Values that are not finite leave a gap and do not spread. Bias correction as in Kingma and Ba 2015.
    """
    if not strength:
        return list(values)
    mean, weight, result = 0.0, 0.0, []
    for value in values:
        if not math.isfinite(value):
            result.append(math.nan)
            continue
        mean = strength * mean + (1 - strength) * value
        weight = strength * weight + (1 - strength)
        result.append(mean / weight)
    return result
