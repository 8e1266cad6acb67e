"""An instance of a block: a layer whose class is made from the block's definition, so that all else is derived."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, ClassVar

from msgspec.structs import replace

from engine.blocks.blame import misfit_of, warning_in
from engine.blocks.block import Block
from engine.blocks.inside import (
    MOST_COPIES,
    MOST_DEPTH,
    Inside,
    copies,
    cost_of,
    inputs_of,
    look_inside,
    outputs_of,
    results,
    weights_of,
)
from engine.graph import SetParameter, Spec
from engine.layers import Help, Layer, Misfit, Range
from engine.layers.call import Call
from engine.layers.cost import Cost
from engine.layers.mending import mends
from engine.text import Text, text

PREFIX = "block:"
"""What stands before a block's name where a layer's id is asked for: in files, on the clipboard, in drags."""

MOST_REPEATS = 1000


class BlockLayer(Layer, frozen=True, cache_hash=True):
    """The base of every block's class; `block_layer` makes them. The fields are `repeat` and the lifted parameters.

    `depth` is 1 where the block uses no other, 2 where it uses such ones, and so on.
    """

    block: ClassVar[Block]
    name: ClassVar[str]
    depth: ClassVar[int]
    made: ClassVar[bool] = True

    repeat: Annotated[
        int, Range(1, MOST_REPEATS), Help("How many of it stand in a chain, each with weights of its own.")
    ] = 1

    @property
    def values(self) -> Mapping[str, Any]:
        """The values of the lifted parameters."""
        return {lifted.name: getattr(self, lifted.name) for lifted in self.block.parameters}

    def infer(self, *arriving: Spec) -> tuple[Spec, ...]:
        self._need_chain(arriving)
        if fault := self.fault_of_size():
            raise Misfit("", fault)
        found = _inside(self, arriving)
        if not found[-1].report.ok:
            raise misfit_of(self, self.block, found, arriving, lambda: inside(self, *arriving)[-1])
        return results(found[-1])

    def torch(self, *arriving: Spec) -> Call:
        raise NotImplementedError("a block becomes a class of its own: engine.lower makes it from the drawing inside")

    def weights(self, *arriving: Spec) -> dict[str, tuple[int, ...]]:
        return weights_of(_inside(self, arriving))

    def flops(self, *arriving: Spec) -> int:
        return cost_of(_inside(self, arriving)).flops

    def whole_cost(self, *arriving: Spec) -> Cost:
        return cost_of(_inside(self, arriving))

    def onnx_limit(self, *arriving: Spec) -> Text | None:
        return self._warning(arriving, onnx=True)

    def doubt(self, *arriving: Spec) -> Text | None:
        return self._warning(arriving, onnx=False)

    def _warning(self, arriving: tuple[Spec, ...], onnx: bool) -> Text | None:
        different = {id(one): one for one in _inside(self, arriving)}
        return next((found for one in different.values() if (found := warning_in(one, onnx))), None)

    def _need_chain(self, arriving: tuple[Spec, ...]) -> None:
        """Raises Misfit where repeats cannot feed each other."""
        ins, outs = len(inputs_of(self.block.graph)), len(outputs_of(self.block.graph))
        if self.repeat > 1 and ins != outs:
            sentence = text(
                "In a chain of {count}, each feeds the next, so {layer} needs as many outputs as inputs; "
                "it has {outputs} and {inputs}.",
                count=self.repeat,
                layer=type(self).about.id,
                outputs=outs,
                inputs=ins,
            )
            raise self._with_repeat_one(arriving, sentence)

    def fault_of_size(self) -> Text | None:
        """Why so many blocks are within it that nobody could train them, or None where they are not."""
        if self.depth > MOST_DEPTH:
            return text(
                "{layer} holds blocks within blocks, {depth} deep; at most {most} can be.",
                layer=type(self).about.id,
                depth=self.depth,
                most=MOST_DEPTH,
            )
        if (count := copies(self)) > MOST_COPIES:
            return text(
                "{layer} comes to {count} blocks, those within it counted; at most {most} can be.",
                layer=type(self).about.id,
                count=count,
                most=MOST_COPIES,
            )
        return None

    def _with_repeat_one(self, arriving: tuple[Spec, ...], sentence: Text) -> Misfit:
        fix = SetParameter("repeat", 1)
        return Misfit("", sentence, lambda: (fix,) if mends(self, arriving, fix) else ())


@lru_cache(maxsize=256)  # few, since an entry keeps a class and its drawing alive
def _inside(layer: BlockLayer, arriving: tuple[Spec, ...]) -> tuple[Inside, ...]:
    return look_inside(layer, arriving)


@lru_cache(maxsize=64)
def inside(layer: BlockLayer, *arriving: Spec) -> tuple[Inside, ...]:
    """What is in an instance when these specs come to its ports: one for each repeat, until one has an error."""
    if layer.fault_of_size() is not None:
        layer = replace(layer, repeat=1)  # what is wrong is its size: one is enough to look at
    found = _inside(layer, arriving)
    return found if found[-1].report.ok else look_inside(layer, arriving, offers=True)
