"""The average of each channel."""

from typing import Annotated, ClassVar

from engine.graph import RemoveNode, Spec, spec
from engine.layers.base import Layer, layer
from engine.layers.call import Call, In, method
from engine.layers.mending import unfit
from engine.layers.parameters import Help
from engine.layers.sizes import IMAGE, need_float, takes
from engine.text import text


@layer(
    "global_avg_pool",
    family="Pooling",
    stem="pool",
    also=("GlobalAveragePooling2D", "GlobalAveragePooling1D", "GAP", "mean", "average", "全局平均池化"),
)
class GlobalAvgPool(Layer, frozen=True, cache_hash=True):
    """Averages each channel over all its places: (N, C, H, W) -> (N, C), and (N, C, L) -> (N, C)."""

    keepdim: Annotated[bool, Help("Keeps the averaged axes, with size 1.")] = False

    example: ClassVar[Spec] = spec("N", 8, 6, 5)

    def infer(self, image: Spec) -> Spec:
        need_float(self, image)
        if image.rank < 3:
            wanted = text("{this} or {that}", this=IMAGE[2], that=IMAGE[1])
            raise unfit(self, (image,), takes(self, wanted, image), RemoveNode())
        return Spec((*image.shape[:2], *((1,) * (image.rank - 2) if self.keepdim else ())))

    def torch(self, image: Spec) -> Call:
        axes = tuple(range(2, image.rank))
        return method("mean", In("image"), dim=axes, **self.options("keepdim"))
