"""One-dimensional maximum pooling."""

from typing import Annotated, ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.pooling import Pool
from engine.layers.parameters import Help, Range, Size1


@layer(
    "max_pool1d",
    family="Pooling",
    stem="pool",
    also=("MaxPooling1D", "maximum", "downsample", "subsample", "池化", "最大池化"),
)
class MaxPool1d(Pool, frozen=True, cache_hash=True):
    """Keeps the largest number under each place of a sliding window: (N, C, L) -> (N, C, L')."""

    kernel_size: Annotated[Size1, Range(1), Help("Length of the window.", "steps")] = (2,)
    stride: Annotated[
        Size1 | None, Range(1), Help("How far the window moves at each step; nothing: its own size.", "steps")
    ] = None
    padding: Annotated[Size1, Range(0), Help("What is added at both ends, at most half of the window.", "steps")] = (0,)
    dilation: Annotated[Size1, Range(1), Help("Distance between the points that the window looks at.", "steps")] = (1,)
    ceil_mode: Annotated[bool, Help("Lets the last window reach past the end, so that nothing is left over.")] = False

    example: ClassVar[Spec] = spec("N", 4, 13)
