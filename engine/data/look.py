"""A look through a data source for the window: parts, counts, class balance, and sample images with their labels."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.check.report import Column
from engine.data.dataset import TRAINING, Survey
from engine.data.faults import BadData
from engine.data.images import write_png
from engine.data.sources import survey
from engine.data.values import Array, Progress, Values
from engine.messages import Looked, Part, Sample
from engine.text import text

LONGEST = 128


def look(spec: str, folder: Path, samples: int = 60, progress: Progress | None = None) -> Looked:
    """What a source holds; PNG files of some training samples are written into the folder. Raises Failure."""
    found = survey(spec)
    return Looked(
        data=spec,
        columns=found.columns,
        parts=tuple(_part(found, name) for name in found.parts),
        samples=_samples(found, folder, samples, progress),
    )


def write_samples(
    images: Array, labels: NDArray[np.int64] | None, classes: tuple[str, ...], indices: list[int], folder: Path
) -> tuple[Sample, ...]:
    """Writes images (N, C, H, W) as PNG files; `indices` are theirs in the part that they come from. Raises BadData."""
    result = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for row, index in enumerate(indices):
            path = folder / f"{index}.png"
            write_png(images[row], path, LONGEST)
            label = "" if labels is None else classes[int(labels[row])]
            result.append(Sample(str(path), label, index))
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise BadData(
            text("Sample images cannot be written to {folder}: {why}.", folder=str(folder), why=why)
        ) from error
    return tuple(result)


def _part(found: Survey, name: str) -> Part:
    label = found.label_column
    if label is None or label.name not in found.parts[name]:
        return Part(name, found.count(name))
    labels = found.parts[name][label.name].read()
    return Part(name, found.count(name), tuple(np.bincount(labels, minlength=len(label.classes)).tolist()))


def _samples(found: Survey, folder: Path, count: int, progress: Progress | None) -> tuple[Sample, ...]:
    columns = found.parts[TRAINING]
    image = next((column for column in found.columns if len(column.shape) == 3), None)
    if image is None:
        return ()
    labels = _labels(columns, found.label_column)
    indices = balanced(labels if labels is not None else np.zeros(found.count(), np.int64), count)
    images = columns[image.name].read(indices, progress=progress)
    names = found.label_column.classes if found.label_column else ()
    return write_samples(images, None if labels is None else labels[indices], names, indices, folder)


def _labels(columns: Mapping[str, Values], label: Column | None) -> NDArray[np.int64] | None:
    return None if label is None else np.asarray(columns[label.name].read(), np.int64)


def balanced(labels: NDArray[np.int64], count: int) -> list[int]:
    """Indices of samples, as many of each class as there can be, class after class in turn; always the same ones."""
    random = np.random.default_rng(0)
    members = [random.permutation(np.flatnonzero(labels == one)) for one in np.unique(labels)]
    longest = max((len(these) for these in members), default=0)
    turns = (int(these[turn]) for turn in range(longest) for these in members if turn < len(these))
    return [index for _, index in zip(range(count), turns, strict=False)]
