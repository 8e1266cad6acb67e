"""NPZ files: arrays by name, `x` and `y` or `image` and `label`; with `_train` and `_test`, as Keras's mnist.npz."""

import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from engine.check.report import Column
from engine.data.arrays import CLASS_NAMES, Converted, convert
from engine.data.dataset import PART_OF_WORD, TEST, TRAINING, VALIDATION, Survey
from engine.data.faults import BadData
from engine.data.room import need_room
from engine.data.values import Array, InMemory, Values
from engine.text import text

_LAST = re.compile(rf"(.+)[_.-]({'|'.join(PART_OF_WORD)})", re.IGNORECASE)
_FIRST = re.compile(rf"({'|'.join(PART_OF_WORD)})[_.-](.+)", re.IGNORECASE)


def survey_npz(path: Path, source: str) -> Survey:
    """The arrays of an NPZ file as columns of parts. Raises BadData."""
    arrays = read_npz(path)
    names = next((array for key, array in arrays.items() if key.lower() in CLASS_NAMES), None)
    classes = tuple(str(name) for name in names.ravel()) if names is not None else ()
    by_part = _by_part({key: array for key, array in arrays.items() if key.lower() not in CLASS_NAMES})
    if TRAINING not in by_part:
        raise BadData(
            text("{file} holds no arrays to train on; x and y (or x_train and y_train) were expected.", file=path.name)
        )
    for part in by_part.values():
        _check_counts(part, path.name)
    held_back = len(next(iter(by_part[VALIDATION].values()))) if VALIDATION in by_part else 0
    converted = _converted(by_part, path.name, classes)
    parts: dict[str, dict[str, Values]] = {
        part: {one.name: InMemory(one.parts[part]) for one in converted if part in one.parts}
        for part in (TRAINING, TEST)
        if part in by_part
    }
    columns = tuple(Column(one.name, one.parts[TRAINING].shape[1:], one.dtype, one.classes) for one in converted)
    return Survey(source, columns, parts, held_back)


def read_npz(path: Path) -> dict[str, Array]:
    """All arrays of a file; nothing in it is unpickled. Raises BadData."""
    if not path.is_file():
        raise BadData(text("{path} is not there. Choose an NPZ file.", path=str(path)))
    try:
        with zipfile.ZipFile(path) as archive:
            need_room(sum(entry.file_size for entry in archive.infolist()), path.name)
        with np.load(path, allow_pickle=False) as file:
            return {key: np.asarray(file[key]) for key in file.files}
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        KeyError,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        SyntaxError,
        TypeError,
        OverflowError,
    ) as error:
        if isinstance(error, PermissionError):
            raise
        what = str(error)[:160] or type(error).__name__
        raise BadData(
            text("{file} is no NPZ file of plain arrays, or a damaged one ({what}).", file=path.name, what=what)
        ) from error


def _by_part(arrays: Mapping[str, Array]) -> dict[str, dict[str, Array]]:
    found: dict[str, dict[str, Array]] = {}
    for key, array in arrays.items():
        if match := _LAST.fullmatch(key):
            part, name = PART_OF_WORD[match[2].lower()], match[1]
        elif match := _FIRST.fullmatch(key):
            part, name = PART_OF_WORD[match[1].lower()], match[2]
        else:
            part, name = TRAINING, key
        if array.ndim:
            found.setdefault(part, {})[name] = array
    return found


def _check_counts(arrays: Mapping[str, Array], file: str) -> None:
    (first, one), *others = arrays.items()
    for name, array in others:
        if len(array) != len(one):
            raise BadData(
                text(
                    "{file}: the array “{first}” has {one} samples and “{name}” has {other}; they must be as many.",
                    file=file,
                    first=first,
                    one=len(one),
                    name=name,
                    other=len(array),
                )
            )
    if not len(one):
        raise BadData(text("{file}: the array “{first}” is empty.", file=file, first=first))


def _converted(by_part: Mapping[str, Mapping[str, Array]], file: str, classes: tuple[str, ...]) -> list[Converted]:
    """Each column over all parts at once, so that they agree; a source's own validation part ends its training part."""
    result = []
    for name in by_part[TRAINING]:
        arrays = {part: arrays[name] for part, arrays in by_part.items() if name in arrays}
        if missing := next((part for part in by_part if part not in arrays), None):
            raise BadData(text("{file}: the array “{name}” has no {part} part.", file=file, name=name, part=missing))
        if len({array.shape[1:] for array in arrays.values()}) > 1:
            shapes = " / ".join(str(array.shape) for array in arrays.values())
            raise BadData(
                text("{file}: the parts of “{name}” differ in shape: {shapes}.", file=file, name=name, shapes=shapes)
            )
        column = convert(name, arrays, file, classes)
        if VALIDATION in column.parts:
            column.parts[TRAINING] = np.concatenate([column.parts[TRAINING], column.parts.pop(VALIDATION)])
        result.append(column)
    return result
