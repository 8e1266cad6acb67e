"""What layers share that make one value of several."""

from typing import ClassVar, Literal

from engine.graph import Fix, InsertLayer, Spec
from engine.layers.base import Layer, Misfit
from engine.layers.call import Call, In, operator
from engine.layers.mending import unfit
from engine.layers.sizes import broadcast, promoted, shapes_text
from engine.text import text


class Arithmetic(Layer, frozen=True, cache_hash=True):
    """Joins values number by number with an operator, stretching sizes of 1 as torch does."""

    sign: ClassVar[Literal["+", "*"]]

    def infer(self, *parts: Spec) -> Spec:
        need_parts(self, parts)
        shape = broadcast([part.shape for part in parts])
        if shape is None:
            sentence = text(
                "{layer} takes values of one shape; here come {shapes}. Only sizes of 1 stretch.",
                layer=type(self).about.id,
                shapes=shapes_text(parts),
            )
            raise unfit(self, parts, sentence, *matched(parts))
        return Spec(shape, promoted(parts))

    def torch(self, *parts: Spec) -> Call:
        return operator(self.sign, In("parts"))


def need_parts(layer: Layer, parts: tuple[Spec, ...]) -> None:
    """Raises Misfit where nothing comes in."""
    if not parts:
        raise Misfit("parts", text("{layer} needs at least one value.", layer=type(layer).about.id))


def matched(parts: tuple[Spec, ...]) -> list[Fix]:
    """What might make the parts alike: for two that differ, a layer on one's wire that gives it the other's shape.

    The later part is changed first, since a shortcut is mostly drawn last.
    """
    first = parts[0]
    slot = next((slot for slot, part in enumerate(parts) if part.shape != first.shape), 0)
    return [*_towards(first, parts[slot], slot), *_towards(parts[slot], first, 0)]


def _towards(wanted: Spec, came: Spec, slot: int) -> list[Fix]:
    fixes: list[Fix] = []
    if came.rank != wanted.rank:
        fixes.append(InsertLayer("flatten", "parts", slot))
    elif came.rank == 4:
        fixes += _projected(wanted, came, slot)
        fixes += _resized(wanted, came, slot)
    elif came.rank in (2, 3):
        fixes.append(InsertLayer("linear", "parts", slot, (("out_features", wanted.shape[-1]),)))
    return fixes


def _projected(wanted: Spec, came: Spec, slot: int) -> list[Fix]:
    """A convolution of 1 × 1, as in the shortcuts of a ResNet; with a stride where the image has to shrink."""
    strides = []
    for small, large in zip(wanted.shape[2:], came.shape[2:], strict=True):
        if not (isinstance(small, int) and isinstance(large, int)):
            return []
        strides.append(-(-large // small))
    options = (("out_channels", wanted.shape[1]), ("kernel_size", (1, 1)), ("stride", tuple(strides)))
    return [InsertLayer("conv2d", "parts", slot, options)]


def _resized(wanted: Spec, came: Spec, slot: int) -> list[Fix]:
    """Another height and width: pooled where it shrinks, upsampled where it grows."""
    size = wanted.shape[2:]
    if came.shape[2:] == size:
        return []
    return [
        InsertLayer("upsample", "parts", slot, (("size", size),)),
        InsertLayer("adaptive_avg_pool2d", "parts", slot, (("output_size", size),)),
    ]
