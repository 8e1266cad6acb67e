"""What a layer makes of the specs that come to it: outputs, cost, or why it does not fit. Kept, since layers repeat."""

import math
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from engine.graph import Fix, Spec
from engine.layers import Layer, Misfit, outputs
from engine.layers.cost import Cost
from engine.layers.sizes import sample_numel
from engine.text import Text, text

Arguments: TypeAlias = tuple[Spec | None, ...]

BYTES = {"float32": 4, "int64": 8, "bool": 1}


class Fault(NamedTuple):
    """Why a layer does not take what comes into a port. `misfit` knows what would mend it, once it is asked."""

    port: str
    text: Text
    misfit: Misfit | None = None

    @property
    def fixes(self) -> tuple[Fix, ...]:
        return self.misfit.fixes if self.misfit else ()


class Verdict(NamedTuple):
    """`outputs` is one spec a port, or None where there is a `fault`.

    `limit` says why ONNX cannot carry it, `doubt` what else to warn of.
    """

    outputs: tuple[Spec, ...] | None
    cost: Cost = Cost()
    fault: Fault | None = None
    limit: Text | None = None
    doubt: Text | None = None


def judge(layer: Layer, arguments: Arguments) -> Verdict:
    """The verdict on a layer with one spec for each input port (None: an optional port without a wire)."""
    return _judge_made(layer, arguments) if layer.made else _judge(layer, arguments)


def _judged(layer: Layer, arguments: Arguments) -> Verdict:
    try:
        made = outputs(layer.infer(*arguments))
        cost = layer.whole_cost(*arguments) or _cost(layer, arguments, made)
        return Verdict(made, cost, limit=layer.onnx_limit(*arguments), doubt=layer.doubt(*arguments))
    except Misfit as misfit:
        return Verdict(None, fault=Fault(misfit.port, misfit.text, misfit.with_traceback(None)))
    except Exception as error:
        # A layer that does not foresee an input must not take the window down with it.
        return Verdict(None, fault=Fault("", _unforeseen(error)))


_judge = lru_cache(maxsize=1 << 16)(_judged)
_judge_made = lru_cache(maxsize=512)(_judged)  # few, since an entry keeps a class and its drawing alive


def _cost(layer: Layer, arguments: Arguments, made: tuple[Spec, ...]) -> Cost:
    """Python integers throughout: never too large."""
    return Cost(
        parameters=sum(math.prod(shape) for shape in layer.weights(*arguments).values()),
        flops=layer.flops(*arguments),
        activation_bytes=sum(sample_numel(output) * BYTES[output.dtype] for output in made),
    )


def _unforeseen(error: Exception) -> Text:
    return text("what comes in was not foreseen by this layer ({error}).", error=f"{type(error).__name__}: {error}")
