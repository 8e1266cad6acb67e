"""Leaky rectified linear unit."""

from typing import Annotated, ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.elementwise import Elementwise
from engine.layers.parameters import Help, Range


@layer("leaky_relu", family="Activation", stem="relu", also=("LeakyReLU", "leaky rectifier", "激活", "带泄漏线性整流"))
class LeakyReLU(Elementwise, frozen=True, cache_hash=True):
    """Passes what is positive and shrinks the rest, of any shape: max(0, x) + negative_slope · min(0, x)."""

    negative_slope: Annotated[float, Range(0), Help("What negative numbers are multiplied by.")] = 0.01

    example: ClassVar[Spec] = spec("N", 8, 6, 6)
