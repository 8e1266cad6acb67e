"""Two-dimensional transposed convolution."""

import math
from typing import Annotated, ClassVar

from engine.graph import Dim, SetParameter, Spec, spec
from engine.layers.base import Layer, layer
from engine.layers.call import Call, module
from engine.layers.families.filters import check_groups, need_groups
from engine.layers.mending import unfit
from engine.layers.parameters import Help, Range, Size2, Wrong
from engine.layers.sizes import AXES, channels_of, need_image, sample_numel
from engine.text import Text, text


@layer(
    "conv_transpose2d",
    family="Convolution",
    stem="upconv",
    also=("Conv2DTranspose", "ConvTranspose2d", "deconvolution", "upconvolution", "upsample", "转置卷积", "反卷积"),
)
class ConvTranspose2d(Layer, frozen=True, cache_hash=True):
    """Spreads each point of an image by learned filters, which enlarges it: (N, C, H, W) -> (N, out_channels, H', W').

    Each size becomes (size - 1) · stride - 2 · padding + dilation · (kernel_size - 1) + output_padding + 1.
    """

    out_channels: Annotated[int, Range(1), Help("How many filters, and so channels of the result.")] = 32
    kernel_size: Annotated[Size2, Range(1), Help("Height and width of a filter.", "px")] = (3, 3)
    stride: Annotated[Size2, Range(1), Help("How far apart the points of the input come to lie.", "px")] = (1, 1)
    padding: Annotated[Size2, Range(0), Help("What is cut off at both ends of each axis.", "px")] = (0, 0)
    output_padding: Annotated[
        Size2, Range(0), Help("What is added at the end of each axis, less than the stride or the dilation.", "px")
    ] = (0, 0)
    groups: Annotated[int, Range(1), Help("Channels are split into so many groups that do not mix.")] = 1
    bias: Annotated[bool, Help("Adds a learned number to each channel of the result.")] = True
    dilation: Annotated[Size2, Range(1), Help("Distance between the points that a filter writes to.", "px")] = (1, 1)

    example: ClassVar[Spec] = spec("N", 4, 6, 5)

    def validate(self) -> None:
        check_groups(self.groups, self.out_channels)
        for extra, stride, dilation in zip(self.output_padding, self.stride, self.dilation, strict=True):
            if extra >= max(stride, dilation):
                raise Wrong(
                    "output_padding",
                    text(
                        "output_padding ({extra}) must be less than the stride ({stride}) or dilation ({dilation}).",
                        extra=extra,
                        stride=stride,
                        dilation=dilation,
                    ),
                )

    def infer(self, image: Spec) -> Spec:
        need_image(self, image, 2)
        need_groups(self, image, self.groups)
        sizes = tuple(self._spread(axis, size) for axis, size in enumerate(image.shape[2:]))
        for axis, size in enumerate(sizes):
            if isinstance(size, int) and size < 1:
                raise unfit(
                    self,
                    (image,),
                    text(
                        "padding {padding} cuts off all of the result along {axis}: {size} would be left.",
                        padding=self.padding[axis],
                        axis=AXES[2][axis],
                        size=size,
                    ),
                    SetParameter("padding", (0, 0)),
                )
        return Spec((image.shape[0], self.out_channels, *sizes))

    def torch(self, image: Spec) -> Call:
        return module(
            "nn.ConvTranspose2d",
            in_channels=channels_of(self, image),
            out_channels=self.out_channels,
            kernel_size=self.kernel_size,
            **self.options("stride", "padding", "output_padding", "groups", "bias", "dilation"),
        )

    def weights(self, image: Spec) -> dict[str, tuple[int, ...]]:
        shape = {"weight": (channels_of(self, image), self.out_channels // self.groups, *self.kernel_size)}
        return shape | ({"bias": (self.out_channels,)} if self.bias else {})

    def flops(self, image: Spec) -> int:
        places = sample_numel(image) // channels_of(self, image)
        return 2 * places * math.prod(self.weights(image)["weight"])

    def onnx_limit(self, image: Spec) -> Text | None:
        for extra, stride in zip(self.output_padding, self.stride, strict=True):
            if extra >= stride:
                return text(
                    "ONNX Runtime needs an output_padding ({extra}) that is less than the stride ({stride}).",
                    extra=extra,
                    stride=stride,
                )
        return None

    def _spread(self, axis: int, size: Dim) -> Dim:
        reach = self.dilation[axis] * (self.kernel_size[axis] - 1) + 1
        return (size - 1) * self.stride[axis] + (reach + self.output_padding[axis] - 2 * self.padding[axis])
