"""Losses against torch called directly, and targets in the form that each loss compares."""

import pytest
import torch
from torch.nn import functional as F

from engine.text import Failure
from engine.train.losses import Criterion, fitted_target, loss_of, total_loss

SCORES = torch.tensor([[2.0, -1.0, 0.5], [0.0, 3.0, -2.0]])
CLASSES = torch.tensor([0, 2])


def criterion(loss: str, weight: float = 1.0) -> Criterion:
    return Criterion("output1", "label", loss, weight, ())


def loss(name: str, answer: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    one = criterion(name)
    return loss_of(one, answer, fitted_target(one, answer, target))


def test_cross_entropy_takes_class_indices() -> None:
    assert loss("cross_entropy", SCORES, CLASSES) == F.cross_entropy(SCORES, CLASSES)


def test_cross_entropy_takes_class_indices_in_a_column() -> None:
    assert loss("cross_entropy", SCORES, CLASSES[:, None]) == F.cross_entropy(SCORES, CLASSES)


def test_cross_entropy_takes_a_class_for_every_pixel() -> None:
    scores, classes = torch.randn(2, 3, 4, 4), torch.randint(0, 3, (2, 4, 4))
    assert loss("cross_entropy", scores, classes) == F.cross_entropy(scores, classes)


def test_cross_entropy_takes_probabilities() -> None:
    wanted = torch.tensor([[0.7, 0.2, 0.1], [0.0, 0.5, 0.5]])
    assert loss("cross_entropy", SCORES, wanted) == F.cross_entropy(SCORES, wanted)


def test_binary_cross_entropy_takes_a_class_for_one_output() -> None:
    score, label = torch.tensor([[1.5], [-0.5]]), torch.tensor([1, 0])
    expected = F.binary_cross_entropy(score.sigmoid(), torch.tensor([[1.0], [0.0]]))
    torch.testing.assert_close(loss("binary_cross_entropy", score, label), expected)


def test_binary_cross_entropy_takes_several_labels_at_once() -> None:
    labels = torch.tensor([[1.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
    expected = F.binary_cross_entropy(SCORES.sigmoid(), labels)
    torch.testing.assert_close(loss("binary_cross_entropy", SCORES, labels), expected)


def test_binary_cross_entropy_spreads_classes_over_columns() -> None:
    expected = F.binary_cross_entropy_with_logits(SCORES, F.one_hot(CLASSES, 3).float())
    assert loss("binary_cross_entropy", SCORES, CLASSES) == expected


@pytest.mark.parametrize(("name", "reference"), [("mse", F.mse_loss), ("l1", F.l1_loss), ("huber", F.huber_loss)])
def test_regression_losses_compare_number_with_number(name: str, reference: object) -> None:
    answer, target = torch.tensor([[1.0], [4.0]]), torch.tensor([3, 4])
    assert loss(name, answer, target) == reference(answer, torch.tensor([[3.0], [4.0]]))  # type: ignore[operator]


def test_a_target_of_another_size_is_refused_at_its_node() -> None:
    with pytest.raises(Failure, match=r"output1: the answer \(2, 3\) cannot be compared with the target \(2, 5\)"):
        fitted_target(criterion("mse"), SCORES, torch.zeros(2, 5))


def test_the_total_is_the_weighted_sum() -> None:
    losses = [torch.tensor(2.0), torch.tensor(10.0)]
    assert total_loss([criterion("mse", 0.5), criterion("l1", 3.0)], losses) == 31.0


def test_a_single_loss_counts_with_its_weight() -> None:
    assert total_loss([criterion("mse", 0.25)], [torch.tensor(2.0)]) == 0.5
