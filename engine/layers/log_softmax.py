"""The logarithm of softmax."""

from typing import Annotated, ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.elementwise import AlongAxis
from engine.layers.parameters import Help


@layer("log_softmax", family="Activation", also=("LogSoftmax", "log probability", "NLL", "对数", "归一化指数"))
class LogSoftmax(AlongAxis, frozen=True, cache_hash=True):
    """Turns the scores along an axis into logarithms of probabilities, of any shape: x - log(sum(exp(x)))."""

    dim: Annotated[int, Help("The axis of the scores; 1 is the channels or features, -1 the last.")] = 1

    example: ClassVar[Spec] = spec("N", 10)
