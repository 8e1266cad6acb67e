"""Misfits whose fixes are tried before they are offered: a fix that does not mend is left out."""

from typing import Any

from engine.graph import Fix, InsertLayer, RemoveNode, Replace, SetParameter, Spec
from engine.layers.base import Layer, Misfit
from engine.layers.catalogue import make_layer, plain, with_parameters
from engine.text import Failure, Text


def unfit(layer: Layer, inputs: tuple[Spec | None, ...], sentence: Text, *candidates: Fix, port: str = "") -> Misfit:
    """The misfit of these inputs with those of the candidates that mend it. No port named: the first.

    The candidates are tried when the misfit's fixes are first asked for, so that a trial within a trial costs nothing.
    """
    where = port or type(layer).about.inputs[0].name
    return Misfit(where, sentence, lambda: tuple(fix for fix in candidates if mends(layer, inputs, fix)))


def mends(layer: Layer, inputs: tuple[Spec | None, ...], fix: Fix) -> bool:
    """Whether the layer takes these inputs once the fix is applied."""
    try:
        _applied(layer, inputs, fix)
    except Failure:
        return False
    return True


def _applied(layer: Layer, inputs: tuple[Spec | None, ...], fix: Fix) -> Any:
    """What comes out after the fix. Raises Misfit or Wrong where it does not work."""
    match fix:
        case SetParameter():
            return with_parameters(layer, **{fix.parameter: fix.value}).infer(*inputs)
        case Replace():
            return make_layer(fix.layer, {**_shared(layer, fix.layer), **dict(fix.parameters)}).infer(*inputs)
        case InsertLayer():
            place = [port.name for port in type(layer).about.inputs].index(fix.port) + fix.slot
            before = make_layer(fix.layer, dict(fix.parameters)).infer(inputs[place])
            return layer.infer(*inputs[:place], before, *inputs[place + 1 :])
        case RemoveNode():
            return inputs[0]
    raise TypeError(f"a layer cannot ask for {fix!r}: it knows nothing of other nodes")


def _shared(layer: Layer, other: str) -> dict[str, Any]:
    """The parameters that both layers have and that differ from their defaults."""
    names = {parameter.name for parameter in type(make_layer(other, {})).about.parameters}
    return {name: value for name, value in plain(layer).items() if name in names}
