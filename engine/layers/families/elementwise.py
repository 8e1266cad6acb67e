"""Layers that work number by number, or on the whole: the shape stays, and all parameters go to a module of torch."""

from typing import TYPE_CHECKING

from engine.graph import Spec
from engine.layers.base import Layer
from engine.layers.call import Call, module
from engine.layers.sizes import need_axis, need_float


class Elementwise(Layer, frozen=True, cache_hash=True):
    """Becomes the module of torch that the class is named after."""

    def infer(self, value: Spec) -> Spec:
        need_float(self, value)
        return value

    def torch(self, value: Spec) -> Call:
        about = type(self).about
        return module(f"nn.{about.title}", **self.options(*(parameter.name for parameter in about.parameters)))


class AlongAxis(Layer, frozen=True, cache_hash=True):
    """Looks at the numbers along an axis together. Becomes the module of torch that the class is named after."""

    if TYPE_CHECKING:  # declared by the subclasses

        @property
        def dim(self) -> int: ...

    def infer(self, value: Spec) -> Spec:
        need_float(self, value)
        need_axis(self, (value,), self.dim)
        return value

    def torch(self, value: Spec) -> Call:
        return module(f"nn.{type(self).about.title}", dim=self.dim)
