"""The axes in another order."""

from typing import Annotated, ClassVar

from engine.graph import SetParameter, Spec, shape_text, spec
from engine.layers.base import Layer, layer
from engine.layers.call import Call, In, method
from engine.layers.mending import unfit
from engine.layers.parameters import Help, Sizes, Wrong
from engine.text import text


@layer("permute", family="Shape", also=("Permute", "transpose", "swap axes", "channels last", "转置", "维度换位"))
class Permute(Layer, frozen=True, cache_hash=True):
    """Puts the axes into another order; with (0, 2, 3, 1): (N, C, H, W) -> (N, H, W, C)."""

    dims: Annotated[Sizes, Help("The axes in their new order, all of them; 0 is the batch, 1 the channels.")] = (
        0,
        2,
        3,
        1,
    )

    example: ClassVar[Spec] = spec("N", 4, 6, 5)

    def validate(self) -> None:
        rank = len(self.dims)
        if sorted(axis + rank * (axis < 0) for axis in self.dims) != list(range(rank)):
            raise Wrong("dims", text("dims takes every axis once; it is {dims}.", dims=shape_text(self.dims)))

    def infer(self, value: Spec) -> Spec:
        if len(self.dims) != value.rank:
            raise unfit(
                self,
                (value,),
                text(
                    "dims names {named} axes; {shape} has {rank}.",
                    named=len(self.dims),
                    shape=str(value),
                    rank=value.rank,
                ),
                SetParameter("dims", (*range(value.rank)[:1], *range(2, value.rank), *range(value.rank)[1:2])),
            )
        return Spec(tuple(value.shape[axis] for axis in self.dims), value.dtype)

    def torch(self, value: Spec) -> Call:
        return method("permute", In("value"), *self.dims)
