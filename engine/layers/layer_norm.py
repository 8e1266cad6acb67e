"""Layer normalisation."""

from typing import Annotated, ClassVar

from engine.graph import SetParameter, Spec, shape_text, spec
from engine.layers.base import Layer, Misfit, layer
from engine.layers.call import Call, module
from engine.layers.families.normalisation import learned
from engine.layers.mending import unfit
from engine.layers.parameters import Help, Range, Sizes, Wrong
from engine.layers.sizes import known, need_float
from engine.text import text


@layer("layer_norm", family="Normalisation", stem="norm", also=("LayerNormalization", "LN", "transformer", "层归一化"))
class LayerNorm(Layer, frozen=True, cache_hash=True):
    """Gives the last axes of each sample mean 0 and spread 1, then a learned scale: (N, …, features), which stays."""

    normalized_shape: Annotated[
        Sizes | None, Range(1), Help("The last sizes, which are normalised together; nothing: the last one.")
    ] = None
    eps: Annotated[float, Range(0), Help("Added to the variance, so that nothing is divided by zero.")] = 1e-5
    elementwise_affine: Annotated[bool, Help("Scales and shifts each number by learned ones.")] = True
    bias: Annotated[bool, Help("Shifts each number, where elementwise_affine is on.")] = True

    example: ClassVar[Spec] = spec("N", 5, 12)

    def validate(self) -> None:
        if self.normalized_shape == ():
            raise Wrong("normalized_shape", text("normalized_shape needs a size; for the last axis, choose nothing."))

    def infer(self, value: Spec) -> Spec:
        need_float(self, value)
        shape = self._shape(value)
        if value.shape[-len(shape) :] != shape:
            raise self._misfit(value, shape)
        return value

    def torch(self, value: Spec) -> Call:
        options = self.options("eps", "elementwise_affine", "bias")
        return module("nn.LayerNorm", normalized_shape=self._shape(value), **options)

    def weights(self, value: Spec) -> dict[str, tuple[int, ...]]:
        return learned(self._shape(value), self.elementwise_affine, self.bias)

    def _shape(self, value: Spec) -> tuple[int, ...]:
        """The sizes that are normalised together."""
        return self.normalized_shape or (known(self, value, value.shape[-1], text("The last size")),)

    def _misfit(self, value: Spec, shape: tuple[int, ...]) -> Misfit:
        last = value.shape[1:][-len(shape) :]
        sentence = text(
            "layer_norm is set to normalise {wanted}; here comes {came}, which does not end so.",
            wanted=shape_text(shape),
            came=str(value),
        )
        return unfit(self, (value,), sentence, *(SetParameter("normalized_shape", wanted) for wanted in (last, None)))
