"""One-dimensional adaptive maximum pooling."""

from typing import Annotated, ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.pooling import AdaptivePool
from engine.layers.parameters import Help, Range, Size1


@layer(
    "adaptive_max_pool1d",
    family="Pooling",
    stem="pool",
    also=("AdaptiveMaxPooling1D", "maximum", "global", "resize", "自适应最大池化", "池化"),
)
class AdaptiveMaxPool1d(AdaptivePool, frozen=True, cache_hash=True):
    """Keeps the largest number in windows so chosen that a size comes out: (N, C, L) -> (N, C, output_size)."""

    output_size: Annotated[Size1, Range(0), Help("Length of the result; 0 keeps the input's.", "steps")] = (1,)

    divides: ClassVar[bool] = True
    example: ClassVar[Spec] = spec("N", 4, 12)
