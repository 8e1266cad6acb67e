"""Reusable blocks: drawings that are used as layers. No torch."""

from engine.blocks.block import Block, Lifted, Target
from engine.blocks.declaring import block_layer
from engine.blocks.inside import Inside
from engine.blocks.layer import PREFIX, BlockLayer, inside

__all__ = ["PREFIX", "Block", "BlockLayer", "Inside", "Lifted", "Target", "block_layer", "inside"]
