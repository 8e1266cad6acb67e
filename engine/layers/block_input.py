"""Where a value enters a block."""

from typing import Annotated, ClassVar, Literal

from engine.graph import Spec
from engine.graph.spec import BATCH
from engine.layers.base import Layer, layer
from engine.layers.call import Call
from engine.layers.parameters import Help, Range, Sizes


@layer("block_input", family="Input and output", stem="x", also=("port", "argument", "in", "subgraph", "模块输入"))
class BlockInput(Layer, frozen=True, cache_hash=True):
    """An input port of a block. While the block is drawn on its own, (N, *shape) stands for what will come."""

    shape: Annotated[Sizes, Range(1), Help("Size of one sample to draw with, without the batch.")] = (64, 32, 32)
    dtype: Annotated[
        Literal["float32", "int64", "bool"], Help("Numbers (float32), indices (int64) or a mask (bool) to draw with.")
    ] = "float32"

    example: ClassVar[tuple[Spec, ...]] = ()

    def infer(self) -> Spec:
        return Spec((BATCH, *self.shape), self.dtype)

    def torch(self) -> Call:
        raise NotImplementedError("a block's input is an argument of forward")
