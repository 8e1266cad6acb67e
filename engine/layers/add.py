"""The sum of several values."""

from typing import ClassVar, Literal

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.merging import Arithmetic


@layer("add", family="Merge", also=("Add", "sum", "plus", "residual", "shortcut", "skip", "相加", "残差"))
class Add(Arithmetic, frozen=True, cache_hash=True):
    """Adds values of one shape, number by number; sizes of 1 stretch: (N, C, H, W) + (N, C, 1, 1) -> (N, C, H, W)."""

    sign: ClassVar[Literal["+", "*"]] = "+"
    example: ClassVar[tuple[Spec, ...]] = (spec("N", 4, 6), spec("N", 4, 6))
