"""What convolutions share, whatever their number of axes."""

import math
from typing import TYPE_CHECKING

from engine.graph import Dim, SetParameter, Spec
from engine.layers.base import Layer
from engine.layers.call import Call, module
from engine.layers.families.filters import check_groups, need_groups
from engine.layers.mending import unfit
from engine.layers.parameters import Sizes, Wrong
from engine.layers.sizes import AXES, Window, channels_of, need_image, sample_numel, slid
from engine.text import text


class Convolution(Layer, frozen=True, cache_hash=True):
    """Filters that slide over as many axes as `kernel_size` has numbers."""

    if TYPE_CHECKING:  # declared by the subclasses, in the order of PyTorch's arguments

        @property
        def out_channels(self) -> int: ...
        @property
        def kernel_size(self) -> Sizes: ...
        @property
        def stride(self) -> Sizes: ...
        @property
        def padding(self) -> Sizes | str: ...
        @property
        def dilation(self) -> Sizes: ...
        @property
        def groups(self) -> int: ...
        @property
        def bias(self) -> bool: ...
        @property
        def padding_mode(self) -> str: ...

    def validate(self) -> None:
        check_groups(self.groups, self.out_channels)
        if self.padding == "same" and max(self.stride) > 1:
            raise Wrong(
                "padding", text("padding “same” needs stride 1; the stride is {stride}.", stride=_by(self.stride))
            )

    def infer(self, image: Spec) -> Spec:
        need_image(self, image, len(self.kernel_size))
        need_groups(self, image, self.groups)
        self._need_room_for_padding(image)
        return Spec((image.shape[0], self.out_channels, *self._spatial(image)))

    def torch(self, image: Spec) -> Call:
        return module(
            f"nn.{type(self).about.title}",
            in_channels=channels_of(self, image),
            out_channels=self.out_channels,
            kernel_size=self.kernel_size,
            **self.options("stride", "padding", "dilation", "groups", "bias", "padding_mode"),
        )

    def weights(self, image: Spec) -> dict[str, tuple[int, ...]]:
        shape = {"weight": (self.out_channels, channels_of(self, image) // self.groups, *self.kernel_size)}
        return shape | ({"bias": (self.out_channels,)} if self.bias else {})

    def flops(self, image: Spec) -> int:
        places = sample_numel(self.infer(image)) // self.out_channels
        return 2 * places * math.prod(self.weights(image)["weight"])

    def _spatial(self, image: Spec) -> tuple[Dim, ...]:
        if self.padding == "same":
            return image.shape[2:]
        padding = (0,) * len(self.kernel_size) if isinstance(self.padding, str) else self.padding
        windows = map(Window, self.kernel_size, self.stride, padding, self.dilation)
        return slid(self, image, tuple(windows), SetParameter("padding", "same"))

    def _need_room_for_padding(self, image: Spec) -> None:
        """Reflected and circular padding repeats the image, which must have that much: see torch's `pad`."""
        most = {"reflect": -1, "circular": 0}.get(self.padding_mode)
        for axis, size in enumerate(image.shape[2:]):
            padding = self._padding_of(axis)
            if most is not None and isinstance(size, int) and padding > size + most:
                sentence = text(
                    "{mode} padding of {padding} needs more than the size {size} along {axis}.",
                    mode=self.padding_mode,
                    padding=padding,
                    size=size,
                    axis=AXES[len(self.kernel_size)][axis],
                )
                raise unfit(self, (image,), sentence, SetParameter("padding_mode", "zeros"))

    def _padding_of(self, axis: int) -> int:
        """What is added at the end of an axis, where “same” adds the odd one."""
        if self.padding == "same":
            return (self.dilation[axis] * (self.kernel_size[axis] - 1) + 1) // 2
        return 0 if isinstance(self.padding, str) else self.padding[axis]


def _by(sizes: Sizes) -> str:
    return " × ".join(map(str, sizes))
