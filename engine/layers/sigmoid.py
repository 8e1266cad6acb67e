"""The logistic curve."""

from typing import ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.elementwise import Elementwise


@layer("sigmoid", family="Activation", also=("Sigmoid", "logistic", "probability", "激活", "逻辑函数"))
class Sigmoid(Elementwise, frozen=True, cache_hash=True):
    """Squeezes each number between 0 and 1, of any shape: 1 / (1 + exp(-x))."""

    example: ClassVar[Spec] = spec("N", 8, 6, 6)
