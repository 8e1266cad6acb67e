"""Joining values along an axis."""

from typing import Annotated, ClassVar

from engine.graph import Dim, Fix, SetParameter, Spec, spec
from engine.layers.base import Layer, layer
from engine.layers.call import Call, In, function
from engine.layers.families.merging import matched, need_parts
from engine.layers.mending import unfit
from engine.layers.parameters import Help
from engine.layers.sizes import need_axis, promoted, shapes_text
from engine.text import text


@layer("concat", family="Merge", also=("Concatenate", "cat", "join", "拼接", "连接"))
class Concat(Layer, frozen=True, cache_hash=True):
    """Joins values along one axis, all other sizes being equal: (N, A, …) and (N, B, …) -> (N, A + B, …)."""

    dim: Annotated[int, Help("The axis to join along; 0 is the batch, 1 the channels, -1 the last.")] = 1

    example: ClassVar[tuple[Spec, ...]] = (spec("N", 4, 6), spec("N", 3, 6))

    def infer(self, *parts: Spec) -> Spec:
        need_parts(self, parts)
        shape = parts[0].shape
        dim = need_axis(self, parts, self.dim)
        if any(_others(part, dim) != _others(parts[0], dim) for part in parts):
            sentence = text(
                "concat joins along axis {dim}, so all other sizes must be equal; here come {shapes}.",
                dim=dim,
                shapes=shapes_text(parts),
            )
            elsewhere: list[Fix] = [SetParameter("dim", axis) for axis in range(1, len(shape)) if axis != dim]
            raise unfit(self, parts, sentence, *elsewhere, *matched(parts))
        total: Dim = 0
        for part in parts:
            total = total + part.shape[dim]
        return Spec((*shape[:dim], total, *shape[dim + 1 :]), promoted(parts))

    def torch(self, *parts: Spec) -> Call:
        return function("torch.cat", In("parts"), dim=self.dim)


def _others(part: Spec, dim: int) -> tuple[object, ...]:
    """The rank, and all sizes but the one along `dim`."""
    return (part.rank, *part.shape[:dim], *part.shape[dim + 1 :])
