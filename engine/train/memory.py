"""How much memory a training will take. No torch."""

import msgspec

from engine.check.report import Cost

FLOAT = 4
# What torch holds besides: kernels' scratch space, the allocator's slack. Measured for small CNNs on the CPU.
OVERHEAD = 64 * 1024 * 1024


class Need(msgspec.Struct, frozen=True):
    """Bytes that a training takes: weights with gradients and optimizer state; activations with theirs; the data."""

    weights: int
    activations: int
    data: int = 0

    @property
    def total(self) -> int:
        return self.weights + self.activations + self.data + OVERHEAD


def need(cost: Cost, batch: int, copies: int, data: int = 0) -> Need:
    """What training takes: `copies` numbers for each weight; activations are kept for, and doubled in, backward."""
    return Need(cost.parameters * FLOAT * copies, 2 * cost.activation_bytes * batch, data)
