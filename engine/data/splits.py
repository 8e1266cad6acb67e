"""Holding back a validation part: every class in the same share, the same samples for the same seed."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.text import Failure, text


def split(samples: int | NDArray[Any], validation: float, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Indices to learn from and to judge by, ascending; `samples` is their count, or the class of each.

    At least one sample falls to each side. Raises Failure for fewer than 2 samples.
    """
    classes = np.zeros(samples, np.int64) if isinstance(samples, int) else np.asarray(samples)
    count = len(classes)
    if count < 2:
        sentence = text("The training part has {count} samples; to hold some back, 2 at least are needed.", count=count)
        raise Failure(sentence)
    wanted = min(max(round(count * validation), 1), count - 1)
    random = np.random.default_rng(seed)
    order = random.permutation(count)
    members = [order[classes[order] == one] for one in np.unique(classes)]
    shares = _shares([len(these) for these in members], wanted)
    held = np.concatenate([these[:share] for these, share in zip(members, shares, strict=True)])
    chosen = np.zeros(count, bool)
    chosen[held] = True
    return np.flatnonzero(~chosen), np.flatnonzero(chosen)


def _shares(sizes: list[int], wanted: int) -> list[int]:
    """`wanted` in proportion to the sizes; what rounding leaves goes to the largest remainders."""
    exact = np.array(sizes) * wanted / sum(sizes)
    shares = np.floor(exact).astype(np.int64)
    rest = wanted - int(shares.sum())
    for index in np.argsort(-(exact - shares), kind="stable")[:rest]:
        shares[index] += 1
    return [int(share) for share in shares]
