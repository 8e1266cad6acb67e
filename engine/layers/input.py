"""Where data enters the network."""

from typing import Annotated, ClassVar, Literal

from engine.graph import Spec
from engine.graph.spec import BATCH
from engine.layers.base import Layer, layer
from engine.layers.call import Call
from engine.layers.parameters import Help, Range, Sizes


@layer("input", family="Input and output", stem="input", also=("InputLayer", "data", "image", "placeholder", "输入"))
class Input(Layer, frozen=True, cache_hash=True):
    """A column of the data: (N, *shape). Images are (channels, height, width)."""

    shape: Annotated[Sizes, Range(1), Help("Size of one sample, without the batch.")] = (1, 28, 28)
    dtype: Annotated[Literal["float32", "int64"], Help("Numbers (float32) or indices (int64).")] = "float32"
    column: Annotated[str, Help("The column of the data that enters here.")] = "image"

    example: ClassVar[tuple[Spec, ...]] = ()

    def infer(self) -> Spec:
        return Spec((BATCH, *self.shape), self.dtype)

    def torch(self) -> Call:
        raise NotImplementedError("an input is an argument of forward")
