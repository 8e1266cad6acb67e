"""What is held back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.sources import open_data
from engine.data.splits import split
from engine.text import Failure


@given(st.lists(st.integers(0, 4), min_size=2, max_size=200), st.floats(0.01, 0.99), st.integers(0, 2**63 - 1))
def test_a_split_parts_all_samples_with_every_class_in_its_share(labels: list[int], share: float, seed: int) -> None:
    training, validation = split(np.array(labels), share, seed)
    assert sorted([*training, *validation]) == list(range(len(labels)))
    assert len(training) and len(validation)
    assert abs(len(validation) - len(labels) * share) <= 1
    for one in set(labels):
        held, of_all = sum(labels[index] == one for index in validation), labels.count(one)
        assert abs(held - of_all * len(validation) / len(labels)) <= 1


def test_the_same_seed_gives_the_same_split() -> None:
    assert np.array_equal(split(100, 0.3, 5)[1], split(100, 0.3, 5)[1])
    assert not np.array_equal(split(100, 0.3, 5)[1], split(100, 0.3, 6)[1])


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_samples_are_refused(count: int) -> None:
    with pytest.raises(Failure, match="2 at least"):
        split(count, 0.1, 0)


def test_no_sample_of_the_digits_is_in_two_parts() -> None:
    data = open_data("sample:digits")
    rows = {part: {image.tobytes() for image in data.parts[part]["image"]} for part in ("training", "test")}
    assert sum(len(images) for images in rows.values()) == len(rows["training"] | rows["test"]) == 1797


def test_the_digits_are_split_alike_at_every_call() -> None:
    first, second = open_data("sample:digits"), open_data("sample:digits")
    assert np.array_equal(first.parts["test"]["image"], second.parts["test"]["image"])
    assert np.bincount(first.parts["test"]["label"]).min() >= 34
    assert first.parts["training"]["image"].max() == 255
