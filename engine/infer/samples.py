"""A sample read from a file for prediction: an image, or an array in a .npy file."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.images import SUFFIXES, read_fitted
from engine.infer.metadata import BYTES, InputNote
from engine.text import Failure, text

MOST_BYTES = 2**30


def read_sample(path: Path, treatment: InputNote) -> NDArray[Any]:
    """The file's samples (N, …) in the units of the data that the network was trained on. Raises Failure."""
    if path.suffix.lower() == ".npy":
        return _array(path, treatment)
    if path.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(sorted(SUFFIXES))
        raise Failure(text("{path} is neither an image ({kinds}) nor a .npy file.", path=str(path), kinds=kinds))
    if len(treatment.shape) != 3:
        shape = str(treatment.shape)
        raise Failure(
            text("The model takes samples of {shape}, no images; give it a .npy file of that shape.", shape=shape)
        )
    _need_file(path)
    return in_units(read_fitted(path, str(path), treatment.shape), treatment)[None]


def in_units(image: NDArray[np.uint8], treatment: InputNote) -> NDArray[Any]:
    """Pixels from 0 to 255 in the range of the source: unchanged where the source had bytes."""
    low, high = treatment.range
    if (low, high) == BYTES:
        return image
    return (low + image.astype(np.float32) * ((high - low) / 255)).astype(np.float32)


def as_batch(array: NDArray[Any], treatment: InputNote) -> NDArray[Any]:
    """An array as (N, …): a single sample becomes a batch of one, grey images without a channel get theirs.

    Raises Failure where the array has too many or too few axes.
    """
    shape = treatment.shape
    if len(shape) == 3 and array.ndim == 2:
        return array[None, None]
    if len(shape) == 3 and array.ndim == 3 and array.shape[0] not in (1, 3, shape[0]):
        return array[:, None]
    if array.ndim not in (len(shape), len(shape) + 1):
        sentence = text(
            "The model takes samples of {wanted}; here comes an array of {came}.",
            wanted=str(shape),
            came=str(tuple(array.shape)),
        )
        raise Failure(sentence)
    return array[None] if array.ndim == len(shape) else array


def _array(path: Path, treatment: InputNote) -> NDArray[Any]:
    _need_file(path)
    try:
        array = np.load(path, allow_pickle=False)
    except (ValueError, EOFError, OSError) as error:
        raise Failure(
            text("{path} is no sound .npy file of numbers ({reason}).", path=str(path), reason=str(error)[:120])
        ) from error
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "biuf":
        raise Failure(text("{path} holds no numbers.", path=str(path)))
    return as_batch(array, treatment)


def _need_file(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Failure(text("{path} cannot be read: {reason}.", path=str(path), reason=reason)) from error
    if size > MOST_BYTES:
        raise Failure(text("{path} is larger than 1 GB; give single samples.", path=str(path)))
