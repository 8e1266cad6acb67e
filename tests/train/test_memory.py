"""The estimate of what a training takes, and what is free."""

import pytest

from engine.check.report import Cost
from engine.memory import bytes_text, free_memory
from engine.project.recipe import SGD, Adam, AdamW, RMSprop
from engine.train.memory import OVERHEAD, need
from engine.train.optimizers import state_copies


@pytest.mark.parametrize(
    ("optimizer", "copies"),
    [
        (SGD(), 2),
        (SGD(momentum=0.9), 3),
        (Adam(), 4),
        (AdamW(amsgrad=True), 5),
        (RMSprop(), 3),
        (RMSprop(momentum=0.5, centered=True), 5),
    ],
)
def test_numbers_kept_for_each_weight(optimizer: SGD, copies: int) -> None:
    assert state_copies(optimizer) == copies


def test_weights_count_once_and_activations_with_the_batch() -> None:
    cost = Cost(parameters=1000, activation_bytes=500)
    found = need(cost, batch=64, copies=4, data=77)
    assert (found.weights, found.activations) == (16_000, 64_000)
    assert found.total == 16_000 + 64_000 + 77 + OVERHEAD


def test_some_memory_is_free_and_not_more_than_a_machine_has() -> None:
    assert 10**6 < free_memory() < 2**60


@pytest.mark.parametrize(
    ("count", "words"), [(999, "999 bytes"), (3_200_000_000, "3.2 GB"), (123_456_000, "123 MB"), (10**22, "1e+04 EB")]
)
def test_sizes_as_people_write_them(count: int, words: str) -> None:
    assert bytes_text(count) == words
