"""Scores as probabilities."""

from typing import Annotated, ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.elementwise import AlongAxis
from engine.layers.parameters import Help


@layer("softmax", family="Activation", also=("Softmax", "probability", "classes", "激活", "归一化指数"))
class Softmax(AlongAxis, frozen=True, cache_hash=True):
    """Turns the scores along an axis into probabilities that add up to 1, of any shape: exp(x) / sum(exp(x))."""

    dim: Annotated[int, Help("The axis of the scores; 1 is the channels or features, -1 the last.")] = 1

    example: ClassVar[Spec] = spec("N", 10)
