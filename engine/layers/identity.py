"""Nothing at all."""

from typing import ClassVar

from engine.graph import Spec, spec
from engine.layers.base import Layer, layer
from engine.layers.call import Call, module


@layer("identity", family="Shape", also=("Identity", "no-op", "pass through", "placeholder", "恒等"))
class Identity(Layer, frozen=True, cache_hash=True):
    """Passes what comes in, of any shape: a name for a value, or a place to put a layer later."""

    example: ClassVar[Spec] = spec("N", 8, 6)

    def infer(self, value: Spec) -> Spec:
        return value

    def torch(self, value: Spec) -> Call:
        return module("nn.Identity")
