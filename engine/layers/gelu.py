"""Gaussian error linear unit."""

from typing import Annotated, ClassVar, Literal

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.elementwise import Elementwise
from engine.layers.parameters import Help


@layer("gelu", family="Activation", also=("GELU", "gaussian", "transformer", "激活", "高斯误差线性"))
class GELU(Elementwise, frozen=True, cache_hash=True):
    """Weighs each number by the chance of a smaller one in a normal distribution, of any shape: x · Φ(x)."""

    approximate: Annotated[
        Literal["none", "tanh"], Help("“tanh” computes a close approximation instead of the exact curve.")
    ] = "none"

    example: ClassVar[Spec] = spec("N", 8, 6, 6)
