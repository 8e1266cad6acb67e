"""All drawings of a project: the part of it that edits of blocks know."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from engine.blocks.block import Block
from engine.graph import Graph
from engine.layers import Layer

MAIN = "main"


class Drawings(msgspec.Struct, frozen=True):
    """Networks and blocks by name. A block may use those before it."""

    networks: Mapping[str, Graph[Layer]] = msgspec.field(default_factory=lambda: {MAIN: Graph()})
    blocks: Mapping[str, Block] = {}


ProjectT = TypeVar("ProjectT", bound=Drawings)
