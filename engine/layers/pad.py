"""Something added around a value."""

from typing import Annotated, ClassVar, Literal

from engine.graph import Dim, SetParameter, Spec, shape_text, spec
from engine.layers.base import Layer, layer
from engine.layers.call import Call, In, function
from engine.layers.mending import unfit
from engine.layers.parameters import Help, Sizes, Wrong
from engine.text import text


@layer(
    "pad", family="Shape", also=("ZeroPadding2D", "ZeroPadding1D", "padding", "border", "crop", "Cropping2D", "填充")
)
class Pad(Layer, frozen=True, cache_hash=True):
    """Adds numbers around the last axes, or crops them: (N, C, H, W) -> (N, C, H + top + bottom, W + left + right)."""

    pad: Annotated[
        Sizes,
        Help("How much before and after the last axis, then the one before it, …; less than 0 crops.", "px"),
    ] = (1, 1, 1, 1)
    mode: Annotated[
        Literal["constant", "reflect", "replicate", "circular"], Help("What is added: one number, or the value again.")
    ] = "constant"
    value: Annotated[float, Help("The number that the mode “constant” adds.")] = 0.0

    example: ClassVar[Spec] = spec("N", 3, 6, 5)

    def validate(self) -> None:
        if len(self.pad) % 2 or not self.pad:
            raise Wrong("pad", text("pad takes two numbers for each axis; it is {pad}.", pad=shape_text(self.pad)))
        if self.mode != "constant" and self.value:
            raise Wrong("value", text("value is only for the mode “constant”; the mode is {mode}.", mode=self.mode))

    def infer(self, value: Spec) -> Spec:
        self._need_axes(value)
        sizes: list[Dim] = list(value.shape)
        for place in range(len(self.pad) // 2):
            before, after = self.pad[2 * place : 2 * place + 2]
            axis = value.rank - 1 - place
            self._need_room(value, axis, (before, after))
            sizes[axis] = sizes[axis] + (before + after)
        return Spec(tuple(sizes), value.dtype)

    def torch(self, value: Spec) -> Call:
        return function("F.pad", In("value"), self.pad, **self.options("mode", "value"))

    def _need_axes(self, value: Spec) -> None:
        """Never the batch; torch repeats a value only along the last axes, all of them or all but the channels."""
        axes = len(self.pad) // 2
        most = value.rank - 1
        if axes > most or (self.mode != "constant" and not max(most - 1, 1) <= axes <= min(most, 3)):
            wanted = 2 * max(most - 1, 1)
            sentence = text(
                "pad has {came} numbers; for {shape} in mode {mode} it takes {wanted}, two for each axis.",
                came=len(self.pad),
                shape=str(value),
                mode=self.mode,
                wanted=wanted,
            )
            raise unfit(self, (value,), sentence, SetParameter("pad", (self.pad + (0,) * wanted)[:wanted]))

    def _need_room(self, value: Spec, axis: int, added: tuple[int, int]) -> None:
        size, most = value.shape[axis], max(added)
        if not isinstance(size, int):
            return
        if size + min(sum(added), sum(number for number in added if number < 0)) < 1:
            sentence = text("pad leaves nothing of the size {size} along axis {axis}.", size=size, axis=axis)
            raise unfit(self, (value,), sentence, SetParameter("pad", tuple(max(p, 0) for p in self.pad)))
        if most > size + {"reflect": -1, "circular": 0}.get(self.mode, most):
            sentence = text(
                "{mode} padding of {most} needs more than the size {size} along axis {axis}.",
                mode=self.mode,
                most=most,
                size=size,
                axis=axis,
            )
            raise unfit(self, (value,), sentence, SetParameter("mode", "replicate"), SetParameter("mode", "constant"))
