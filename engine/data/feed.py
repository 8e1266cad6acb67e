"""Batches on the device: a small data set lies there as a whole, a larger one streams through pinned memory.

Nothing is read back, and a batch depends on its indices alone: the order is the training loop's to choose.
"""

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.data.preparation import CHUNK, Preparation, factors, prepare
from engine.data.values import Array

FLOAT = 4


class Feed:
    """The samples that `indices` (None: all) name in the arrays of a part; the columns that are prepared, and others.

    Columns with a preparation come as `prepare` gives them, images in channels_last order; the others as they are.
    `room` is how many bytes the samples may take on the device: prepared if that fits, else raw and prepared batch
    by batch, else they stream from the host. The numbers are the same, bit for bit.
    """

    def __init__(
        self,
        arrays: Mapping[str, Array],
        preparations: Mapping[str, Preparation],
        indices: NDArray[np.int64] | None,
        device: torch.device,
        room: int = 2**31,
    ) -> None:
        count = min(len(array) for array in arrays.values()) if indices is None else len(indices)
        self._count, self._device = count, device
        chosen = np.arange(count) if indices is None else indices
        prepared = sum(_bytes(array, preparations.get(name)) for name, array in arrays.items()) * count
        self.resident = sum(_bytes(array) for array in arrays.values()) * count <= room
        self._chosen = torch.from_numpy(chosen)
        ready = preparations if prepared <= room else {}
        self._finish = {name: _Finish(one, device) for name, one in preparations.items() if name not in ready}
        self._columns = {
            name: _moved(array, ready.get(name), chosen, device) if self.resident else torch.from_numpy(array)
            for name, array in arrays.items()
        }

    def __len__(self) -> int:
        """Samples."""
        return self._count

    def batch(self, indices: Tensor) -> dict[str, Tensor]:
        """These of the samples (0 is the first of the chosen ones), a tensor (n, …) on the device for each column."""
        if self.resident:
            here = indices.to(self._device, non_blocking=True)
            found = {name: column[here] for name, column in self._columns.items()}
        else:
            there = self._chosen[indices.cpu()]
            found = {name: self._sent(column[there]) for name, column in self._columns.items()}
        for name, finish in self._finish.items():
            found[name] = finish(found[name])
        return found

    def _sent(self, batch: Tensor) -> Tensor:
        """From pinned memory the copy goes on while the host gathers the next batch."""
        if self._device.type == "cpu":
            return batch
        return batch.pin_memory().to(self._device, non_blocking=True)


class _Finish:
    """`prepare` on the device: the same two roundings, so the same bits."""

    def __init__(self, preparation: Preparation, device: torch.device) -> None:
        self._indices = preparation.dtype == "int64"
        shift, factor = factors(preparation)
        self._shift, self._factor = torch.from_numpy(shift).to(device), torch.from_numpy(factor).to(device)

    def __call__(self, batch: Tensor) -> Tensor:
        """The batch, which is a copy of its samples already, changed where it lies."""
        if self._indices:
            return batch
        return _ordered(batch.to(torch.float32).sub_(self._shift).mul_(self._factor))


def _moved(array: Array, preparation: Preparation | None, chosen: NDArray[np.int64], device: torch.device) -> Tensor:
    """The chosen samples on the device, prepared where that is asked for; in pieces, to hold memory down."""
    column: Tensor | None = None
    for start in range(0, max(len(chosen), 1), CHUNK):
        piece = array[chosen[start : start + CHUNK]]
        values = torch.from_numpy(prepare(preparation, piece) if preparation else piece)
        if column is None:
            column = torch.empty((len(chosen), *values.shape[1:]), dtype=values.dtype, device=device)
            column = _ordered(column) if preparation else column
        column[start : start + len(piece)] = values
    assert column is not None
    return column


def _ordered(images: Tensor) -> Tensor:
    """Images in the order of memory in which convolutions are fastest."""
    return images.contiguous(memory_format=torch.channels_last) if images.ndim == 4 else images


def _bytes(array: Array, preparation: Preparation | None = None) -> int:
    """Bytes of a sample."""
    as_float = preparation is not None and preparation.dtype == "float32"
    return array[:1].size * (FLOAT if as_float else array.itemsize)
