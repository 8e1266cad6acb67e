"""What batch normalisation shares, whatever the rank."""

from typing import Annotated, ClassVar

from engine.graph import Replace, Spec
from engine.layers.base import Layer
from engine.layers.call import Call, module
from engine.layers.mending import unfit
from engine.layers.parameters import Help, Range
from engine.layers.sizes import channels_of, need_float, takes
from engine.text import Text, text


class BatchNorm(Layer, frozen=True, cache_hash=True):
    """Normalises each channel over the batch and all places. Subclasses say which ranks they take."""

    eps: Annotated[float, Range(0), Help("Added to the variance, so that nothing is divided by zero.")] = 1e-5
    momentum: Annotated[
        float | None, Range(0, 1), Help("How fast the remembered mean follows; nothing: the mean of all batches.")
    ] = 0.1
    affine: Annotated[bool, Help("Scales and shifts each channel by learned numbers.")] = True
    track_running_stats: Annotated[bool, Help("Remembers mean and spread for use after training.")] = True
    bias: Annotated[bool, Help("Shifts each channel, where affine is on.")] = True

    ranks: ClassVar[tuple[int, ...]]
    wanted: ClassVar[Text]

    def infer(self, value: Spec) -> Spec:
        need_float(self, value)
        if value.rank not in self.ranks:
            others = (Replace(id) for id in ("batch_norm1d", "batch_norm2d") if id != type(self).about.id)
            raise unfit(self, (value,), takes(self, self.wanted, value), *others)
        channels_of(self, value)
        return value

    def torch(self, value: Spec) -> Call:
        return module(
            f"nn.{type(self).about.title}",
            num_features=channels_of(self, value),
            **self.options("eps", "momentum", "affine", "track_running_stats", "bias"),
        )

    def weights(self, value: Spec) -> dict[str, tuple[int, ...]]:
        return learned((channels_of(self, value),), self.affine, self.bias)

    def onnx_limit(self, value: Spec) -> Text | None:
        """An exported file takes a batch of 1."""
        if self.track_running_stats or any(size != 1 for size in value.shape[2:]):
            return None
        return text(
            "Without track_running_stats, a batch of 1 cannot be computed: {shape} has one number for each channel.",
            shape=str(value),
        )


def learned(shape: tuple[int, ...], affine: bool, bias: bool) -> dict[str, tuple[int, ...]]:
    """The weights of a normalisation that scales and shifts by learned numbers of this shape."""
    if not affine:
        return {}
    return {"weight": shape, "bias": shape} if bias else {"weight": shape}
