"""Data that is open: the columns of each part as arrays, and what is known of them."""

from collections.abc import Mapping, Sized
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.check.report import Column
from engine.data.splits import split
from engine.data.values import Array, Values
from engine.text import Text

TRAINING = "training"
TEST = "test"
VALIDATION = "validation"

# What people call the parts, in lower case: folders of images, arrays of an NPZ.
PART_OF_WORD = {
    "train": TRAINING,
    "training": TRAINING,
    "test": TEST,
    "testing": TEST,
    "val": VALIDATION,
    "valid": VALIDATION,
    "validation": VALIDATION,
}
NO_PARTS: Mapping[str, Any] = MappingProxyType({})


ColumnT = TypeVar("ColumnT", bound=Sized)


@dataclass(frozen=True, eq=False)
class Parts(Generic[ColumnT]):
    """What a source holds: the columns of each part.

    `held_back`: the source brings its own validation part, the last so many samples of "training". `notes` are for the
    user: that images are scaled, that files were left out.
    """

    source: str
    columns: tuple[Column, ...]
    parts: Mapping[str, Mapping[str, ColumnT]]
    held_back: int = 0
    notes: tuple[Text, ...] = ()

    def count(self, part: str = TRAINING) -> int:
        """How many samples a part has; 0 where there is none of this name."""
        return min((len(values) for values in self.parts.get(part, NO_PARTS).values()), default=0)

    def column(self, name: str) -> Column | None:
        """The column of this name, if there is one."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def label_column(self) -> Column | None:
        """The first column that has classes."""
        return next((column for column in self.columns if column.classes), None)


@dataclass(frozen=True, eq=False)
class Survey(Parts[Values]):
    """A source before its images are read: `parts["training"]["image"]` are Values."""


@dataclass(frozen=True, eq=False)
class DataSet(Parts[Array]):
    """Data as arrays: `parts["training"]["image"]` is uint8 (N, C, H, W), labels are int64 (N,), the rest float32.

    The part "test", where there is one, is for `evaluate` alone: never for training, normalisation or choosing.
    """

    def split(self, validation: float, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Indices into "training": to learn from, and to judge by (the source's own validation part if it has one).

        With classes, each is held back in the same share. The same seed gives the same split. Raises Failure.
        """
        count = self.count()
        if self.held_back:
            everyone = np.arange(count)
            return everyone[: count - self.held_back], everyone[count - self.held_back :]
        label = self.label_column
        return split(self.parts[TRAINING][label.name] if label else count, validation, seed)
