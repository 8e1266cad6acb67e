"""Two-dimensional adaptive maximum pooling."""

from typing import Annotated, ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.pooling import AdaptivePool
from engine.layers.parameters import Help, Range, Size2


@layer(
    "adaptive_max_pool2d",
    family="Pooling",
    stem="pool",
    also=("AdaptiveMaxPooling2D", "maximum", "global", "resize", "自适应最大池化", "池化"),
)
class AdaptiveMaxPool2d(AdaptivePool, frozen=True, cache_hash=True):
    """Keeps the largest number in windows so chosen that a size comes out: (N, C, H, W) -> (N, C, *output_size)."""

    output_size: Annotated[Size2, Range(0), Help("Height and width of the result; 0 keeps the input's.", "px")] = (1, 1)

    divides: ClassVar[bool] = True
    example: ClassVar[Spec] = spec("N", 4, 12, 10)
