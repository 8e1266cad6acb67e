"""What flows along a wire: a shape and a dtype."""

from typing import Literal, TypeAlias

import msgspec

from engine.graph.dims import Dim, free

Dtype: TypeAlias = Literal["float32", "int64", "bool"]

BATCH = free("N")


class Spec(msgspec.Struct, frozen=True, cache_hash=True):
    """Shape and dtype of a tensor, the batch dimension included: (N, 3, 32, 32) float32."""

    shape: tuple[Dim, ...]
    dtype: Dtype = "float32"

    @property
    def rank(self) -> int:
        return len(self.shape)

    def __str__(self) -> str:
        return shape_text(self.shape)


def spec(*dims: str | Dim, dtype: Dtype = "float32") -> Spec:
    """`spec("N", 3, 32, 32)`: names become free sizes."""
    return Spec(tuple(free(dim) if isinstance(dim, str) else dim for dim in dims), dtype)


def shape_text(shape: tuple[Dim, ...]) -> str:
    """(N, 3, 32, 32), as PyTorch's documentation writes shapes."""
    inside = ", ".join(str(dim) for dim in shape)
    return f"({inside},)" if len(shape) == 1 else f"({inside})"
