"""Where a value leaves a block."""

from typing import ClassVar

from engine.graph import Spec, spec
from engine.layers.base import Layer, layer
from engine.layers.call import Call


@layer("block_output", family="Input and output", stem="y", also=("port", "result", "out", "subgraph", "模块输出"))
class BlockOutput(Layer, frozen=True, cache_hash=True):
    """An output port of a block: what comes in here, of any shape, comes out of every instance."""

    example: ClassVar[Spec] = spec("N", 64, 32, 32)

    def infer(self, value: Spec) -> None:
        return None

    def torch(self, value: Spec) -> Call:
        raise NotImplementedError("a block's output is what forward returns")
