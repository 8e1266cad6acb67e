"""The catalogue: every layer that a person can draw, one in a file. No torch."""

from engine.layers.base import About, InputPort, Layer, Misfit, layer, outputs
from engine.layers.call import Argument, Call, In, Size, Wanted, function, method, module, operator
from engine.layers.catalogue import (
    Unknown,
    UnknownType,
    catalogue,
    layer_class,
    layer_type,
    make_layer,
    plain,
    read_as,
    read_layer,
    with_parameters,
)
from engine.layers.parameters import Help, Parameter, Range, Size1, Size2, Sizes, Wrong, expected_text

__all__ = [
    "About",
    "Argument",
    "Call",
    "Help",
    "In",
    "InputPort",
    "Layer",
    "Misfit",
    "Parameter",
    "Range",
    "Size",
    "Size1",
    "Size2",
    "Sizes",
    "Unknown",
    "UnknownType",
    "Wanted",
    "Wrong",
    "catalogue",
    "expected_text",
    "function",
    "layer",
    "layer_class",
    "layer_type",
    "make_layer",
    "method",
    "module",
    "operator",
    "outputs",
    "plain",
    "read_as",
    "read_layer",
    "with_parameters",
]
