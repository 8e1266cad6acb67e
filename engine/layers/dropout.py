"""Dropout of single numbers."""

from typing import Annotated, ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.elementwise import Elementwise
from engine.layers.parameters import Help, Range


@layer(
    "dropout",
    family="Regularisation",
    also=("Dropout", "regularisation", "regularization", "overfitting", "随机失活", "丢弃"),
)
class Dropout(Elementwise, frozen=True, cache_hash=True):
    """Makes numbers zero at random while training, of any shape; passes everything afterwards."""

    p: Annotated[float, Range(0, 1), Help("The share of numbers that are made zero.")] = 0.5

    example: ClassVar[Spec] = spec("N", 8, 6, 6)
