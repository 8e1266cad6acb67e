"""Two-dimensional convolution."""

from typing import Annotated, ClassVar, Literal

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.convolution import Convolution
from engine.layers.parameters import Help, Range, Size2


@layer("conv2d", family="Convolution", stem="conv", also=("Conv2D", "convolution", "filter", "卷积", "二维卷积"))
class Conv2d(Convolution, frozen=True, cache_hash=True):
    """Slides learned filters over an image: (N, C, H, W) -> (N, out_channels, H', W')."""

    out_channels: Annotated[int, Range(1), Help("How many filters, and so channels of the result.")] = 32
    kernel_size: Annotated[Size2, Range(1), Help("Height and width of a filter.", "px")] = (3, 3)
    stride: Annotated[Size2, Range(1), Help("How far a filter moves at each step.", "px")] = (1, 1)
    padding: Annotated[
        Size2 | Literal["valid", "same"],
        Range(0),
        Help("What is added at both ends of each axis; “same” keeps the size, “valid” adds nothing.", "px"),
    ] = (0, 0)
    dilation: Annotated[Size2, Range(1), Help("Distance between the points that a filter looks at.", "px")] = (1, 1)
    groups: Annotated[int, Range(1), Help("Channels are split into so many groups that do not mix.")] = 1
    bias: Annotated[bool, Help("Adds a learned number to each channel of the result.")] = True
    padding_mode: Annotated[
        Literal["zeros", "reflect", "replicate", "circular"], Help("What the padding is filled with.")
    ] = "zeros"

    example: ClassVar[Spec] = spec("N", 4, 12, 11)
