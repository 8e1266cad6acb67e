"""What a layer's fields say about themselves: type, range, choices, help. Editors, checks and docs are made from it."""

import math
import types
import typing
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec

from engine.text import Failure, Text, text

Size1: TypeAlias = tuple[int]
Size2: TypeAlias = tuple[int, int]
Size3: TypeAlias = tuple[int, int, int]
Sizes: TypeAlias = tuple[int, ...]


class Range(NamedTuple):
    """Bounds of a number, or of every number in a tuple; both ends belong to it unless `above` or `below` is set."""

    low: float = -math.inf
    high: float = math.inf
    above: bool = False
    below: bool = False

    def holds(self, number: float) -> bool:
        return (self.low < number if self.above else self.low <= number) and (
            number < self.high if self.below else number <= self.high
        )

    def __str__(self) -> str:
        low = "" if self.low == -math.inf else f"{'>' if self.above else '≥'} {_bound(self.low)}"
        high = "" if self.high == math.inf else f"{'<' if self.below else '≤'} {_bound(self.high)}"
        return f"{low}, {high}" if low and high else low or high


def _bound(number: float) -> str:
    """Whole numbers with every digit: 1,000,000 and not 1e+06."""
    return f"{number:,}" if isinstance(number, int) else f"{number:g}"


class Help(NamedTuple):
    """What a parameter does, in a sentence of English that is put into the user's language when shown."""

    sentence: str
    unit: str = ""


class Parameter(NamedTuple):
    """A parameter of a layer, as read from its declaration.

    `kinds` are the alternatives of its type, in order: "int", "float", "bool", "text", "choice" (one of `choices`),
    "choices" (any of them), "ints" (as many as `length`, None: any number of them), "floats" (as many as
    `length`), "texts",
    "struct" (a declared value of its own, such as a recipe's optimizer).
    `optional`: None is allowed. Every parameter has a default: a layer dragged onto the canvas is whole at once.
    """

    name: str
    kinds: tuple[str, ...]
    default: Any
    optional: bool
    choices: tuple[str, ...]
    length: int | None
    range: Range
    help: str
    unit: str


class Wrong(Failure, ValueError):
    """A parameter's value that its declaration does not allow."""

    def __init__(self, parameter: str, sentence: Text) -> None:
        super().__init__(sentence)
        self.parameter = parameter


def parameters_of(cls: type[msgspec.Struct]) -> tuple[Parameter, ...]:
    """The parameters of a layer class (or a recipe), in the order of their declaration.

    Fields that are structs, such as the recipe's optimizer, have parameters of their own and are left out.
    """
    hints = typing.get_type_hints(cls, include_extras=True)
    fields = [field for field in msgspec.structs.fields(cls) if not isinstance(field.default, msgspec.Struct)]
    return tuple(parameter_of(field.name, hints[field.name], field.default) for field in fields)


def check_value(parameter: Parameter, value: Any) -> None:
    """Raises `Wrong` where a value is not finite or outside the parameter's range."""
    numbers = value if isinstance(value, tuple) else (value,)
    for number in numbers:
        if isinstance(number, bool) or not isinstance(number, int | float):
            continue
        finite = isinstance(number, int) or math.isfinite(number)  # an integer may be too large for isfinite
        if not finite or not parameter.range.holds(number):
            raise Wrong(
                parameter.name,
                text(
                    "{parameter} must be {range}; it is {value}.",
                    parameter=parameter.name,
                    range=str(parameter.range) or text("a finite number"),
                    value=str(number),
                ),
            )


def expected_text(parameter: Parameter) -> Text:
    """What a parameter takes, in words: "a whole number ≥ 1", "2 whole numbers or one of: same, valid"."""
    words = [_KINDS[kind] for kind in parameter.kinds if kind in _KINDS]
    if "ints" in parameter.kinds:
        words.insert(0, text("{length} whole numbers", length=parameter.length) if parameter.length else _ANY_LENGTH)
    if "floats" in parameter.kinds:
        words.append(text("{length} numbers", length=parameter.length or 0))
    if parameter.choices:
        names = ", ".join(parameter.choices)
        several = "choices" in parameter.kinds
        words.append(text("any of: {choices}", choices=names) if several else text("one of: {choices}", choices=names))
    if parameter.optional:
        words.append(text("nothing"))
    joined = words[0]
    for word in words[1:]:
        joined = text("{this} or {that}", this=joined, that=word)
    bounds = str(parameter.range)
    return text("{what}, {bounds}", what=joined, bounds=bounds) if bounds else joined


_ANY_LENGTH = text("a list of whole numbers")
_KINDS = {
    "int": text("a whole number"),
    "float": text("a number"),
    "bool": text("true or false"),
    "text": text("text"),
    "texts": text("a list of names"),
}


def parameter_of(name: str, hint: Any, default: Any) -> Parameter:
    """The parameter that a field of this name, annotation and default declares."""
    extras = getattr(hint, "__metadata__", ())
    plain = hint.__origin__ if extras else hint
    options = typing.get_args(plain) if typing.get_origin(plain) in (typing.Union, types.UnionType) else (plain,)
    choices = tuple(c for o in options for c in _choices(o))
    lengths = [typing.get_args(o) for o in options if _kind(o) in ("ints", "floats")]
    info = next((extra for extra in extras if isinstance(extra, Help)), Help(""))
    return Parameter(
        name=name,
        kinds=tuple(_kind(o) for o in options if _kind(o) != "none"),
        default=default,
        optional=type(None) in options,
        choices=choices,
        length=None if not lengths or Ellipsis in lengths[0] else len(lengths[0]),
        range=next((extra for extra in extras if isinstance(extra, Range)), Range()),
        help=info.sentence,
        unit=info.unit,
    )


def _kind(option: Any) -> str:
    if option is type(None):
        return "none"
    if typing.get_origin(option) is Literal:
        return "choice"
    if typing.get_origin(option) is tuple:
        return {str: "texts", int: "ints", float: "floats"}.get(typing.get_args(option)[0], "choices")
    if isinstance(option, type) and issubclass(option, msgspec.Struct):
        return "struct"
    return {int: "int", float: "float", bool: "bool", str: "text"}[option]


def _choices(option: Any) -> tuple[str, ...]:
    """The words of a Literal, or of a tuple of any number of them."""
    if typing.get_origin(option) is tuple:
        return _choices(typing.get_args(option)[0])
    return typing.get_args(option) if typing.get_origin(option) is Literal else ()
