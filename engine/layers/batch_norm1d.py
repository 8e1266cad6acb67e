"""Batch normalisation of features or sequences."""

from typing import ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.normalisation import BatchNorm
from engine.layers.sizes import IMAGE
from engine.text import Text, text


@layer("batch_norm1d", family="Normalisation", stem="norm", also=("BatchNormalization", "BN", "批归一化", "批标准化"))
class BatchNorm1d(BatchNorm, frozen=True, cache_hash=True):
    """Gives each channel mean 0 and spread 1 over a batch, then a learned scale: (N, C) or (N, C, L), which stays.

    While training, mean and spread are the batch's own; afterwards those remembered from training.
    """

    ranks: ClassVar[tuple[int, ...]] = (2, 3)
    wanted: ClassVar[Text] = text("{this} or {that}", this=text("(N, channels)"), that=IMAGE[1])
    example: ClassVar[Spec] = spec("N", 6)
