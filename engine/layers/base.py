"""What a layer is: one frozen struct whose fields, `infer` and `torch` say everything that the program derives.

A layer's file holds its class and nothing else. See `conv2d.py` for one with everything.
"""

import inspect
import re
import typing
from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar, Literal, NamedTuple, TypeAlias, TypeVar

import msgspec

from engine.graph import Fix, Spec
from engine.layers.call import Call
from engine.layers.cost import Cost
from engine.layers.parameters import Parameter, check_value, parameters_of
from engine.text import Failure, Text

Family: TypeAlias = Literal[
    "Input and output",
    "Convolution",
    "Linear",
    "Pooling",
    "Normalisation",
    "Activation",
    "Regularisation",
    "Shape",
    "Merge",
    "Recurrent",
    "Attention",
    "Blocks",
    "Custom",
]


Fixes: TypeAlias = tuple[Fix, ...]


class InputPort(NamedTuple):
    """An input of a layer: an argument of `infer`. A default of None makes it optional, `*name` variadic."""

    name: str
    optional: bool = False
    variadic: bool = False


class About(NamedTuple):
    """What is known of a type of layer without an instance. `outputs` are the names of the output ports."""

    id: str
    title: str
    family: Family
    stem: str
    also: tuple[str, ...]
    summary: str
    inputs: tuple[InputPort, ...]
    outputs: tuple[str, ...]
    parameters: tuple[Parameter, ...]

    def parameter(self, name: str) -> Parameter:
        return next(p for p in self.parameters if p.name == name)


class Misfit(Failure):
    """What comes into a port does not fit the layer. `fixes` would mend it, best first.

    They may be given as a function that finds them when they are first asked for.
    """

    def __init__(self, port: str, sentence: Text, fixes: Fixes | Callable[[], Fixes] = ()) -> None:
        super().__init__(sentence)
        self.port = port
        self._fixes = fixes

    @cached_property
    def fixes(self) -> Fixes:
        return self._fixes() if callable(self._fixes) else self._fixes


def _no_weights(layer: "Layer", *inputs: Spec) -> dict[str, tuple[int, ...]]:
    return {}


def _no_flops(layer: "Layer", *inputs: Spec) -> int:
    return 0


def _no_limit(layer: "Layer", *inputs: Spec) -> Text | None:
    return None


def _plain_cost(layer: "Layer", *inputs: Spec) -> Cost | None:
    return None


def _no_doubt(layer: "Layer", *inputs: Spec) -> Text | None:
    return None


class Layer(msgspec.Struct, frozen=True, cache_hash=True):
    """The base of every layer. Subclasses write `frozen=True, cache_hash=True` themselves.

    `example` is an input spec (or a tuple of specs, one per port) that the default parameters take.
    These take one spec per input port, as `infer` does:
    `infer` gives the output specs, or raises Misfit; `torch` the torch call;
    `weights` the shapes of the trainable parameters under PyTorch's names: {"weight": (32, 1, 3, 3), "bias": (32,)};
    `flops` the floating-point operations for one sample as FlopCounterMode counts them (a multiply-add is two);
    `onnx_limit` why ONNX cannot carry these parameters on these inputs, or None where it can;
    `doubt` what else a person should be warned of, or None;
    `whole_cost` what it costs, where that is more than `weights`, `flops` and the outputs say: a block's.
    `own_defaults` names parameters whose default is ours: torch's, where its call leaves them out, is another.
    `made` is set for classes that are made while the program runs, of which there may be any number.
    """

    about: ClassVar[About]
    example: ClassVar[Any]
    infer: ClassVar[Callable[..., Any]]
    torch: ClassVar[Callable[..., Call]]
    weights: ClassVar[Callable[..., dict[str, tuple[int, ...]]]] = _no_weights
    flops: ClassVar[Callable[..., int]] = _no_flops
    onnx_limit: ClassVar[Callable[..., Text | None]] = _no_limit
    doubt: ClassVar[Callable[..., Text | None]] = _no_doubt
    whole_cost: ClassVar[Callable[..., Cost | None]] = _plain_cost
    made: ClassVar[bool] = False
    own_defaults: ClassVar[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        for parameter in type(self).about.parameters:
            check_value(parameter, getattr(self, parameter.name))
        self.validate()

    def validate(self) -> None:
        """Raises `Wrong` where parameters contradict each other, whatever the input."""

    def options(self, *names: str) -> dict[str, Any]:
        """These parameters where they differ from their default, which is PyTorch's: arguments not worth printing."""
        defaults = {parameter.name: parameter.default for parameter in type(self).about.parameters}
        return {name: value for name in names if (value := getattr(self, name)) != defaults[name]}


LayerClass = TypeVar("LayerClass", bound=type[Layer])

CATALOGUE: dict[str, type[Layer]] = {}


def layer(id: str, *, family: Family, stem: str = "", also: tuple[str, ...] = ()) -> Callable[[LayerClass], LayerClass]:
    """Declares a layer: its permanent id (file name and saved name), family, search words, and name stem."""

    def declare(cls: LayerClass) -> LayerClass:
        if id in CATALOGUE:
            raise ValueError(f"two layers are called {id}")
        cls.about = About(
            id=id,
            title=cls.__name__,
            family=family,
            stem=stem or re.sub("_?[123]d$", "", id),
            also=also,
            summary=inspect.cleandoc(cls.__doc__ or "").split("\n\n")[0].replace("\n", " "),
            inputs=_inputs(cls),
            outputs=_outputs(cls),
            parameters=parameters_of(cls),
        )
        CATALOGUE[id] = cls
        return cls

    return declare


def outputs(result: Any) -> tuple[Spec, ...]:
    """What `infer` returned, as one spec for each output port."""
    if result is None:
        return ()
    return (result,) if isinstance(result, Spec) else tuple(result)


def _inputs(cls: type[Layer]) -> tuple[InputPort, ...]:
    arguments = list(inspect.signature(cls.infer).parameters.values())[1:]
    return tuple(
        InputPort(a.name, optional=a.default is None, variadic=a.kind is inspect.Parameter.VAR_POSITIONAL)
        for a in arguments
    )


def _outputs(cls: type[Layer]) -> tuple[str, ...]:
    result = typing.get_type_hints(cls.infer)["return"]
    if result is type(None):
        return ()
    return ("output",) if result is Spec else tuple(result._fields)
