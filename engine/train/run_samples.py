"""Validation samples of a run as image files, for the try panel. No torch."""

from pathlib import Path

import numpy as np

from engine.data.dataset import TRAINING, DataSet
from engine.data.look import write_samples
from engine.data.sources import survey
from engine.messages import Sampled
from engine.project.file import load
from engine.text import Failure, text
from engine.train.columns import input_sizes
from engine.train.runs import PROJECT


def show_samples(folder: Path, images: Path, first: int, count: int) -> Sampled:
    """Writes validation samples `first` to `first + count` as PNG files, in the network's size. Raises Failure."""
    project = load(folder / PROJECT)
    found = survey(project.data.source)
    sizes = {name: shape for name, shape in input_sizes(project.graph).items() if len(shape) == 3}
    column = next((name for name in sizes if name in found.parts[TRAINING]), None)
    if column is None:
        raise Failure(text("The samples of {run} are no images; there is nothing to show.", run=folder.name))
    label = found.label_column
    labels = found.parts[TRAINING][label.name].read() if label else None
    known = {label.name: labels} if label and labels is not None else {column: np.empty(found.count())}
    data = DataSet(found.source, (label,) if label else (), {TRAINING: known}, found.held_back)
    _, held_back = data.split(project.recipe.validation, project.recipe.seed)
    chosen = held_back[first : first + count]
    samples = write_samples(
        found.parts[TRAINING][column].read(chosen, sizes[column]),
        labels[chosen] if labels is not None else None,
        label.classes if label else (),
        chosen.tolist(),
        images,
    )
    return Sampled(run=str(folder), total=len(held_back), samples=samples)
