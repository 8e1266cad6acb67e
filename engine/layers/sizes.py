"""Size arithmetic that layers share, and the sentences for when it does not work out.

Formulas: PyTorch's documentation of Conv2d and MaxPool2d, section "Shape".
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from engine.graph import Dim, Dtype, Fix, InsertLayer, Replace, SetParameter, Spec, dim_at, shape_text
from engine.layers.base import Layer, Misfit
from engine.layers.catalogue import catalogue
from engine.layers.mending import unfit
from engine.text import Text, text

AXES = {1: (text("length"),), 2: (text("height"), text("width"))}
IMAGE = {1: text("(N, channels, length)"), 2: text("(N, channels, height, width)")}


class Window(NamedTuple):
    """How a window slides along one axis. `padding` is added at both ends; `ceil`: the last may reach past the end."""

    kernel: int
    stride: int
    padding: int = 0
    dilation: int = 1
    ceil: bool = False

    @property
    def reach(self) -> int:
        """From the first to the last point of the window."""
        return self.dilation * (self.kernel - 1) + 1

    def places(self, size: Dim) -> Dim:
        """How many places the window takes: floor((size + 2p - d(k-1) - 1) / s) + 1."""
        span = size + (2 * self.padding - self.reach)
        if not self.ceil:
            return span // self.stride + 1
        places = (span + (self.stride - 1)) // self.stride + 1
        if isinstance(size, int) and isinstance(places, int) and (places - 1) * self.stride >= size + self.padding:
            return places - 1  # the last window must start inside the input or the left padding
        return places

    @property
    def clear(self) -> bool:
        """Whether `places` holds for free sizes: with `ceil`, only where no window can start in the right padding."""
        return not self.ceil or self.stride + self.padding <= self.reach

    def largest_kernel(self, size: int) -> int:
        """The largest kernel, up to its own, that the padded input holds."""
        return min(self.kernel, (size + 2 * self.padding - 1) // self.dilation + 1)


def slid(layer: Layer, image: Spec, windows: Sequence[Window], *fixes: Fix) -> tuple[Dim, ...]:
    """The spatial sizes after windows slid over an image, one for each axis. Raises Misfit where one has no room."""
    sizes = []
    for axis, window in enumerate(windows):
        size = image.shape[axis + 2]
        if not window.clear:
            known(layer, image, size, text("With ceil_mode and this stride, {axis}", axis=AXES[len(windows)][axis]))
        places = window.places(size)
        if isinstance(places, int) and isinstance(size, int) and places < 1:
            raise _too_large(layer, image, windows, axis, fixes)
        sizes.append(places)
    return tuple(sizes)


def _too_large(layer: Layer, image: Spec, windows: Sequence[Window], axis: int, fixes: Sequence[Fix]) -> Misfit:
    window, size = windows[axis], image.shape[axis + 2]
    kernel, padded, along = window.kernel, str(size + 2 * window.padding), AXES[len(windows)][axis]
    sentence = text(
        "kernel {kernel} is larger than the padded input {padded} along {axis}.",
        kernel=kernel,
        padded=padded,
        axis=along,
    )
    if window.dilation > 1:
        sentence = text(
            "kernel {kernel} with dilation {dilation} spans {reach}, more than the padded input {padded} along {axis}.",
            kernel=kernel,
            dilation=window.dilation,
            reach=window.reach,
            padded=padded,
            axis=along,
        )
    smaller = tuple(
        w.largest_kernel(s) if isinstance(s, int) else w.kernel for w, s in zip(windows, image.shape[2:], strict=True)
    )
    return unfit(layer, (image,), sentence, *fixes, SetParameter("kernel_size", smaller))


def need_image(layer: Layer, image: Spec, rank: int) -> None:
    """Raises Misfit unless it is a float image of `rank` spatial dimensions with a batch and channels."""
    need_float(layer, image)
    if image.rank != rank + 2:
        raise unfit(layer, (image,), takes(layer, IMAGE[rank], image), *_to_image(layer, image, rank))


def takes(layer: Layer, wanted: Text, came: Spec) -> Text:
    """ "linear takes (N, features); here comes (N, 64, 3, 3)." """
    return text("{layer} takes {wanted}; here comes {came}.", layer=type(layer).about.id, wanted=wanted, came=str(came))


def _to_image(layer: Layer, image: Spec, rank: int) -> list[Fix]:
    """What might make an image of another rank fit."""
    port = type(layer).about.inputs[0].name
    fixes: list[Fix] = []
    if (folded := _folded(image, rank)) is not None:
        fixes.append(InsertLayer("reshape", port, parameters=(("shape", folded),)))
    if sibling := sibling_of(layer, image.rank - 2):
        fixes.append(Replace(sibling, _resized(layer, image.rank - 2)))
    if rank == 1 and image.rank > 3:
        fixes.append(InsertLayer("flatten", port, parameters=(("start_dim", 2),)))
    return fixes


def _folded(image: Spec, rank: int) -> tuple[int, ...] | None:
    """The shape of a sample made an image: with a channel put before it, or a vector folded into a square."""
    sizes = tuple(size for size in image.shape[1:] if isinstance(size, int))
    if len(sizes) != image.rank - 1 or not 1 <= len(sizes) <= rank:
        return None
    if len(sizes) == rank:
        return (1, *sizes)
    side = math.isqrt(sizes[0])
    return (1, side, side) if side * side == sizes[0] else (sizes[0], 1, 1)


def sibling_of(layer: Layer, rank: int) -> str:
    """The same kind of layer for another rank: conv1d for conv2d. Empty where there is none."""
    id = type(layer).about.id
    other = f"{id[:-2]}{rank}d"
    return other if id[-2:] in ("1d", "2d") and other != id and other in catalogue() else ""


def _resized(layer: Layer, rank: int) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The layer's parameters of one number an axis, for another number of axes."""
    found = []
    for parameter in type(layer).about.parameters:
        value = getattr(layer, parameter.name)
        if isinstance(value, tuple) and value != parameter.default:
            found.append((parameter.name, (value * rank)[:rank]))
    return tuple(found)


