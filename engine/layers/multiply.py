"""The product of several values."""

from typing import ClassVar, Literal

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.merging import Arithmetic


@layer("multiply", family="Merge", also=("Multiply", "product", "times", "gate", "attention", "scale", "相乘", "门控"))
class Multiply(Arithmetic, frozen=True, cache_hash=True):
    """Multiplies values of one shape, number by number; sizes of 1 stretch: (N, C, H, W) · (N, C, 1, 1)."""

    sign: ClassVar[Literal["+", "*"]] = "*"
    example: ClassVar[tuple[Spec, ...]] = (spec("N", 4, 6), spec("N", 4, 6))
