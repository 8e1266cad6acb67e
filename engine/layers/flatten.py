"""Several axes as one."""

from typing import Annotated, ClassVar

from engine.graph import SetParameter, Spec, spec
from engine.layers.base import Layer, layer
from engine.layers.call import Call, module
from engine.layers.mending import unfit
from engine.layers.parameters import Help
from engine.layers.sizes import need_axis, numel
from engine.text import text


@layer("flatten", family="Shape", also=("Flatten", "vector", "ravel", "展平", "拉平"))
class Flatten(Layer, frozen=True, cache_hash=True):
    """Lays the axes of each sample out as one: (N, C, H, W) -> (N, C·H·W)."""

    start_dim: Annotated[int, Help("The first axis of those that become one; 0 is the batch.")] = 1
    end_dim: Annotated[int, Help("The last axis of those that become one; -1 is the last there is.")] = -1

    example: ClassVar[Spec] = spec("N", 4, 3, 5)

    def infer(self, value: Spec) -> Spec:
        start = need_axis(self, (value,), self.start_dim, "start_dim")
        end = need_axis(self, (value,), self.end_dim, "end_dim")
        if start > end:
            raise unfit(
                self,
                (value,),
                text("start_dim {start} lies behind end_dim {end} in {shape}.", start=start, end=end, shape=str(value)),
                SetParameter("end_dim", -1),
                SetParameter("start_dim", 1),
            )
        shape = (*value.shape[:start], numel(value.shape[start : end + 1]), *value.shape[end + 1 :])
        return Spec(shape, value.dtype)

    def torch(self, value: Spec) -> Call:
        return module("nn.Flatten", **self.options("start_dim", "end_dim"))
