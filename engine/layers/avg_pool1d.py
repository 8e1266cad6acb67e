"""One-dimensional average pooling."""

from typing import Annotated, ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.pooling import Pool
from engine.layers.parameters import Help, Range, Size1


@layer(
    "avg_pool1d",
    family="Pooling",
    stem="pool",
    also=("AveragePooling1D", "average", "mean", "downsample", "池化", "平均池化"),
)
class AvgPool1d(Pool, frozen=True, cache_hash=True):
    """Averages what is under each place of a sliding window: (N, C, L) -> (N, C, L')."""

    kernel_size: Annotated[Size1, Range(1), Help("Length of the window.", "steps")] = (2,)
    stride: Annotated[
        Size1 | None, Range(1), Help("How far the window moves at each step; nothing: its own size.", "steps")
    ] = None
    padding: Annotated[Size1, Range(0), Help("What is added at both ends, at most half of the window.", "steps")] = (0,)
    ceil_mode: Annotated[bool, Help("Lets the last window reach past the end, so that nothing is left over.")] = False
    count_include_pad: Annotated[bool, Help("Counts the added zeros in the average.")] = True

    example: ClassVar[Spec] = spec("N", 4, 13)
