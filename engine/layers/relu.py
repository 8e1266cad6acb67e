"""Rectified linear unit."""

from typing import ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.elementwise import Elementwise


@layer("relu", family="Activation", also=("ReLU", "rectifier", "激活", "线性整流"))
class ReLU(Elementwise, frozen=True, cache_hash=True):
    """Passes what is positive and makes the rest zero, of any shape: max(0, x)."""

    example: ClassVar[Spec] = spec("N", 8, 6, 6)
