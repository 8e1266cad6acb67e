"""One-dimensional convolution."""

from typing import Annotated, ClassVar, Literal

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.convolution import Convolution
from engine.layers.parameters import Help, Range, Size1


@layer(
    "conv1d",
    family="Convolution",
    stem="conv",
    also=("Conv1D", "convolution", "filter", "temporal", "卷积", "一维卷积"),
)
class Conv1d(Convolution, frozen=True, cache_hash=True):
    """Slides learned filters along a sequence: (N, C, L) -> (N, out_channels, L')."""

    out_channels: Annotated[int, Range(1), Help("How many filters, and so channels of the result.")] = 32
    kernel_size: Annotated[Size1, Range(1), Help("Length of a filter.", "steps")] = (3,)
    stride: Annotated[Size1, Range(1), Help("How far a filter moves at each step.", "steps")] = (1,)
    padding: Annotated[
        Size1 | Literal["valid", "same"],
        Range(0),
        Help("What is added at both ends; “same” keeps the size, “valid” adds nothing.", "steps"),
    ] = (0,)
    dilation: Annotated[Size1, Range(1), Help("Distance between the points that a filter looks at.", "steps")] = (1,)
    groups: Annotated[int, Range(1), Help("Channels are split into so many groups that do not mix.")] = 1
    bias: Annotated[bool, Help("Adds a learned number to each channel of the result.")] = True
    padding_mode: Annotated[
        Literal["zeros", "reflect", "replicate", "circular"], Help("What the padding is filled with.")
    ] = "zeros"

    example: ClassVar[Spec] = spec("N", 4, 13)
