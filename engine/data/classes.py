"""Classes: their names and the numbers that stand for them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.dataset import TRAINING
from engine.data.faults import BadData
from engine.text import text

MOST = 65_536


def class_names(parts: Mapping[str, NDArray[Any]], name: str) -> tuple[str, ...]:
    """Names for labels that are numbers from 0: "0", "1", …, up to the highest of the training part.

    Raises BadData for fewer than 2 classes, or where another part has one that training does not know.
    """
    training = parts[TRAINING]
    need_two(len(np.unique(training)), name)
    highest = int(training.max())
    for part, labels in parts.items():
        if len(labels) and int(labels.max()) > highest:
            raise unknown_class(name, part, str(int(labels.max())))
    return tuple(str(number) for number in range(highest + 1))


def unknown_class(name: str, part: str, label: str) -> BadData:
    """The fault of a class that cannot be learned."""
    return BadData(
        text(
            "{file}: the {part} part has a class “{name}” that the training part does not have.",
            file=name,
            part=part,
            name=label,
        )
    )


def need_two(classes: int, name: str) -> None:
    """Raises BadData where there is nothing to tell apart."""
    if classes < 2:
        raise BadData(
            text(
                "{file} has too few classes to tell apart: {count}. Add samples until there are 2 at least.",
                file=name,
                count=classes,
            )
        )


def in_order(names: set[str]) -> tuple[str, ...]:
    """Names of classes as people count: 2 before 10, letters by the alphabet."""
    if all(name.isascii() and name.isdigit() for name in names):
        return tuple(sorted(names, key=lambda name: (int(name), name)))
    return tuple(sorted(names))
