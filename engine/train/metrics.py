"""What is measured beside the loss: raw sums on the device while training, torchmetrics in validation."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import torch
from torch import Tensor

from engine.train.answers import Judged, absolute_error, judge
from engine.train.losses import Criterion, fitted_target, loss_of, total_loss

TOP = 5
ALONG_THE_WAY = ("accuracy", "top_k", "mae")
LESS_IS_BETTER = ("loss", "mae")

Values: TypeAlias = dict[str, float]


class Sums:
    """Metrics of the training steps, summed on the device; nothing waits for the device until `values` is read.

    `vector` has a float64 sum for each name, each a sum over samples.
    """

    def __init__(self, criteria: Sequence[Criterion], device: torch.device) -> None:
        self._criteria = criteria
        self.names = ["loss", *(f"{c.prefix}{name}" for c in criteria for name in _along(c, len(criteria) > 1))]
        self.vector = torch.zeros(len(self.names), dtype=torch.float64, device=device)
        self._slots = dict(zip(self.names, self.vector.unbind(), strict=True))

    def add(
        self, answers: Sequence[Tensor], targets: Sequence[Tensor], losses: Sequence[Tensor], total: Tensor
    ) -> None:
        """Adds a step. All on the device; targets as the data holds them."""
        count = len(answers[0])
        self._slots["loss"].add_(total.detach(), alpha=count)
        for criterion, answer, target, loss in zip(self._criteria, answers, targets, losses, strict=True):
            if criterion.prefix:
                self._slots[f"{criterion.prefix}loss"].add_(loss.detach(), alpha=count)
            self._measure(criterion, answer.detach(), target)

    def _measure(self, criterion: Criterion, answer: Tensor, target: Tensor) -> None:
        wanted = [name for name in ALONG_THE_WAY if name in criterion.metrics]
        if not wanted:
            return
        judged = judge(criterion, answer, target)
        for name in wanted:
            if (value := sample_sum(criterion, name, judged)) is not None:
                self._slots[criterion.prefix + name].add_(value)


def _along(criterion: Criterion, several: bool) -> list[str]:
    return [*(["loss"] if several else []), *(name for name in ALONG_THE_WAY if name in criterion.metrics)]


def sample_sum(criterion: Criterion, name: str, judged: Judged) -> Tensor | None:
    """A metric's sum over the samples of a batch (its mean over places times N); None where it means nothing."""
    count = len(judged.answer)
    if name == "mae":
        answer, target = absolute_error(criterion, judged)
        return (answer - target).abs().mean() * count
    if judged.predicted is None or judged.right is None:
        return None
    if name == "accuracy" or judged.scores is None:
        hits = judged.predicted == judged.right
    else:
        best = judged.scores.topk(min(TOP, judged.classes), dim=1).indices
        hits = (best == judged.right.unsqueeze(1)).any(1)
    return hits.sum() if hits.dim() == 1 else hits.double().mean() * count


class Validation:
    """Losses and metrics over a part of the data, fed batch by batch; `values()` at its end."""

    def __init__(self, criteria: Sequence[Criterion], device: torch.device) -> None:
        self._criteria = criteria
        self._device = device
        self._samples = 0
        self._losses = torch.zeros(len(criteria) + 1, dtype=torch.float64, device=device)
        self._metrics: dict[str, Any] = {}

    def add(self, answers: Sequence[Tensor], targets: Sequence[Tensor]) -> None:
        """Adds a batch: an answer (N, …) and a target for each output, on the device."""
        count = len(answers[0])
        pairs = list(zip(self._criteria, answers, targets, strict=True))
        losses = [loss_of(c, answer, fitted_target(c, answer, target)) for c, answer, target in pairs]
        self._losses += torch.stack([total_loss(self._criteria, losses), *losses]).double() * count
        self._samples += count
        for criterion, answer, target in pairs:
            judged = judge(criterion, answer, target)
            for name in criterion.metrics:
                self._update(criterion, name, judged)

    def _update(self, criterion: Criterion, name: str, judged: Judged) -> None:
        key = criterion.prefix + name
        if name == "mae":
            metric = self._metrics.setdefault(key, _mean_absolute_error().to(self._device))
            metric.update(*(side.contiguous() for side in absolute_error(criterion, judged)))
        elif judged.predicted is not None and judged.right is not None:
            if key not in self._metrics:
                self._metrics[key] = _classification(name, judged).to(self._device)
            scores = judged.scores if name == "top_k" and judged.scores is not None else judged.predicted
            self._metrics[key].update(scores, judged.right)

    def values(self) -> Values:
        """The metrics by name, "loss" first. Reads from the device. Empty where there was no sample."""
        if not self._samples:
            return {}
        means = (self._losses / self._samples).tolist()
        names = [f"{criterion.prefix}loss" for criterion in self._criteria] if len(self._criteria) > 1 else []
        found = dict(zip(["loss", *names], means, strict=False))
        return found | {name: float(metric.compute()) for name, metric in self._metrics.items()}


def _classification(name: str, judged: Judged) -> Any:
    """The torchmetrics metric of this name over class indices; yes and no are two classes of which one is meant."""
    from torchmetrics import classification as metrics

    if judged.scores is None:
        binary = {
            "precision": metrics.BinaryPrecision,
            "recall": metrics.BinaryRecall,
            "f1": metrics.BinaryF1Score,
        }
        return binary.get(name, metrics.BinaryAccuracy)(validate_args=False)
    classes: dict[str, Any] = {"num_classes": judged.classes, "validate_args": False}
    match name:
        case "precision":
            return metrics.MulticlassPrecision(average="macro", **classes)
        case "recall":
            return metrics.MulticlassRecall(average="macro", **classes)
        case "f1":
            return metrics.MulticlassF1Score(average="macro", **classes)
        case "top_k":
            return metrics.MulticlassAccuracy(average="micro", top_k=min(TOP, judged.classes), **classes)
    return metrics.MulticlassAccuracy(average="micro", **classes)


def _mean_absolute_error() -> Any:
    from torchmetrics import MeanAbsoluteError

    return MeanAbsoluteError()


def better(criteria: Sequence[Criterion], values: Mapping[str, float], best: Mapping[str, float]) -> bool:
    """Whether a validation beats the best so far, by the first output's first metric, equal ones by the loss."""
    if not best:
        return True
    key = first_metric(criteria)
    if key in values and key in best and values[key] != best[key]:
        return values[key] < best[key] if key.endswith(LESS_IS_BETTER) else values[key] > best[key]
    return values.get("loss", math.inf) < best.get("loss", math.inf)


def first_metric(criteria: Sequence[Criterion]) -> str:
    """The name of what the best checkpoint is chosen by."""
    metrics = criteria[0].metrics
    return f"{criteria[0].prefix}{metrics[0]}" if metrics else "loss"


def finite(values: Mapping[str, float]) -> Values:
    """The values that are numbers: JSON, and so a message, has no NaN or infinity."""
    return {name: value for name, value in values.items() if math.isfinite(value)}
