"""The proof of an export: ONNX Runtime computes, on real samples and at several batch sizes, what torch computes."""

import math
import timeit
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from engine.exchange.predicting import as_predicting
from engine.infer.session import Model
from engine.text import Failure, Text, text

Array: TypeAlias = NDArray[Any]
Progress: TypeAlias = Callable[[Text, int, int], None]

BATCHES = (1, 7, 64)
LIMIT = 1e-4
EVERY = 50


class Samples(Protocol):
    """Prepared samples (N, …): an array, or something that makes one for a slice."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: slice, /) -> Array: ...


class Unproved(Failure):
    """The file computes something else than the network."""


class Largest(msgspec.Struct, frozen=True):
    """The largest differences at a batch size, each over all samples and outputs.

    A sample's absolute difference is the largest of its numbers' differences; its relative difference is that
    divided by the largest of its numbers as torch computes them.
    """

    batch: int
    absolute: float
    relative: float


class Proof(msgspec.Struct, frozen=True):
    """How far ONNX Runtime and torch (fp32, CPU, eval mode) were apart on these samples, for each batch size."""

    samples: int
    largest: tuple[Largest, ...]

    @property
    def absolute(self) -> float:
        return max((largest.absolute for largest in self.largest), default=0.0)

    @property
    def relative(self) -> float:
        return max((largest.relative for largest in self.largest), default=0.0)


def prove(
    module: nn.Module,
    path: Path,
    arrays: Mapping[str, Samples],
    progress: Progress | None = None,
    batches: Sequence[int] = BATCHES,
) -> Proof:
    """Compares the file with the module on all samples, both at the same batch size, for each batch size.

    `arrays` holds the prepared samples (N, …) of each input, in the order of forward's arguments. Raises Unproved
    where a sample differs by more than 1e-4, absolutely and relatively, or where shapes differ.
    """
    count = min((len(array) for array in arrays.values()), default=0)
    if not count:
        raise Failure(text("There are no samples to prove the export on."))
    module, model = as_predicting(module), Model(path)
    total = count * len(batches)
    largest = []
    for place, batch in enumerate(batches):

        def passed(done: int, before: int = place * count) -> None:
            if progress:
                progress(text("Proving the export"), before + done, total)

        with _fastest_threads(module, _feeds(arrays, 0, min(batch, count))):
            largest.append(_largest(module, model, arrays, count, batch, passed))
        passed(count)
    return Proof(count, tuple(largest))


def _largest(
    module: nn.Module,
    model: Model,
    arrays: Mapping[str, Samples],
    count: int,
    batch: int,
    passed: Callable[[int], None],
) -> Largest:
    """The largest differences at one batch size; raises Unproved."""
    absolute = relative = 0.0
    for number, (start, ours, theirs) in enumerate(_pairs(module, model, arrays, count, batch)):
        if number % EVERY == 0:
            passed(start)
        for output, wanted, came in zip(model.outputs, ours, theirs, strict=True):
            found = _difference(output.name, wanted, came, start, batch)
            absolute, relative = max(absolute, found[0]), max(relative, found[1])
    return Largest(batch, absolute, relative)


def _pairs(
    module: nn.Module, model: Model, arrays: Mapping[str, Samples], count: int, batch: int
) -> Iterator[tuple[int, list[Array], list[Array]]]:
    """For each batch of the samples: where it starts, torch's outputs, and ONNX Runtime's."""
    for start in range(0, count, batch):
        feeds = _feeds(arrays, start, min(start + batch, count))
        yield start, _computed(module, feeds), list(model.predict(feeds).values())


def _feeds(arrays: Mapping[str, Samples], start: int, stop: int) -> dict[str, Array]:
    return {name: np.ascontiguousarray(array[start:stop]) for name, array in arrays.items()}


def _computed(module: nn.Module, feeds: Mapping[str, Array]) -> list[Array]:
    """What torch makes of a batch."""
    with torch.inference_mode():
        made = module(*map(torch.from_numpy, feeds.values()))
    return [output.numpy() for output in (made if isinstance(made, tuple) else (made,))]


@contextmanager
def _fastest_threads(module: nn.Module, feeds: Mapping[str, Array]) -> Iterator[None]:
    """One thread or all, whichever is the faster on this batch: small batches wait longer for threads than they run."""
    before = torch.get_num_threads()
    times = {}
    try:
        for threads in (1, before):
            torch.set_num_threads(threads)
            times[threads] = min(timeit.repeat(lambda: _computed(module, feeds), number=1, repeat=3))
        torch.set_num_threads(min(times, key=lambda threads: times[threads]))
        yield
    finally:
        torch.set_num_threads(before)


def _difference(name: str, wanted: Array, came: Array, start: int, batch: int) -> tuple[float, float]:
    """The largest absolute and relative difference of the samples; raises Unproved where one is over both limits."""
    if wanted.shape != came.shape:
        raise Unproved(
            text(
                "Export failed the proof: “{output}” has the shape {came} in ONNX Runtime and {wanted} in PyTorch, at "
                "batches of {batch}. The file is not kept.",
                output=name,
                came=str(came.shape),
                wanted=str(wanted.shape),
                batch=batch,
            )
        )
    absolute, relative = _per_sample(wanted.astype(np.float64), came.astype(np.float64))
    over = np.flatnonzero(~((absolute <= LIMIT) | (relative <= LIMIT)))
    if len(over):
        raise Unproved(
            text(
                "Export failed the proof: “{output}” of sample {sample} differs from PyTorch by {absolute} (relative "
                "{relative}) at batches of {batch}; up to {limit} is allowed. The file is not kept.",
                output=name,
                sample=start + int(over[0]),
                absolute=float(absolute[over[0]]),
                relative=float(relative[over[0]]),
                batch=batch,
                limit=f"{LIMIT:g}",
            )
        )
    return float(absolute.max(initial=0)), float(relative.max(initial=0))


def _per_sample(wanted: Array, came: Array) -> tuple[Array, Array]:
    """The absolute and the relative difference of each sample; infinite where one is not finite and not the same."""
    rows = len(wanted) if wanted.ndim else 1
    wanted, came = wanted.reshape(rows, -1), came.reshape(rows, -1)
    same = (wanted == came) | (np.isnan(wanted) & np.isnan(came))
    with np.errstate(invalid="ignore", over="ignore"):
        distance = np.where(same, 0.0, np.abs(wanted - came))
    distance[np.isnan(distance)] = math.inf
    absolute = distance.max(1, initial=0)
    size = np.where(np.isfinite(wanted), np.abs(wanted), 0.0).max(1, initial=0)
    relative = np.divide(absolute, size, out=np.where(absolute > 0, math.inf, 0.0), where=size > 0)
    return absolute, relative
