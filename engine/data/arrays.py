"""Arrays from elsewhere as columns: images as uint8 (N, C, H, W), classes as numbers, everything else as float32."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.data.classes import MOST, class_names, in_order, need_two, unknown_class
from engine.data.dataset import TRAINING
from engine.data.faults import BadData
from engine.data.values import Array
from engine.text import text

INPUTS = frozenset({"x", "data", "image", "images", "features", "input", "inputs"})
TARGETS = frozenset({"y", "label", "labels", "target", "targets", "class", "classes_of"})
CLASS_NAMES = frozenset({"class_names", "classes", "target_names", "label_names", "names"})
CHANNELS = (1, 3, 4)


@dataclass
class Converted:
    """A column over the parts of a source."""

    name: str
    parts: dict[str, Array]
    dtype: Literal["float32", "int64"]
    classes: tuple[str, ...] = ()


def convert(name: str, parts: Mapping[str, Array], file: str, classes: tuple[str, ...] = ()) -> Converted:
    """A column of this name from its arrays (N, …), which have one shape but for N. Raises BadData."""
    arrays = {part: _plain(array, name, file) for part, array in parts.items()}
    rank = next(iter(arrays.values())).ndim
    if name.lower() in INPUTS:
        if rank in (3, 4) and _numeric(arrays):
            return Converted("image", _images(arrays), "float32")
        column = "features" if name.lower() in ("x", "data", "inputs", "input") else name
        return Converted(column, _as(np.float32, arrays), "float32")
    return _target(name, arrays, file, classes)


def _target(name: str, arrays: dict[str, Array], file: str, classes: tuple[str, ...]) -> Converted:
    """Classes where there are any; other integers stay indices, and all else is float32."""
    known = name.lower() in TARGETS
    arrays = {part: _squeezed(array, known) for part, array in arrays.items()}
    if all(array.dtype.kind == "U" for array in arrays.values()):
        return _worded("label" if known else name, arrays, file)
    if known and all(_is_class(array) for array in arrays.values()):
        names = class_names(arrays, file)
        return Converted("label", _as(np.int64, arrays), "int64", classes if len(classes) >= len(names) else names)
    if all(array.dtype.kind in "iu" for array in arrays.values()) and not known:
        return Converted(name, _as(np.int64, arrays), "int64")
    return Converted("target" if known else name, _as(np.float32, arrays), "float32")


def _as(dtype: type[np.int64] | type[np.float32], arrays: Mapping[str, Array]) -> dict[str, Array]:
    return {part: array.astype(dtype) for part, array in arrays.items()}


def _plain(array: Array, name: str, file: str) -> Array:
    """Refuses what cannot be learned from; bools become numbers."""
    if array.dtype.kind not in "biufU":
        raise BadData(
            text(
                "{file}: the array “{name}” holds {dtype}; numbers were expected.",
                file=file,
                name=name,
                dtype=str(array.dtype),
            )
        )
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise BadData(
            text(
                "{file}: the array “{name}” holds NaN or infinity. Fill or take out these samples.",
                file=file,
                name=name,
            )
        )
    if array.dtype.kind == "b":
        return array.astype(np.uint8) * (255 if array.ndim > 2 else 1)
    return array


def _images(arrays: Mapping[str, Array]) -> dict[str, Array]:
    values = arrays.values()
    bytes_ = all(array.dtype.kind in "iu" and array.min() >= 0 and array.max() <= 255 for array in values)
    dtype = np.uint8 if bytes_ else np.float32
    return {part: np.ascontiguousarray(_channels_first(array).astype(dtype)) for part, array in arrays.items()}


def _channels_first(array: Array) -> Array:
    """(N, H, W) gets a channel; (N, H, W, C) is told from (N, C, H, W) by where the 1, 3 or 4 is."""
    if array.ndim == 3:
        return array[:, None]
    first, last = array.shape[1], array.shape[3]
    if first in CHANNELS or (last not in CHANNELS and first <= last):
        return array
    return array.transpose(0, 3, 1, 2)


def _squeezed(array: Array, known: bool) -> Array:
    """(N, 1) labels are (N,); one-hot rows are the number of their 1."""
    if not known or array.ndim != 2:
        return array
    if array.shape[1] == 1:
        return array[:, 0]
    if array.dtype.kind != "U" and np.isin(array, (0, 1)).all() and (array.sum(1) == 1).all():
        return np.asarray(array.argmax(1))
    return array


def _is_class(labels: Array) -> bool:
    """Whole numbers from 0, not more of them than there may be classes."""
    if labels.dtype.kind not in "iu" or labels.ndim != 1 or not len(labels):
        return False
    return int(labels.min()) >= 0 and int(labels.max()) < MOST


def _worded(name: str, arrays: Mapping[str, Array], file: str) -> Converted:
    """Classes by their names, in order."""
    names = in_order({str(word) for word in np.unique(arrays[TRAINING])})
    need_two(len(names), file)
    number = {word: index for index, word in enumerate(names)}
    numbers: dict[str, Array] = {}
    for part, array in arrays.items():
        words = [str(word) for word in array.ravel()]
        if unknown := next((word for word in words if word not in number), None):
            raise unknown_class(file, part, unknown)
        numbers[part] = np.array([number[word] for word in words], np.int64)
    return Converted(name, numbers, "int64", names)


def _numeric(arrays: Mapping[str, Array]) -> bool:
    return all(array.dtype.kind != "U" for array in arrays.values())
