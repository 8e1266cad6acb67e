"""Sigmoid linear unit."""

from typing import ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.elementwise import Elementwise


@layer("silu", family="Activation", also=("SiLU", "swish", "激活", "自门控"))
class SiLU(Elementwise, frozen=True, cache_hash=True):
    """Weighs each number by its sigmoid, of any shape: x · sigmoid(x)."""

    example: ClassVar[Spec] = spec("N", 8, 6, 6)
