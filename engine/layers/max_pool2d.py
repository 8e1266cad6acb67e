"""Two-dimensional maximum pooling."""

from typing import Annotated, ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.pooling import Pool
from engine.layers.parameters import Help, Range, Size2


@layer(
    "max_pool2d",
    family="Pooling",
    stem="pool",
    also=("MaxPooling2D", "maximum", "downsample", "subsample", "池化", "最大池化"),
)
class MaxPool2d(Pool, frozen=True, cache_hash=True):
    """Keeps the largest number under each place of a sliding window: (N, C, H, W) -> (N, C, H', W')."""

    kernel_size: Annotated[Size2, Range(1), Help("Height and width of the window.", "px")] = (2, 2)
    stride: Annotated[
        Size2 | None, Range(1), Help("How far the window moves at each step; nothing: its own size.", "px")
    ] = None
    padding: Annotated[
        Size2, Range(0), Help("What is added at both ends of each axis, at most half of the window.", "px")
    ] = (0, 0)
    dilation: Annotated[Size2, Range(1), Help("Distance between the points that the window looks at.", "px")] = (1, 1)
    ceil_mode: Annotated[bool, Help("Lets the last window reach past the end, so that nothing is left over.")] = False

    example: ClassVar[Spec] = spec("N", 4, 12, 11)
