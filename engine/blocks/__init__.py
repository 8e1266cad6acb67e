"""Reusable blocks: drawings that are used as layers. No torch."""

from engine.blocks.block import Block, Lifted, Target
from engine.blocks.layer import PREFIX, BlockLayer, Inside, block_layer, inside

__all__ = ["PREFIX", "Block", "BlockLayer", "Inside", "Lifted", "Target", "block_layer", "inside"]
