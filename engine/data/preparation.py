"""From samples as they come to the numbers that a network is given: one implementation for everyone.

What is learned from data (mean and spread) is learned from the training samples alone, and travels with the run and
in the ONNX file, so that prediction treats a sample as training did.
"""

from collections.abc import Iterator
from typing import Any, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.data.faults import BadData
from engine.data.images import fitted
from engine.text import Text, text

CHUNK = 2048
BYTE = 1 / 255


class Preparation(msgspec.Struct, frozen=True):
    """How one input's samples are prepared: (x * scale - mean) / spread, along the first axis of a sample.

    `shape` is what the network takes, `source` what the data has; images that differ are scaled by `resize`.
    Index columns (`dtype` int64) pass unchanged.
    """

    shape: tuple[int, ...]
    source: tuple[int, ...]
    dtype: Literal["float32", "int64"] = "float32"
    resize: Literal["bilinear"] = "bilinear"
    scale: float = 1.0
    mean: tuple[float, ...] = ()
    spread: tuple[float, ...] = ()

    @property
    def is_image(self) -> bool:
        return len(self.shape) == 3 and len(self.source) == 3

    @property
    def note(self) -> Text | None:
        """What the user should know: images are scaled."""
        if self.shape == self.source or not self.is_image:
            return None
        return text(
            "Images are scaled from {source} to {shape}, as the input declares.",
            source=_sizes(self.source),
            shape=_sizes(self.shape),
        )


def learn(
    values: NDArray[Any],
    shape: tuple[int, ...],
    indices: NDArray[np.int64] | None = None,
    source: tuple[int, ...] | None = None,
) -> Preparation:
    """The preparation for an input of this shape, learned from the samples (N, *shape) that the indices name.

    `open_data(spec, sizes={column: shape})` brings images to the shape; `source` is what they had before.
    Raises BadData where samples are of another shape.
    """
    came = tuple(values.shape[1:])
    source = source or came
    if came != shape:
        raise BadData(
            text("The data has samples of {came}; the input declares {shape}.", came=_sizes(came), shape=_sizes(shape))
        )
    if values.dtype == np.int64:
        return Preparation(shape, source, dtype="int64")
    scale = BYTE if values.dtype == np.uint8 else 1.0
    mean, spread = _moments(values, indices)
    mean, spread = mean * scale, spread * scale
    # a channel that never changes has nothing to be divided by
    spread[spread < 1e-6 * np.maximum(1.0, np.abs(mean))] = 1.0
    return Preparation(shape, source, scale=scale, mean=tuple(mean.tolist()), spread=tuple(spread.tolist()))


def prepare(preparation: Preparation, values: NDArray[Any]) -> NDArray[Any]:
    """Samples (N, …) as they come, uint8 or float32, as float32 (N, *shape); index columns as int64. Raises BadData."""
    if tuple(values.shape[1:]) != preparation.shape:
        if not (preparation.is_image and values.ndim == 4):
            came, shape = _sizes(values.shape[1:]), _sizes(preparation.shape)
            raise BadData(text("A sample of {shape} was expected; this one has {came}.", shape=shape, came=came))
        values = np.stack([fitted(image, preparation.shape) for image in values])
    if preparation.dtype == "int64":
        return values.astype(np.int64)
    shift, factor = factors(preparation)
    result = values.astype(np.float32)
    result -= shift
    result *= factor
    return result


def factors(preparation: Preparation) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """`prepare` is (x - shift) * factor in float32, rounded after each: both shaped to go along a sample's axes."""
    mean, spread = np.array(preparation.mean or (0.0,)), np.array(preparation.spread or (1.0,))
    shape = (-1, *(1 for _ in preparation.shape[1:]))
    shift = (mean / preparation.scale).astype(np.float32)
    factor = (preparation.scale / spread).astype(np.float32)
    return shift.reshape(shape), factor.reshape(shape)


def _moments(values: NDArray[Any], indices: NDArray[np.int64] | None) -> tuple[NDArray[Any], NDArray[Any]]:
    """Mean and spread of each channel, exact for uint8 (counted), in double precision otherwise."""
    channels = values.shape[1] if values.ndim > 1 else 1
    if values.dtype == np.uint8:
        counts = np.zeros((channels, 256), np.int64)
        for chunk in _chunks(values, indices):
            for channel in range(channels):
                counts[channel] += np.bincount(chunk[:, channel].ravel(), minlength=256)
        levels, total = np.arange(256.0), np.maximum(counts.sum(1), 1)
        mean = counts @ levels / total
        return mean, np.sqrt(np.maximum(counts @ levels**2 / total - mean**2, 0))
    return _float_moments(values, indices, channels)


def _float_moments(
    values: NDArray[Any], indices: NDArray[np.int64] | None, channels: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Two passes: the spread is summed around the mean, so that large means lose no digits."""
    mean, squares, count = np.zeros(channels), np.zeros(channels), 0
    for chunk in _chunks(values, indices):
        flat = chunk.reshape(len(chunk), channels, -1).astype(np.float64)
        mean += flat.sum((0, 2))
        count += flat.shape[0] * flat.shape[2]
    mean /= max(count, 1)
    for chunk in _chunks(values, indices):
        flat = chunk.reshape(len(chunk), channels, -1).astype(np.float64)
        squares += ((flat - mean[:, None]) ** 2).sum((0, 2))
    return mean, np.sqrt(squares / max(count, 1))


def _chunks(values: NDArray[Any], indices: NDArray[np.int64] | None) -> Iterator[NDArray[Any]]:
    count = len(values) if indices is None else len(indices)
    for start in range(0, count, CHUNK):
        yield values[start : start + CHUNK] if indices is None else values[indices[start : start + CHUNK]]


def _sizes(shape: tuple[int, ...]) -> str:
    return "×".join(str(size) for size in shape) or "1"
