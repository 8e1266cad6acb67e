"""A layer's torch call, made straight from its declaration: what lowering and ONNX are compared with."""

import functools
import operator
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from engine.graph import Spec, dim_at
from engine.layers import Call, In, Layer, Size

NAMES = {"nn": nn, "torch": torch, "F": nn.functional}
SIGNS = {"+": operator.add, "*": operator.mul}


def sized(inputs: Sequence[Spec], batch: int) -> tuple[Spec, ...]:
    """The specs with this batch."""
    return tuple(Spec(tuple(dim_at(size, {"N": batch}) for size in value.shape), value.dtype) for value in inputs)


def tensors(inputs: Sequence[Spec], batch: int, device: str = "cpu") -> list[Tensor]:
    """Numbers of these specs: normal ones, or small whole ones."""
    return [_numbers(value, device) for value in sized(inputs, batch)]


def _numbers(value: Spec, device: str) -> Tensor:
    if value.dtype == "float32":
        return torch.randn(value.shape, device=device)
    return torch.randint(0, 5, value.shape, device=device)


def submodule(call: Call) -> nn.Module:
    """The module that the call makes; one without parameters or state where it makes none."""
    if call.kind != "module":
        return nn.Identity()
    made: nn.Module = _named(call.name)(**dict(call.named))
    return made


def run(layer: Layer, call: Call, module: nn.Module, values: Sequence[Tensor]) -> Tensor:
    """What the call gives for these values, one for each input port."""
    ports = _ports(layer, values)
    if call.kind == "module":
        return module(*(value for port in ports.values() for value in port))
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
    return {port.name: [value] for port, value in zip(inputs, values, strict=True)}


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
