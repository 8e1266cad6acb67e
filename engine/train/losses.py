"""How far answers are from their targets: one loss for each output node, weighted and added up."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec
from torch import Tensor
from torch.nn import functional as F

from engine.graph import Graph
from engine.layers.base import Layer
from engine.layers.output import Output
from engine.text import Failure, text

LossFunction: TypeAlias = Callable[[Tensor, Tensor], Tensor]

LOSSES: dict[str, LossFunction] = {
    "cross_entropy": F.cross_entropy,
    "binary_cross_entropy": F.binary_cross_entropy_with_logits,
    "mse": F.mse_loss,
    "l1": F.l1_loss,
    "huber": F.huber_loss,
}


class Criterion(msgspec.Struct, frozen=True):
    """What an output node asks for: its target column, loss, weight and metrics. `prefix` starts its metrics' names."""

    node: str
    target: str
    loss: str
    weight: float
    metrics: tuple[str, ...]
    prefix: str = ""


def criteria(graph: Graph[Layer], results: Sequence[str]) -> tuple[Criterion, ...]:
    """One for each output node in the order in which forward returns them; named apart where there are several."""
    found = []
    for name in results:
        layer = graph.nodes[name].layer
        assert isinstance(layer, Output)
        prefix = f"{name}." if len(results) > 1 else ""
        found.append(Criterion(name, layer.target, layer.loss, layer.weight, layer.metrics, prefix))
    return tuple(found)


def fitted_target(criterion: Criterion, answer: Tensor, target: Tensor) -> Tensor:
    """The target in the form that the loss compares with the answer. Raises Failure where there is none.

    Class indices (N, …) stay indices for cross-entropy; elsewhere they become the answer's one column, or 0 and 1
    in the answer's columns. Anything else is cast to the answer's dtype and given its shape.
    """
    if criterion.loss == "cross_entropy" and target.shape != answer.shape:
        if target.shape == (len(answer), 1) and answer.dim() == 2:
            target = target[:, 0]
        return target.long()
    if _are_classes(answer, target):
        columns = answer.shape[1]
        return F.one_hot(target.long(), columns).movedim(-1, 1).to(answer.dtype)
    if target.numel() != answer.numel():
        raise Failure(
            text(
                "{node}: the answer {answer} cannot be compared with the target {target}; wire something of that size.",
                node=criterion.node,
                answer=str(tuple(answer.shape)),
                target=str(tuple(target.shape)),
            )
        )
    return target.to(answer.dtype).reshape(answer.shape)


def _are_classes(answer: Tensor, target: Tensor) -> bool:
    """Whether the target holds one index where the answer holds a column for each class."""
    places = (len(answer), *answer.shape[2:])
    return not target.is_floating_point() and answer.dim() >= 2 and answer.shape[1] > 1 and target.shape == places


def loss_of(criterion: Criterion, answer: Tensor, target: Tensor) -> Tensor:
    """The mean loss over the batch, without the weight. `target` is fitted."""
    return LOSSES[criterion.loss](answer, target)


def total_loss(criteria: Sequence[Criterion], losses: Sequence[Tensor]) -> Tensor:
    """The weighted sum that training makes small."""
    if len(losses) == 1 and criteria[0].weight == 1:
        return losses[0]
    weighted = [criterion.weight * loss for criterion, loss in zip(criteria, losses, strict=True)]
    total = weighted[0]
    for loss in weighted[1:]:
        total = total + loss
    return total
