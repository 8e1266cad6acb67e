"""Pools whose sizes are rounded up, written so that every runtime comes to PyTorch's size.

PyTorch leaves out a last window that would start in the right padding; ONNX before opset 22 says that it counts,
although ONNX Runtime does as PyTorch. Without rounding up, and with padding in its place where it adds a window,
there is nothing to be read in two ways. Formula: PyTorch's documentation of MaxPool2d, section "Shape".
"""

from typing import NamedTuple

import onnx_ir as ir

POOLS = ("MaxPool", "AveragePool")


class _Axis(NamedTuple):
    """Along one spatial axis: sizes before and after, and the window."""

    size: int
    made: int
    kernel: int
    stride: int
    before: int
    after: int
    dilation: int

    @property
    def spare(self) -> int:
        """How many places are left over behind the last window; less than 0: it reaches so far out."""
        last = (self.made - 1) * self.stride + self.dilation * (self.kernel - 1) + 1
        return self.size + self.before + self.after - last


def settle_pools(model: ir.Model) -> None:
    """Writes pools that round up as pools that do not, wherever their meaning allows it."""
    for node in model.graph:
        if node.op_type in POOLS and node.attributes.get_int("ceil_mode", 0) == 1:
            axes = _axes(node)
            if axes and (all(axis.spare >= 0 for axis in axes) or _pads_do_not_count(node)):
                ends = [max(axis.after, axis.after - axis.spare) for axis in axes]
                node.attributes["pads"] = ir.AttrInt64s("pads", [*(axis.before for axis in axes), *ends])
                node.attributes["ceil_mode"] = ir.AttrInt64("ceil_mode", 0)


def _pads_do_not_count(node: ir.Node) -> bool:
    """Whether the numbers around the image change no result."""
    return node.op_type == "MaxPool" or node.attributes.get_int("count_include_pad", 0) == 0


def _axes(node: ir.Node) -> list[_Axis] | None:
    """None where a size is free."""
    came, made = node.inputs[0], node.outputs[0]
    if came is None or came.shape is None or made.shape is None:
        return None
    sizes = list(zip(came.shape.dims[2:], made.shape.dims[2:], strict=True))
    if not all(isinstance(size, int) for pair in sizes for size in pair):
        return None
    ones = [1] * len(sizes)
    pads = node.attributes.get_ints("pads", [0] * 2 * len(sizes))
    return [
        _Axis(*axis)
        for axis in zip(
            *zip(*sizes, strict=True),
            node.attributes.get_ints("kernel_shape", ones),
            node.attributes.get_ints("strides", ones),
            pads[: len(sizes)],
            pads[len(sizes) :],
            node.attributes.get_ints("dilations", ones),
            strict=True,
        )
    ]
