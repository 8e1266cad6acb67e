"""Random numbers of a training, all drawn from its seed: for the weights, the order of an epoch, and every step.

Because a step's random state comes from the seed and the step's number, none has to be kept: a run goes on, and a
step is done again, with the very numbers it would have had.
"""

import hashlib
import random

import numpy as np
import torch
from torch import Tensor


def seed_all(seed: int) -> None:
    """Every source of random numbers, before the weights are made."""
    torch.manual_seed(mixed(seed, "weights"))
    random.seed(mixed(seed, "python"))
    np.random.seed(mixed(seed, "numpy") % 2**32)


def seed_step(seed: int, step: int, device: torch.device) -> None:
    """torch's random state for a step (dropout and the like). Costs about 2 µs."""
    number = mixed(seed, "step", step)
    torch.default_generator.manual_seed(number)
    if device.type == "cuda":
        torch.cuda.default_generators[device.index or 0].manual_seed(number)


def epoch_order(seed: int, epoch: int, samples: int) -> Tensor:
    """In which order an epoch (0-based) goes through the training samples."""
    generator = torch.Generator().manual_seed(mixed(seed, "epoch", epoch))
    return torch.randperm(samples, generator=generator)


def mixed(seed: int, *purpose: str | int) -> int:
    """A seed of 63 bits for a purpose; neighbouring seeds and steps share nothing."""
    digest = hashlib.blake2b(repr((seed, *purpose)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1
