"""Rectified linear unit with a ceiling."""

from typing import ClassVar

from engine.graph import Spec, spec
from engine.layers.base import layer
from engine.layers.families.elementwise import Elementwise


@layer("relu6", family="Activation", stem="relu", also=("ReLU6", "rectifier", "mobile", "激活", "线性整流"))
class ReLU6(Elementwise, frozen=True, cache_hash=True):
    """Like relu, but never more than 6, of any shape: min(max(0, x), 6)."""

    example: ClassVar[Spec] = spec("N", 8, 6, 6)
