"""Blocks of the library as they are taken into a drawing: drawn the way that it flows."""

from collections.abc import Mapping
from typing import get_args

from msgspec.structs import replace

from engine.blocks.block import Block
from engine.blocks.declaring import block_layer
from engine.blocks.instances import reclassed, used_blocks
from engine.blocks.library import library_block
from engine.graph import Flow
from engine.graph.flow import CLOSE, turned


def flowing(name: str, flow: Flow, there: Mapping[str, Block]) -> Block:
    """A block of the library that flows this way, and so do those in it.

    `there` are the blocks that a project has: of those in it, the ones that came from the library stay as they are.
    """
    block = library_block(name)
    used = {other: _in_use(other, flow, there) for other in used_blocks(block.graph)}
    graph = reclassed(block.graph, {other: block_layer(other, one) for other, one in used.items()})
    if graph.flow != flow:
        places = turned(graph.places, graph.flow, flow, column=CLOSE)
        graph = replace(graph, places=places, flow=flow)
    return block if graph is block.graph else replace(block, graph=graph)


def _in_use(name: str, flow: Flow, there: Mapping[str, Block]) -> Block:
    if name in there and any(there[name] == flowing(name, way, there) for way in get_args(Flow)):
        return there[name]
    return flowing(name, flow, there)
