"""The recipe by names: what `--set KEY=VALUE` and the recipe form change, and how a file keeps it."""

import math
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import Any, get_args

import msgspec

from engine.layers import Parameter, Wrong, expected_text
from engine.layers.parameters import check_value, parameters_of
from engine.project.recipe import SGD, Optimizer, Recipe
from engine.text import Text, text

OPTIMIZERS: Mapping[str, type[Optimizer]] = {str(cls.__struct_config__.tag): cls for cls in get_args(Optimizer)}
INSIDE = "optimizer."


@cache
def recipe_parameters() -> Mapping[str, Parameter]:
    """The recipe's own settings by key, without those of the optimizer."""
    return {parameter.name: parameter for parameter in parameters_of(Recipe)}


@cache
def optimizer_parameters(kind: str) -> Mapping[str, Parameter]:
    """The settings of an optimizer ("sgd", "adam", …) by key: "optimizer.lr" and so on."""
    return {INSIDE + parameter.name: parameter for parameter in parameters_of(OPTIMIZERS[kind])}


def kind_of(optimizer: Optimizer) -> str:
    """The id of an optimizer: "sgd", "adam", …."""
    return str(type(optimizer).__struct_config__.tag)


def known_keys(recipe: Recipe) -> tuple[str, ...]:
    """What may be set now; the optimizer's settings depend on which one it is."""
    return ("optimizer", *optimizer_parameters(kind_of(recipe.optimizer)), *recipe_parameters())


def with_settings(recipe: Recipe, settings: Mapping[str, str]) -> Recipe:
    """The recipe with settings given as text: {"epochs": "3", "optimizer": "sgd", "optimizer.lr": "0.1"}.

    Another optimizer starts from its own defaults. Raises Wrong (a Failure), for contradictions too.
    """
    if "optimizer" in settings:
        recipe = with_optimizer(recipe, settings["optimizer"].strip().lower())
    values = {key: _from_text(_known(recipe, key), key, value) for key, value in settings.items() if key != "optimizer"}
    changed = with_values(recipe, values)
    if found := contradictions(changed):
        raise found[0]
    return changed


def with_optimizer(recipe: Recipe, kind: str) -> Recipe:
    """The recipe with another optimizer at its defaults; unchanged where it has this kind already. Raises Wrong."""
    if kind == kind_of(recipe.optimizer):
        return recipe
    if kind not in OPTIMIZERS:
        raise Wrong(
            "optimizer",
            text("There is no optimizer “{kind}”; known are {known}.", kind=kind[:80], known=", ".join(OPTIMIZERS)),
        )
    return msgspec.structs.replace(recipe, optimizer=OPTIMIZERS[kind]())


def with_values(recipe: Recipe, values: Mapping[str, Any]) -> Recipe:
    """The recipe with some settings replaced by values of their type: {"optimizer.lr": 0.1}. Raises Wrong."""
    own: dict[str, Any] = {}
    inner: dict[str, Any] = {}
    for key, value in values.items():
        parameter = _known(recipe, key)
        (inner if key.startswith(INSIDE) else own)[parameter.name] = _checked(parameter, key, value)
    optimizer = msgspec.structs.replace(recipe.optimizer, **inner)
    return msgspec.structs.replace(recipe, optimizer=optimizer, **own)


def value_of(recipe: Recipe, key: str) -> Any:
    """The value of a setting; of "optimizer" its kind."""
    if key == "optimizer":
        return kind_of(recipe.optimizer)
    holder = recipe.optimizer if key.startswith(INSIDE) else recipe
    return getattr(holder, _known(recipe, key).name)


def contradictions(recipe: Recipe) -> tuple[Wrong, ...]:
    """Settings that are right one by one and do not go together: what training would refuse."""
    optimizer = recipe.optimizer
    if not isinstance(optimizer, SGD) or not optimizer.nesterov:
        return ()
    found = []
    if not optimizer.momentum:
        sentence = text("nesterov needs momentum above 0; it is 0. Set optimizer.momentum, or turn nesterov off.")
        found.append(Wrong("optimizer.nesterov", sentence))
    if optimizer.dampening:
        sentence = text("nesterov needs dampening 0; it is {dampening}.", dampening=optimizer.dampening)
        found.append(Wrong("optimizer.dampening", sentence))
    return tuple(found)


def plain_recipe(recipe: Recipe) -> dict[str, Any]:
    """What differs from the defaults, as the file has it."""
    content: dict[str, Any] = {}
    if recipe.optimizer != Recipe().optimizer:
        content["optimizer"] = {"type": kind_of(recipe.optimizer), **_differing(recipe.optimizer)}
    return content | {name: value for name, value in _differing(recipe).items() if name != "optimizer"}


def read_recipe(content: Mapping[str, Any], faults: list[Wrong]) -> Recipe:
    """The inverse of plain_recipe; every fault is appended, and its setting keeps the default."""
    recipe, inner = Recipe(), content.get("optimizer", {"type": kind_of(Recipe().optimizer)})
    values = {key: value for key, value in content.items() if key != "optimizer"}
    if type(inner) is not dict or type(inner.get("type")) is not str:
        faults.append(Wrong("optimizer", text("“optimizer” must be an object {{…}} with a “type”.")))
        inner = {}
    try:
        recipe = with_optimizer(recipe, inner.get("type", "adam"))
    except Wrong as fault:
        faults.append(fault)
        inner = {}
    values |= {INSIDE + name: value for name, value in inner.items() if name != "type"}
    for key, value in values.items():
        try:
            recipe = with_values(recipe, {key: value})
        except Wrong as fault:
            faults.append(fault)
    return recipe


def _known(recipe: Recipe, key: str) -> Parameter:
    parameters = optimizer_parameters(kind_of(recipe.optimizer)) if key.startswith(INSIDE) else recipe_parameters()
    if key in parameters:
        return parameters[key]
    known = ", ".join(known_keys(recipe))
    raise Wrong(key, text("There is no setting “{key}”; known are {known}.", key=key[:80], known=known))


def _checked(parameter: Parameter, key: str, value: Any) -> Any:
    if parameter.kinds == ("float",) and type(value) is int and abs(value) < 2**53:
        value = float(value)
    types = {"int": int, "float": float, "bool": bool, "choice": str}
    if type(value) is not types[parameter.kinds[0]] or (parameter.choices and value not in parameter.choices):
        raise Wrong(key, _expected(parameter, key, msgspec.json.encode(value).decode()))
    check_value(parameter, value)
    return value


def _from_text(parameter: Parameter, key: str, written: str) -> Any:
    """The value that a person wrote; what cannot be read as the parameter's type is refused with what it takes."""
    word = written.strip()
    kind = parameter.kinds[0]
    with suppress(ValueError):
        if kind == "int":
            return int(word)
        if kind == "float" and math.isfinite(number := float(word)):
            return number
    if kind == "bool" and word.lower() in _BOOLS:
        return _BOOLS[word.lower()]
    if kind == "choice" and word in parameter.choices:
        return word
    raise Wrong(key, _expected(parameter, key, word))


def _expected(parameter: Parameter, key: str, value: str) -> Text:
    return text("{key} takes {expected}; it is {value}.", key=key, expected=expected_text(parameter), value=value[:80])


def _differing(holder: msgspec.Struct) -> dict[str, Any]:
    """The fields of a struct that are not at their defaults."""
    fields = msgspec.structs.fields(type(holder))
    return {f.name: value for f in fields if (value := getattr(holder, f.name)) != f.default}


_BOOLS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
