"""A column's values where they lie: in memory already, or in image files that are decoded when they are read."""

import math
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.data.images import fitted
from engine.text import Text, text

Array: TypeAlias = NDArray[Any]
Indices: TypeAlias = Sequence[int] | NDArray[np.int64]
Progress: TypeAlias = Callable[[Text, int, int], None]

EVERY = 256


class Values(Protocol):
    """One column of one part of the data: `shape` is that of a sample as it comes, (C, H, W) for images."""

    @property
    def shape(self) -> tuple[int, ...]: ...

    def __len__(self) -> int: ...

    def takes(self, shape: tuple[int, ...] | None) -> int:
        """Bytes of memory that reading everything takes, beyond what is taken already."""

    def read(
        self, indices: Indices | None = None, shape: tuple[int, ...] | None = None, progress: Progress | None = None
    ) -> Array:
        """These samples (None: all), images brought to `shape`. Raises BadData."""


class InMemory:
    """Values that are an array."""

    def __init__(self, array: Array) -> None:
        self._array = array

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self._array.shape[1:])

    def __len__(self) -> int:
        return len(self._array)

    def takes(self, shape: tuple[int, ...] | None) -> int:
        return len(self) * math.prod(shape) * self._array.itemsize if shape and self._scales(shape) else 0

    def _scales(self, shape: tuple[int, ...] | None) -> bool:
        return shape is not None and shape != self.shape and len(shape) == len(self.shape) == 3

    def read(
        self, indices: Indices | None = None, shape: tuple[int, ...] | None = None, progress: Progress | None = None
    ) -> Array:
        array = self._array if indices is None else self._array[np.asarray(indices, np.int64)]
        return scaled(array, shape, progress) if shape and self._scales(shape) else array


def scaled(images: Array, shape: tuple[int, ...], progress: Progress | None = None) -> Array:
    """Images (N, C, H, W) brought to another (C, H, W)."""
    result = np.empty((len(images), *shape), images.dtype)
    for index, image in enumerate(images):
        if progress and index % EVERY == 0:
            progress(text("Scaling images"), index, len(images))
        result[index] = fitted(image, shape)
    return result
