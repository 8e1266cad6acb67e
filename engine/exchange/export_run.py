"""A run's checkpoint as an ONNX file: exported, proved on all validation samples, and only then put where it is wanted.

What the file says of its inputs and outputs comes from the run: how its data was prepared, and what its classes are.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.dataset import TRAINING, DataSet
from engine.data.preparation import Preparation, prepare
from engine.exchange.onnx_export import export_module, refuse_limits
from engine.exchange.proof import Proof, prove
from engine.files import sync_folder, write_whole, writing
from engine.graph import Dim
from engine.infer.metadata import BYTES, Metadata, OutputNote, input_note, output_note
from engine.messages import Event, Exported, Note, Progress
from engine.text import Failure, Text, text
from engine.train.devices import use_all_cores
from engine.train.loading import LoadedRun, load_run
from engine.train.network import Network
from engine.train.runs import MODEL, Run

Array = NDArray[Any]
Emit = Callable[[Event], None]

CHUNK = 2048


def export_run(folder: Path, path: Path, checkpoint: str = "best", emit: Emit = lambda event: None) -> Exported:
    """Writes the checkpoint "best" or "last" of a run to `path`, and as model.onnx into the run's folder.

    Raises Failure; then nothing is written, and what was at `path` before is still there.
    """

    def progress(what: Text, done: int, total: int) -> None:
        emit(Progress(what=what, done=done, total=total))

    progress(text("Exporting"), 0, 0)
    use_all_cores()
    loaded = load_run(folder, checkpoint)
    network = loaded.network
    refuse_limits(network.report, network.program)
    data = _data(loaded, emit)
    recipe = loaded.project.recipe
    chosen, held_back = data.split(recipe.validation, recipe.seed)
    with _beside(path) as unproved:
        specs = {name: network.report.specs[name][0] for name in network.program.arguments}
        export_module(network.module, network.program, specs, _metadata(loaded, data, chosen), unproved)
        proof = prove(network.module, unproved, _samples(loaded, data, held_back), progress)
        with writing(path):
            unproved.replace(path)
            sync_folder(path.parent)
    _keep(path, folder, emit)
    return _exported(path, proof)


class Prepared:
    """Samples that are prepared when they are asked for, so that many large ones need little memory."""

    def __init__(self, preparation: Preparation, raw: Array, indices: NDArray[np.int64]) -> None:
        self._preparation, self._raw, self._indices = preparation, raw, indices

    def __len__(self) -> int:
        return len(self._indices)

    def __getitem__(self, place: slice) -> Array:
        return prepare(self._preparation, self._raw[self._indices[place]])


def _samples(loaded: LoadedRun, data: DataSet, indices: NDArray[np.int64]) -> dict[str, Prepared]:
    """The samples of each input, prepared as in training."""
    raw = data.parts[TRAINING]
    named = zip(loaded.network.program.arguments, loaded.network.columns, strict=True)
    return {name: Prepared(loaded.preparations[column], raw[column], indices) for name, column in named}


def _data(loaded: LoadedRun, emit: Emit) -> DataSet:
    try:
        return loaded.open_data(emit)
    except Failure as failure:
        sentence = text("The export is proved on the samples of the run. {reason}", reason=failure.text)
        raise Failure(sentence) from failure


def _metadata(loaded: LoadedRun, data: DataSet, chosen: NDArray[np.int64]) -> Metadata:
    network = loaded.network
    inputs = {}
    for name, column in zip(network.program.arguments, network.columns, strict=True):
        inputs[name] = input_note(loaded.preparations[column], _range(data.parts[TRAINING][column], chosen))
    return Metadata(inputs, _outputs(network, loaded.run))


def _outputs(network: Network, run: Run) -> dict[str, OutputNote]:
    classes = {column.name: column.classes for column in run.columns}
    notes = {}
    for criterion, shape in zip(network.criteria, _returned(network), strict=True):
        columns = shape[1] if len(shape) > 1 and isinstance(shape[1], int) else 1
        notes[criterion.node] = output_note(criterion.loss, classes.get(criterion.target, ()), columns)
    return notes


def _returned(network: Network) -> Iterator[tuple[Dim, ...]]:
    """The shape of each output."""
    outputs = {step.node: step.outputs for step in network.program.steps}
    for source in network.program.returned:
        ports = outputs.get(source.node, (source.port,))
        yield network.report.specs[source.node][ports.index(source.port)].shape


def _range(raw: Array, chosen: NDArray[np.int64]) -> tuple[float, float]:
    """The least and the largest value that the source may hold: of bytes, or of what was learned from."""
    if raw.dtype == np.uint8:
        return BYTES
    chunks = [raw[chosen[start : start + CHUNK]] for start in range(0, len(chosen), CHUNK)]
    return min(float(chunk.min()) for chunk in chunks), max(float(chunk.max()) for chunk in chunks)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A file beside the one that is wanted; gone at the end unless it was renamed."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.unproved")
    try:
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _keep(path: Path, folder: Path, emit: Emit) -> None:
    """Puts the file into the run's folder as well; where that cannot be, the export stands all the same."""
    kept = folder / MODEL
    if kept.exists() and kept.samefile(path):
        return
    try:
        with writing(kept):
            write_whole(kept, path.read_bytes())
    except Failure as failure:
        emit(Note(text=failure.text))


def _exported(path: Path, proof: Proof) -> Exported:
    return Exported(
        path=str(path),
        bytes=path.stat().st_size,
        samples=proof.samples,
        batches=tuple(largest.batch for largest in proof.largest),
        largest_absolute=proof.absolute,
        largest_relative=proof.relative,
    )
