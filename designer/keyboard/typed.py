"""A layer with its parameters in one line: "conv2d 64 3" is Conv2d with 64 channels and a kernel of 3×3."""

import re
from typing import Any, NamedTuple

from designer.canvas.words import value_words
from engine.layers import Layer, Wrong, with_parameters
from engine.layers.parameters import Parameter
from engine.text import Text, text

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
NUMBERS = re.compile(rf"{NUMBER}(?:[x×,]{NUMBER})*", re.IGNORECASE)
SEPARATORS = re.compile("[x×,]", re.IGNORECASE)


class Typed(NamedTuple):
    """What was typed: words that search a layer, and words that set its parameters."""

    name: str
    values: tuple[str, ...]


class Reading(NamedTuple):
    """What the words for parameters come to: the layer, what was set in words, and what is wrong.

    `typed` are the names of the parameters that were set.
    """

    layer: Layer
    said: str
    fault: Text | None = None
    typed: frozenset[str] = frozenset()


def split(query: str) -> Typed:
    """The words of a query: from the first that is a number, or sets a parameter by name, they are parameters."""
    words = query.split()
    first = next((i for i, word in enumerate(words) if i and _is_value(word)), len(words))
    return Typed(" ".join(words[:first]), tuple(words[first:]))


def read(cls: type[Layer], words: tuple[str, ...]) -> Reading:
    """A layer of this class with the values that the words give: in the order of its parameters, or by name.

    Of a block, how often it is repeated comes last.
    """
    values: dict[str, Any] = {}
    try:
        for word, parameter in _shared_out(cls, words):
            _take(values, parameter, word.rpartition("=")[2])
        layer = with_parameters(cls(), **values)
    except Wrong as wrong:
        return Reading(cls(), "", wrong.text)
    said = ", ".join(f"{name} {value_words(getattr(layer, name))}" for name in values)
    return Reading(layer, said, typed=frozenset(values))


def _shared_out(cls: type[Layer], words: tuple[str, ...]) -> list[tuple[str, Parameter]]:
    """Each word with the parameter that it is for. Raises Wrong."""
    free = [parameter for parameter in cls.about.parameters if _takes_numbers(parameter)]
    free.sort(key=lambda parameter: cls.made and parameter.name == "repeat")
    found: list[tuple[str, Parameter]] = []
    for word in words:
        name = word.rpartition("=")[0]
        if name:
            found.append((word, _named(cls, name)))
            free = [parameter for parameter in free if parameter.name != name]
        elif free and NUMBERS.fullmatch(word):
            found.append((word, free[0]))
            if not _takes_more(free[0]):
                del free[0]
        else:
            raise Wrong("", text("{layer} has nothing to set to “{value}”.", layer=cls.about.title, value=word))
    return found


def _named(cls: type[Layer], name: str) -> Parameter:
    """The parameter of this name, or the only one that begins so. Raises Wrong."""
    parameters = cls.about.parameters
    begin = [parameter for parameter in parameters if parameter.name.startswith(name.casefold())]
    exact = [parameter for parameter in begin if parameter.name == name.casefold()]
    if len(exact or begin) == 1:
        return (exact or begin)[0]
    known = ", ".join(parameter.name for parameter in parameters) or text("none")
    raise Wrong(
        name, text("{layer} has no parameter “{name}”; it has: {known}.", layer=cls.about.title, name=name, known=known)
    )


def _take(values: dict[str, Any], parameter: Parameter, word: str) -> None:
    """Puts what a word says among the values; a parameter of any length takes one word after another."""
    numbers = [_number(part) for part in SEPARATORS.split(word)] if NUMBERS.fullmatch(word) else []
    if not numbers:
        values[parameter.name] = _word(parameter, word)
    elif _takes_more(parameter):
        values[parameter.name] = [*values.get(parameter.name, ()), *numbers]
    else:
        values[parameter.name] = numbers[0] if len(numbers) == 1 else numbers


def _word(parameter: Parameter, word: str) -> Any:
    flags: dict[str, Any] = {"true": True, "yes": True, "false": False, "no": False, "none": None}
    if word.casefold() in flags and ("bool" in parameter.kinds or parameter.optional):
        return flags[word.casefold()]
    return word.split(",") if {"choices", "texts"} & set(parameter.kinds) else word


def _number(part: str) -> float:
    return int(part) if re.fullmatch(r"[-+]?\d+", part) else float(part)


def _is_value(word: str) -> bool:
    return bool(NUMBERS.fullmatch(word)) or "=" in word[1:]


def _takes_numbers(parameter: Parameter) -> bool:
    return bool({"int", "float", "ints", "floats"} & set(parameter.kinds))


def _takes_more(parameter: Parameter) -> bool:
    return parameter.length is None and bool({"ints", "floats"} & set(parameter.kinds))
