"""Dropout of whole channels."""

from typing import Annotated, ClassVar

from engine.graph import Replace, Spec, spec
from engine.layers.base import Layer, layer
from engine.layers.call import Call, module
from engine.layers.mending import unfit
from engine.layers.parameters import Help, Range
from engine.layers.sizes import IMAGE, need_float, takes


@layer("dropout2d", family="Regularisation", also=("SpatialDropout2D", "channel dropout", "空间随机失活", "丢弃"))
class Dropout2d(Layer, frozen=True, cache_hash=True):
    """Makes whole channels zero at random while training: (N, C, H, W), which stays; passes everything afterwards."""

    p: Annotated[float, Range(0, 1), Help("The share of channels that are made zero.")] = 0.5

    example: ClassVar[Spec] = spec("N", 8, 6, 6)

    def infer(self, value: Spec) -> Spec:
        need_float(self, value)
        if value.rank != 4:
            raise unfit(self, (value,), takes(self, IMAGE[2], value), Replace("dropout"))
        return value

    def torch(self, value: Spec) -> Call:
        return module("nn.Dropout2d", **self.options("p"))
