"""Group normalisation."""

import math
from typing import Annotated, ClassVar

from engine.graph import SetParameter, Spec, spec
from engine.layers.base import Layer, layer
from engine.layers.call import Call, module
from engine.layers.families.normalisation import learned
from engine.layers.mending import unfit
from engine.layers.parameters import Help, Range
from engine.layers.sizes import channels_of, need_float, takes
from engine.text import text


@layer(
    "group_norm", family="Normalisation", stem="norm", also=("GroupNormalization", "GN", "instance norm", "组归一化")
)
class GroupNorm(Layer, frozen=True, cache_hash=True):
    """Gives each group of channels of a sample mean 0 and spread 1, then a learned scale: (N, C, …), which stays."""

    num_groups: Annotated[int, Range(1), Help("How many groups; it must divide the number of channels.")] = 8
    eps: Annotated[float, Range(0), Help("Added to the variance, so that nothing is divided by zero.")] = 1e-5
    affine: Annotated[bool, Help("Scales and shifts each channel by learned numbers.")] = True
    bias: Annotated[bool, Help("Shifts each channel, where affine is on.")] = True

    example: ClassVar[Spec] = spec("N", 16, 5, 4)

    def infer(self, value: Spec) -> Spec:
        need_float(self, value)
        if value.rank < 2:
            raise unfit(self, (value,), takes(self, text("(N, channels, …)"), value))
        channels = channels_of(self, value)
        if channels % self.num_groups:
            sentence = text(
                "num_groups ({groups}) must divide the {channels} channels.", groups=self.num_groups, channels=channels
            )
            raise unfit(self, (value,), sentence, SetParameter("num_groups", math.gcd(self.num_groups, channels)))
        self._need_company(value, channels)
        return value

    def torch(self, value: Spec) -> Call:
        return module(
            "nn.GroupNorm",
            num_groups=self.num_groups,
            num_channels=channels_of(self, value),
            **self.options("eps", "affine", "bias"),
        )

    def weights(self, value: Spec) -> dict[str, tuple[int, ...]]:
        return learned((channels_of(self, value),), self.affine, self.bias)

    def _need_company(self, value: Spec, channels: int) -> None:
        """torch refuses a group of one number at batch 1, since it would always come to zero."""
        if channels == self.num_groups and all(size == 1 for size in value.shape[2:]):
            sentence = text("Each group holds a single number of {shape}, which would become zero.", shape=str(value))
            raise unfit(self, (value,), sentence, SetParameter("num_groups", 1))
