"""Exponential linear unit."""

from typing import Annotated, ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.elementwise import Elementwise
from engine.layers.parameters import Help, Range


@layer("elu", family="Activation", also=("ELU", "exponential", "激活", "指数线性"))
class ELU(Elementwise, frozen=True, cache_hash=True):
    """Passes what is positive and bends the rest towards -alpha, of any shape: x or alpha · (exp(x) - 1)."""

    alpha: Annotated[float, Range(0), Help("What very negative numbers come to, with the sign changed.")] = 1.0

    example: ClassVar[Spec] = spec("N", 8, 6, 6)
