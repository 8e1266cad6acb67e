"""The same numbers in another shape."""

import math
from typing import Annotated, ClassVar

from engine.graph import Dim, SetParameter, Spec, shape_text, spec
from engine.layers.base import Layer, Misfit, layer
from engine.layers.call import Call, In, Size, method
from engine.layers.mending import unfit
from engine.layers.parameters import Help, Range, Sizes, Wrong
from engine.layers.sizes import numel
from engine.text import text


@layer("reshape", family="Shape", also=("Reshape", "view", "unflatten", "fold", "变形", "重塑"))
class Reshape(Layer, frozen=True, cache_hash=True):
    """Gives each sample another shape with as many numbers: (N, …) -> (N, *shape)."""

    shape: Annotated[Sizes, Range(-1), Help("Sizes of one sample, without the batch; one may be -1: the rest.")] = (-1,)

    example: ClassVar[Spec] = spec("N", 4, 6)

    def validate(self) -> None:
        if 0 in self.shape or self.shape.count(-1) > 1:
            sentence = text(
                "shape takes sizes of at least 1, and -1 once; it is {shape}.", shape=shape_text(self.shape)
            )
            raise Wrong("shape", sentence)

    def infer(self, value: Spec) -> Spec:
        numbers = numel(value.shape[1:])
        given = math.prod(size for size in self.shape if size != -1)
        if not (numbers == given if -1 not in self.shape else _divides(given, numbers)):
            raise self._misfit(value, numbers)
        return Spec((*value.shape[:1], *(numbers // given if size == -1 else size for size in self.shape)), value.dtype)

    def torch(self, value: Spec) -> Call:
        return method("reshape", In("value"), Size("value", 0), *self.shape)

    def _misfit(self, value: Spec, numbers: Dim) -> Misfit:
        sentence = text(
            "A sample of {came} holds {numbers} numbers, which do not go into {shape}.",
            came=str(value),
            numbers=str(numbers),
            shape=shape_text(self.shape),
        )
        known = tuple(1 if size == -1 else size for size in self.shape)
        inferred = (SetParameter("shape", (*known[:i], -1, *known[i + 1 :])) for i in range(len(known)))
        return unfit(self, (value,), sentence, *inferred, SetParameter("shape", (-1,)))


def _divides(given: int, numbers: Dim) -> bool:
    return numbers % given == 0 if isinstance(numbers, int) else numbers.divides_by(given)
