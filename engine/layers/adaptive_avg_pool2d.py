"""Two-dimensional adaptive average pooling."""

from typing import Annotated, ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.pooling import AdaptivePool
from engine.layers.parameters import Help, Range, Size2


@layer(
    "adaptive_avg_pool2d",
    family="Pooling",
    stem="pool",
    also=("AdaptiveAveragePooling2D", "average", "global", "resize", "自适应平均池化", "池化"),
)
class AdaptiveAvgPool2d(AdaptivePool, frozen=True, cache_hash=True):
    """Averages the numbers in windows so chosen that a size comes out: (N, C, H, W) -> (N, C, *output_size)."""

    output_size: Annotated[Size2, Range(0), Help("Height and width of the result; 0 keeps the input's.", "px")] = (1, 1)

    example: ClassVar[Spec] = spec("N", 4, 12, 10)
