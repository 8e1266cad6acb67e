"""Metrics against scikit-learn, in validation and along the way."""

import numpy as np
import pytest
import torch
from sklearn import metrics as reference
from torch import Tensor

from engine.train.losses import Criterion, fitted_target, loss_of, total_loss
from engine.train.metrics import Sums, Validation, better, finite

CPU = torch.device("cpu")
ALL = ("accuracy", "top_k", "precision", "recall", "f1", "mae")


def criterion(loss: str = "cross_entropy", metrics: tuple[str, ...] = ALL, prefix: str = "") -> Criterion:
    return Criterion("output1", "label", loss, 1.0, metrics, prefix)


@pytest.fixture
def scores() -> Tensor:
    return torch.randn(97, 8, generator=torch.Generator().manual_seed(1))


@pytest.fixture
def classes() -> Tensor:
    """Classes that the scores guess better than chance; one of them never comes."""
    return torch.randint(0, 7, (97,), generator=torch.Generator().manual_seed(2))


def validated(one: Criterion, answer: Tensor, target: Tensor, batch: int = 10) -> dict[str, float]:
    validation = Validation([one], CPU)
    for answers, targets in zip(answer.split(batch), target.split(batch), strict=True):
        validation.add([answers], [targets])
    return validation.values()


def summed(one: Criterion, answer: Tensor, target: Tensor, batch: int = 10) -> dict[str, float]:
    sums = Sums([one], CPU)
    for answers, targets in zip(answer.split(batch), target.split(batch), strict=True):
        losses = [loss_of(one, answers, fitted_target(one, answers, targets))]
        sums.add([answers], [targets], losses, total_loss([one], losses))
    return dict(zip(sums.names, (sums.vector / len(answer)).tolist(), strict=True))


def test_classes_are_measured_as_scikit_learn_measures_them(scores: Tensor, classes: Tensor) -> None:
    found = validated(criterion(), scores, classes)
    guess = scores.argmax(1).numpy()
    truth = classes.numpy()
    present = sorted({*truth, *guess})
    macro = {"average": "macro", "labels": present, "zero_division": 0}
    assert found["accuracy"] == pytest.approx(reference.accuracy_score(truth, guess), abs=1e-6)
    assert found["precision"] == pytest.approx(reference.precision_score(truth, guess, **macro), abs=1e-6)
    assert found["recall"] == pytest.approx(reference.recall_score(truth, guess, **macro), abs=1e-6)
    assert found["f1"] == pytest.approx(reference.f1_score(truth, guess, **macro), abs=1e-6)
    top = reference.top_k_accuracy_score(truth, scores.numpy(), k=5, labels=range(8))
    assert found["top_k"] == pytest.approx(top, abs=1e-6)


def test_the_loss_is_the_mean_over_samples_not_over_batches(scores: Tensor, classes: Tensor) -> None:
    expected = torch.nn.functional.cross_entropy(scores, classes).item()
    assert validated(criterion(), scores, classes)["loss"] == pytest.approx(expected, rel=1e-6)
    assert summed(criterion(), scores, classes)["loss"] == pytest.approx(expected, rel=1e-6)


def test_sums_along_the_way_agree_with_validation(scores: Tensor, classes: Tensor) -> None:
    along, after = summed(criterion(), scores, classes), validated(criterion(), scores, classes)
    assert along.keys() == {"loss", "accuracy", "top_k", "mae"}
    for name, value in along.items():
        assert value == pytest.approx(after[name], abs=1e-5), name


def test_with_few_classes_top_k_looks_at_all_of_them(scores: Tensor) -> None:
    found = validated(criterion(metrics=("top_k",)), scores[:, :3], torch.zeros(97, dtype=torch.int64))
    assert found["top_k"] == 1.0


def test_yes_and_no_are_told_by_the_sign_of_the_score() -> None:
    # all scores lie in [0, 1]: they are scores all the same, not probabilities
    score, truth = torch.tensor([[0.2], [0.9], [0.4], [-0.1]]), torch.tensor([1, 1, 0, 0])
    found = validated(criterion("binary_cross_entropy"), score, truth)
    guess, right = [1, 1, 1, 0], truth.numpy()
    assert found["accuracy"] == 0.75
    assert found["precision"] == pytest.approx(reference.precision_score(right, guess))
    assert found["recall"] == pytest.approx(reference.recall_score(right, guess))
    assert found["f1"] == pytest.approx(reference.f1_score(right, guess))


def test_the_mean_absolute_error_of_numbers() -> None:
    answer, target = torch.tensor([[1.0], [2.0], [4.0]]), torch.tensor([1.5, 2.0, 1.0])
    found = validated(criterion("mse", ("mae",)), answer, target, batch=2)
    assert found["mae"] == pytest.approx(np.mean([0.5, 0.0, 3.0]))
    assert summed(criterion("mse", ("mae",)), answer, target, batch=2)["mae"] == pytest.approx(found["mae"])


def test_every_pixel_counts_where_each_has_a_class() -> None:
    scores, classes = torch.randn(6, 3, 4, 4), torch.randint(0, 3, (6, 4, 4))
    found = validated(criterion(metrics=("accuracy",)), scores, classes, batch=4)
    expected = (scores.argmax(1) == classes).float().mean().item()
    assert found["accuracy"] == pytest.approx(expected, abs=1e-6)
    assert summed(criterion(metrics=("accuracy",)), scores, classes, batch=4)["accuracy"] == pytest.approx(expected)


def test_several_outputs_have_metrics_of_their_own(scores: Tensor, classes: Tensor) -> None:
    both = [criterion(metrics=("accuracy",), prefix="one."), criterion(metrics=("accuracy",), prefix="two.")]
    validation = Validation(both, CPU)
    validation.add([scores, -scores], [classes, classes])
    found = validation.values()
    assert set(found) == {"loss", "one.loss", "two.loss", "one.accuracy", "two.accuracy"}
    assert found["loss"] == pytest.approx(found["one.loss"] + found["two.loss"])


@pytest.mark.parametrize(
    ("metrics", "values", "best", "expected"),
    [
        (("accuracy",), {"loss": 2.0, "accuracy": 0.9}, {"loss": 1.0, "accuracy": 0.8}, True),
        (("accuracy",), {"loss": 0.1, "accuracy": 0.7}, {"loss": 1.0, "accuracy": 0.8}, False),
        (("accuracy",), {"loss": 0.1, "accuracy": 0.8}, {"loss": 1.0, "accuracy": 0.8}, True),
        (("mae",), {"loss": 2.0, "mae": 0.1}, {"loss": 1.0, "mae": 0.2}, True),
        ((), {"loss": 0.5}, {"loss": 0.6}, True),
        ((), {}, {"loss": 0.6}, False),
        ((), {"loss": 0.5}, {}, True),
    ],
)
def test_the_best_is_chosen_by_the_first_metric_then_the_loss(
    metrics: tuple[str, ...], values: dict[str, float], best: dict[str, float], expected: bool
) -> None:
    assert better([criterion(metrics=metrics)], values, best) is expected


def test_what_is_no_number_is_left_out_of_messages() -> None:
    assert finite({"loss": float("nan"), "mae": float("inf"), "accuracy": 1.0}) == {"accuracy": 1.0}
