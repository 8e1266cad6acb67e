"""What pools share, whatever their number of axes."""

from typing import TYPE_CHECKING, ClassVar

from engine.graph import Dim, RemoveNode, Spec
from engine.layers.base import Layer
from engine.layers.call import Call, module
from engine.layers.parameters import Sizes, Wrong
from engine.layers.sizes import Window, known, need_image, slid
from engine.text import Text, text


class Pool(Layer, frozen=True, cache_hash=True):
    """A window that slides over as many axes as `kernel_size` has numbers, one result for each place."""

    if TYPE_CHECKING:  # declared by the subclasses, in the order of PyTorch's arguments

        @property
        def kernel_size(self) -> Sizes: ...
        @property
        def stride(self) -> Sizes | None: ...
        @property
        def padding(self) -> Sizes: ...
        @property
        def ceil_mode(self) -> bool: ...

    def windows(self) -> tuple[Window, ...]:
        """The window along each axis. Without a stride, windows lie side by side."""
        dilation = getattr(self, "dilation", (1,) * len(self.kernel_size))
        strides = self.stride or self.kernel_size
        ceil = (self.ceil_mode,) * len(self.kernel_size)
        return tuple(map(Window, self.kernel_size, strides, self.padding, dilation, ceil))

    def validate(self) -> None:
        for window in self.windows():
            if window.padding > window.kernel // 2:  # of what it spans, forward takes half, but no gradient flows
                raise Wrong(
                    "padding",
                    text(
                        "padding must be at most half of the kernel; it is {padding} for a kernel of {kernel}.",
                        padding=window.padding,
                        kernel=window.kernel,
                    ),
                )

    def infer(self, image: Spec) -> Spec:
        need_image(self, image, len(self.kernel_size))
        return Spec((*image.shape[:2], *slid(self, image, self.windows(), RemoveNode())))

    def torch(self, image: Spec) -> Call:
        about = type(self).about
        names = (parameter.name for parameter in about.parameters if parameter.name != "kernel_size")
        return module(f"nn.{about.title}", kernel_size=self.kernel_size, **self.options(*names))


class AdaptivePool(Layer, frozen=True, cache_hash=True):
    """A pool whose windows are made so that a wanted size comes out.

    `divides`: ONNX takes only sizes that divide the input's.
    """

    divides: ClassVar[bool] = False

    if TYPE_CHECKING:

        @property
        def output_size(self) -> Sizes: ...

    def infer(self, image: Spec) -> Spec:
        need_image(self, image, len(self.output_size))
        if self.output_size == (0,):
            known(self, image, image.shape[2], text("With output_size 0, the length"))
        sizes: list[Dim] = [wanted or size for wanted, size in zip(self.output_size, image.shape[2:], strict=True)]
        return Spec((*image.shape[:2], *sizes))

    def torch(self, image: Spec) -> Call:
        return module(f"nn.{type(self).about.title}", output_size=self._wanted(image))

    def onnx_limit(self, image: Spec) -> Text | None:
        """Averages are exported for any size; largest numbers only for windows of one size side by side."""
        if not self.divides:
            return None
        for wanted, size in zip(self.output_size, image.shape[2:], strict=True):
            if wanted > 1 and (not isinstance(size, int) or size % wanted):
                return text(
                    "ONNX has no adaptive maximum: output_size {wanted} would have to divide {size}.",
                    wanted=wanted,
                    size=str(size),
                )
        return None

    def _wanted(self, image: Spec) -> tuple[int | None, ...]:
        """None where the input's size is kept; along a single axis torch takes no None."""
        if self.output_size == (0,) and isinstance(length := image.shape[2], int):
            return (length,)
        return tuple(size or None for size in self.output_size)
