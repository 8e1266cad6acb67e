"""A layer's torch call, made straight from its declaration: what lowering and ONNX are compared with."""

import functools
import operator
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import torch
from torch import Tensor, nn

from engine.graph import Spec, dim_at
from engine.layers import Call, In, Layer, Size, Wanted

NAMES = {"nn": nn, "torch": torch, "F": nn.functional}
SIGNS = {"+": operator.add, "*": operator.mul}


def sized(inputs: Sequence[Spec | None], batch: int) -> tuple[Spec | None, ...]:
    """The specs with this batch."""
    return tuple(value and _sized(value, batch) for value in inputs)


def _sized(value: Spec, batch: int) -> Spec:
    return Spec(tuple(dim_at(size, {"N": batch}) for size in value.shape), value.dtype)


def tensors(inputs: Sequence[Spec | None], batch: int, device: str = "cpu") -> list[Tensor | None]:
    """Numbers of these specs: normal ones, small whole ones, or mostly false ones; None where nothing comes."""
    return [value and _numbers(value, device) for value in sized(inputs, batch)]


def _numbers(value: Spec, device: str) -> Tensor:
    if value.dtype == "float32":
        return torch.randn(value.shape, device=device)
    if value.dtype == "bool":
        return (torch.rand(value.shape, device=device) < 0.3) & (torch.arange(value.shape[-1], device=device) > 0)
    return torch.randint(0, 5, value.shape, device=device)


def submodule(call: Call) -> nn.Module:
    """The module that the call makes; one without parameters or state where it makes none."""
    if call.kind != "module":
        return nn.Identity()
    made: nn.Module = _named(call.name)(**dict(call.named))
    return made


def run(
    layer: Layer, call: Call, module: nn.Module, values: Sequence[Tensor | None], wanted: bool = True
) -> tuple[Tensor, ...]:
    """What the call gives for these values, one for each input port: a tensor for each output port.

    `wanted`: outputs that are given only when asked for are.
    """
    made = _run(layer, call, module, values, wanted)
    return made if isinstance(made, tuple) else (made,)


def _run(layer: Layer, call: Call, module: nn.Module, values: Sequence[Tensor | None], wanted: bool) -> Any:
    ports = _ports(layer, values)
    if call.kind == "module":
        positional = call.positional or [In(name) for name in ports]
        passed = {
            name: wanted if isinstance(value, Wanted) else _argument(value, layer, ports) for name, value in call.passed
        }
        return module(*(_argument(value, layer, ports) for value in positional), **passed)
    if call.kind == "operator":
        return functools.reduce(SIGNS[call.name], values)
    arguments = [_argument(value, layer, ports) for value in call.positional]
    named = {name: _argument(value, layer, ports) for name, value in call.named}
    if call.kind == "function":
        return _named(call.name)(*arguments, **named)
    return getattr(arguments[0], call.name)(*arguments[1:], **named)


def _ports(layer: Layer, values: Sequence[Tensor]) -> dict[str, Sequence[Tensor]]:
    inputs = type(layer).about.inputs
    if inputs[0].variadic:
        return {inputs[0].name: values}
    return {port.name: [value] for port, value in zip_longest(inputs, values)}


def _argument(value: Any, layer: Layer, ports: dict[str, Sequence[Tensor]]) -> Any:
    if isinstance(value, In):
        variadic = any(port.variadic for port in type(layer).about.inputs if port.name == value.port)
        return tuple(ports[value.port]) if variadic else ports[value.port][0]
    if isinstance(value, Size):
        return ports[value.port][0].size(value.axis)
    return value


def _named(name: str) -> Any:
    root, *rest = name.split(".")
    return functools.reduce(getattr, rest, NAMES[root])