def need_float(layer: Layer, *inputs: Spec, port: str = "") -> None:
    """Raises Misfit unless the values are float32 numbers. No port named: the first."""
    for value in inputs:
        if value.dtype != "float32":
            raise unfit(layer, inputs, _needs_float(layer, value.dtype), port=port)


def _needs_float(layer: Layer, dtype: Dtype) -> Text:
    return text(
        "{layer} takes float32 numbers; here comes {dtype}. Set the input's dtype to float32.",
        layer=type(layer).about.id,
        dtype=dtype,
    )


def known(layer: Layer, value: Spec, size: Dim, what: Text, port: str = "") -> int:
    """The size as an integer; raises Misfit where it is free, for layers whose weights depend on it."""
    if isinstance(size, int):
        return size
    sentence = text("{what} must be a fixed number here; it is the free size {size}.", what=what, size=str(size))
    raise unfit(layer, (value,), sentence, port=port)


CHANNELS = text("The number of channels")


def channels_of(layer: Layer, image: Spec) -> int:
    """The number of channels of (N, channels, …); raises Misfit where it is free."""
    return known(layer, image, image.shape[1], CHANNELS)


def need_axis(layer: Layer, inputs: tuple[Spec, ...], dim: int, parameter: str = "dim") -> int:
    """The axis counted from the front; raises Misfit where the (first) value has no such axis."""
    rank = inputs[0].rank
    if -rank <= dim < rank:
        return dim % rank
    shape = str(inputs[0])
    sentence = text("{parameter} {dim} is not an axis of {shape}.", parameter=parameter, dim=dim, shape=shape)
    raise unfit(layer, inputs, sentence, SetParameter(parameter, 1), SetParameter(parameter, -1))


def numel(sizes: Sequence[Dim]) -> Dim:
    """How many numbers a value of these sizes holds."""
    total: Dim = 1
    for size in sizes:
        total = total * size
    return total


def sample_numel(value: Spec) -> int:
    """How many numbers one sample holds: the batch, and every other free size, counts as 1, as does less than 1."""
    total = 1
    for size in value.shape:  # asked for several times a layer and edit, so nothing slower than this
        total *= size if isinstance(size, int) else max(dim_at(size, {}), 1)
    return total


def broadcast(shapes: Sequence[tuple[Dim, ...]]) -> tuple[Dim, ...] | None:
    """The shape that all of these stretch to, as torch stretches sizes of 1; None where they do not go together."""
    rank = max(len(shape) for shape in shapes)
    result: list[Dim] = [1] * rank
    for shape in shapes:
        for axis, size in enumerate(shape, rank - len(shape)):
            if result[axis] == 1:
                result[axis] = size
            elif size not in (1, result[axis]):
                return None
    return tuple(result)


def promoted(values: Sequence[Spec]) -> Dtype:
    """The dtype of a result that takes from all of these, as torch promotes them."""
    dtypes = {value.dtype for value in values}
    return "float32" if "float32" in dtypes else "int64" if "int64" in dtypes else "bool"


def shapes_text(values: Sequence[Spec]) -> Text:
    """ "(N, 32) and (N, 64)"."""
    joined = text("{shape}", shape=shape_text(values[0].shape))
    for value in values[1:]:
        joined = text("{this} and {that}", this=joined, that=shape_text(value.shape))
    return joined
