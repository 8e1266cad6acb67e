"""The hyperbolic tangent."""

from typing import ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.elementwise import Elementwise


@layer("tanh", family="Activation", also=("Tanh", "hyperbolic tangent", "激活", "双曲正切"))
class Tanh(Elementwise, frozen=True, cache_hash=True):
    """Squeezes each number between -1 and 1, of any shape: tanh(x)."""

    example: ClassVar[Spec] = spec("N", 8, 6, 6)
