"""A larger image, or a smaller one."""

import math
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from engine.graph import Dim, Poly, SetParameter, Spec, spec
from engine.layers.base import Layer, layer
from engine.layers.call import Call, module
from engine.layers.mending import unfit
from engine.layers.parameters import Help, Range, Sizes, Wrong
from engine.layers.sizes import AXES, IMAGE, known, need_float, takes
from engine.text import Text, text

MODES = {1: ("linear", "nearest"), 2: ("bilinear", "bicubic", "nearest")}


@layer(
    "upsample",
    family="Shape",
    also=("UpSampling2D", "UpSampling1D", "resize", "interpolate", "scale", "上采样", "插值"),
)
class Upsample(Layer, frozen=True, cache_hash=True):
    """Enlarges an image or a sequence: (N, C, H, W) -> (N, C, H', W'), and (N, C, L) -> (N, C, L')."""

    size: Annotated[
        Sizes | None,
        Range(1),
        Help("The size that comes out, one number for each axis; nothing: by scale_factor.", "px"),
    ] = None
    scale_factor: Annotated[
        float | tuple[float, float],
        Range(0, above=True),
        Help("How many times larger, for all axes or for height and width; not used where a size is given."),
    ] = 2.0
    mode: Annotated[
        Literal["nearest", "linear", "bilinear", "bicubic"], Help("How the numbers in between are made.")
    ] = "nearest"
    align_corners: Annotated[
        bool | None, Help("Keeps the outermost points in place; only for linear, bilinear and bicubic.")
    ] = None
    recompute_scale_factor: Annotated[
        bool | None, Help("Interpolates by the ratio of the sizes, rounded as they are, instead of by scale_factor.")
    ] = None

    example: ClassVar[Spec] = spec("N", 3, 6, 5)
    own_defaults: ClassVar[frozenset[str]] = frozenset({"scale_factor"})

    def validate(self) -> None:
        if self.align_corners is not None and self.mode == "nearest":
            raise Wrong("align_corners", text("align_corners has no meaning in mode “nearest”; leave it empty."))
        if self.recompute_scale_factor and self.size is not None:
            raise Wrong("recompute_scale_factor", text("recompute_scale_factor has no meaning where a size is given."))

    def infer(self, image: Spec) -> Spec:
        need_float(self, image)
        axes = image.rank - 2
        if axes not in MODES:
            raise unfit(self, (image,), takes(self, text("{this} or {that}", this=IMAGE[1], that=IMAGE[2]), image))
        if self.mode not in MODES[axes]:
            sentence = text(
                "mode {mode} does not work on {shape}; it takes {modes}.",
                mode=self.mode,
                shape=str(image),
                modes=", ".join(MODES[axes]),
            )
            raise unfit(self, (image,), sentence, *(SetParameter("mode", mode) for mode in MODES[axes]))
        return Spec((*image.shape[:2], *self._sizes(image, axes)))

    def torch(self, image: Spec) -> Call:
        wanted = {"scale_factor": self.scale_factor} if self.size is None else {"size": self.size}
        return module("nn.Upsample", **wanted, **self.options("mode", "align_corners", "recompute_scale_factor"))

    def onnx_limit(self, image: Spec) -> Text | None:
        """ONNX Runtime goes by the ratio of the sizes where it can, which is not the factor where that is rounded."""
        if self.size is not None or self.recompute_scale_factor or self.align_corners:
            return None
        if all(isinstance(size, Poly) or (size * f).is_integer() for size, f in self._factors(image)):
            return None
        return text(
            "scale_factor {factor} gives no whole size, and ONNX Runtime may place the points otherwise; "
            "set recompute_scale_factor, or a size.",
            factor=str(self.scale_factor),
        )

    def _factors(self, image: Spec) -> Iterator[tuple[Dim, float]]:
        """Each size to change, with its factor."""
        factors = self.scale_factor if isinstance(self.scale_factor, tuple) else (self.scale_factor,) * (image.rank - 2)
        return zip(image.shape[2:], factors, strict=True)

    def _sizes(self, image: Spec, axes: int) -> tuple[Dim, ...]:
        given = self.size if self.size is not None else self.scale_factor
        if isinstance(given, tuple) and len(given) != axes:
            name = "scale_factor" if self.size is None else "size"
            sentence = text(
                "{name} has {came} numbers; {shape} has {axes} axes to resize.",
                name=name,
                came=len(given),
                shape=str(image),
                axes=axes,
            )
            fitting = (*given, *given[-1:])[:axes] if self.size is not None else given[0]
            raise unfit(self, (image,), sentence, SetParameter(name, fitting))
        if self.size is not None:
            return self.size
        return tuple(self._scaled(image, axis, factor) for axis, (_, factor) in enumerate(self._factors(image)))

    def _scaled(self, image: Spec, axis: int, factor: float) -> Dim:
        """floor(size · factor), in floating point as torch computes it."""
        size = image.shape[axis + 2]
        if factor.is_integer():
            return size * int(factor)
        along = AXES[image.rank - 2][axis]
        scaled = math.floor(
            known(self, image, size, text("With a fractional scale_factor, {axis}", axis=along)) * factor
        )
        if scaled < 1:
            sentence = text(
                "scale_factor {factor} leaves nothing of {size} along {axis}.",
                factor=factor,
                size=str(size),
                axis=along,
            )
            raise unfit(self, (image,), sentence, SetParameter("scale_factor", 1.0))
        return scaled
