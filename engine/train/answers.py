"""What an answer says and what would have been right, in the form that metrics compare."""

import msgspec
import torch
from torch import Tensor

from engine.train.losses import Criterion, fitted_target

# A score above this says yes: 0 before a sigmoid, one half where an answer is compared with 0 and 1 itself.
THRESHOLDS = {"cross_entropy": 0.0, "binary_cross_entropy": 0.0}
HALF = 0.5


class Judged(msgspec.Struct):
    """An answer beside the truth, on the device.

    `predicted` and `right` are class indices (`classes` of them), or 0 and 1 place by place (`classes` 2);
    None where the target is a number that no class is meant by. `scores` are (N, classes, …) where there are such.
    """

    answer: Tensor
    target: Tensor
    classes: int = 0
    predicted: Tensor | None = None
    right: Tensor | None = None
    scores: Tensor | None = None


def judge(criterion: Criterion, answer: Tensor, target: Tensor) -> Judged:
    """Puts a detached answer (N, …) and its target as the data holds it side by side."""
    wanted = fitted_target(criterion, answer, target)
    columns = answer.shape[1] if answer.dim() >= 2 else 1
    if not target.is_floating_point() and columns > 1 and target.numel() * columns == answer.numel():
        right = target.reshape(len(answer), *answer.shape[2:]).long()
        return Judged(answer, wanted, columns, answer.argmax(1), right, answer)
    if criterion.loss == "cross_entropy":
        return Judged(answer, wanted, columns, answer.argmax(1), wanted.argmax(1), answer)
    if criterion.loss == "binary_cross_entropy" or not target.is_floating_point():
        said = answer > THRESHOLDS.get(criterion.loss, HALF)
        return Judged(answer, wanted, 2, said.long(), (wanted > HALF).long())
    return Judged(answer, wanted)


def absolute_error(criterion: Criterion, judged: Judged) -> tuple[Tensor, Tensor]:
    """Answer and target as numbers that can be subtracted: scores become probabilities, classes 0 and 1."""
    if criterion.loss == "binary_cross_entropy":
        return judged.answer.sigmoid(), judged.target
    if criterion.loss == "cross_entropy":
        probabilities = judged.answer.softmax(1)
        if judged.target.is_floating_point():
            return probabilities, judged.target
        assert judged.right is not None
        return probabilities, torch.nn.functional.one_hot(judged.right, judged.classes).movedim(-1, 1).float()
    return judged.answer, judged.target
