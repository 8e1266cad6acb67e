"""An instance of a block: a layer whose class is made from the block's definition, so that all else is derived."""

from functools import lru_cache
from typing import Annotated, ClassVar, NamedTuple

from engine.blocks.block import Block
from engine.check.report import Report
from engine.graph import Graph, Spec
from engine.layers import Help, Layer, Range

PREFIX = "block:"
"""What stands before a block's name where a layer's id is asked for: in files, on the clipboard, in drags."""


class BlockLayer(Layer, frozen=True, cache_hash=True):
    """The base of every block's class; `block_layer` makes them. The fields are `repeat` and the lifted parameters."""

    block: ClassVar[Block]
    name: ClassVar[str]

    repeat: Annotated[int, Range(1), Help("How many of it stand in a chain, each with weights of its own.")] = 1


class Inside(NamedTuple):
    """What is in one repeat of an instance: the drawing with the instance's values in it, and the report on it."""

    graph: Graph[Layer]
    report: Report


def block_layer(name: str, block: Block) -> type[BlockLayer]:
    """The class of a block's instances; the same object for the same definition. `about.id` is "block:" and the name.

    Its `about` has the ports of the definition, the family "Blocks", and `repeat` and the lifted parameters, which
    take type, range and help from the parameters that they set.
    """
    raise NotImplementedError


@lru_cache(maxsize=1 << 12)
def inside(layer: BlockLayer, *arriving: Spec) -> tuple[Inside, ...]:
    """What is in an instance when these specs come to its ports: one for each repeat, until one has an error."""
    raise NotImplementedError
