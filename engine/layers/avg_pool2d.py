"""Two-dimensional average pooling."""

from typing import Annotated, ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.pooling import Pool
from engine.layers.parameters import Help, Range, Size2
from engine.text import Text, text


@layer(
    "avg_pool2d",
    family="Pooling",
    stem="pool",
    also=("AveragePooling2D", "average", "mean", "downsample", "池化", "平均池化"),
)
class AvgPool2d(Pool, frozen=True, cache_hash=True):
    """Averages what is under each place of a sliding window: (N, C, H, W) -> (N, C, H', W')."""

    kernel_size: Annotated[Size2, Range(1), Help("Height and width of the window.", "px")] = (2, 2)
    stride: Annotated[
        Size2 | None, Range(1), Help("How far the window moves at each step; nothing: its own size.", "px")
    ] = None
    padding: Annotated[
        Size2, Range(0), Help("What is added at both ends of each axis, at most half of the window.", "px")
    ] = (0, 0)
    ceil_mode: Annotated[bool, Help("Lets the last window reach past the end, so that nothing is left over.")] = False
    count_include_pad: Annotated[bool, Help("Counts the added zeros in the average.")] = True
    divisor_override: Annotated[
        int | None, Range(1), Help("Divides the sum by this; nothing: by the size of the window.")
    ] = None

    example: ClassVar[Spec] = spec("N", 4, 12, 11)

    def onnx_limit(self, image: Spec) -> Text | None:
        if self.divisor_override is None:
            return None
        return text("ONNX divides by the size of the window: divisor_override would be left out silently.")
