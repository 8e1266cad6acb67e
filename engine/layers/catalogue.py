"""All layers by their ids; making one from what a file or a form says; the placeholder for unknown ones."""

import importlib
import pkgutil
import typing
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec

from engine.graph import Spec
from engine.layers.base import CATALOGUE, About, Family, Layer, Misfit
from engine.layers.parameters import Parameter, Wrong, check_value, expected_text
from engine.text import Failure, Text, text


class UnknownType(Failure):
    """No layer has this id in this version."""


class Unknown(Layer, frozen=True, cache_hash=True):
    """A layer that this version does not know: kept as it came, shown as a placeholder, saved back unchanged.

    `raw` is the JSON object of its parameters.
    """

    type: str
    raw: str

    def infer(self, *inputs: Spec) -> Spec:
        raise Misfit("", text("This version of Tensorloom does not know the layer “{type}”.", type=self.type))


Unknown.about = About("", "Unknown", "Custom", "unknown", (), "", (), ("output",), ())


@cache
def catalogue() -> Mapping[str, type[Layer]]:
    """Every layer class by id, in the order of families and, in a family, of ids. Loads them at the first call."""
    for name in _files():
        importlib.import_module(f"engine.layers.{name}")
    families = typing.get_args(Family)
    ordered = sorted(CATALOGUE, key=lambda id: (families.index(CATALOGUE[id].about.family), id))
    return {id: CATALOGUE[id] for id in ordered}


@cache
def _files() -> frozenset[str]:
    return frozenset(found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)]))


def layer_class(id: str) -> type[Layer]:
    """The layer with this id; its file, which is called so, is read at the first call. Raises UnknownType."""
    if id not in CATALOGUE and id in _files():
        importlib.import_module(f"engine.layers.{id}")
    if found := CATALOGUE.get(id):
        return found
    raise UnknownType(text("There is no layer “{id}”; `tensorloom layers` lists those there are.", id=id))


def make_layer(id: str, parameters: Mapping[str, Any]) -> Layer:
    """A layer from plain values, as JSON has them. Raises UnknownType, or Wrong for the first wrong value."""
    faults: list[Wrong] = []
    made = read_layer(id, parameters, faults)
    if faults:
        raise faults[0]
    return made


def read_layer(id: str, parameters: Mapping[str, Any], faults: list[Wrong]) -> Layer:
    """Like make_layer, but appends every fault and goes on with defaults, so that all of them can be reported."""
    return read_as(layer_class(id), parameters, faults)


def read_as(cls: type[Layer], parameters: Mapping[str, Any], faults: list[Wrong]) -> Layer:
    """Like read_layer, for a class that is at hand: a block's, say."""
    values = {name: _widened(cls.about, name, value) for name, value in parameters.items()}
    if values.keys() <= hints_of(cls).keys():
        with suppress(msgspec.ValidationError):
            return msgspec.convert(values, cls)
    try:
        return cls(**_sound(cls, values, faults))
    except Wrong as fault:
        faults.append(fault)
        return cls()


def plain(layer: Layer) -> dict[str, Any]:
    """The parameters that differ from their defaults, as JSON has them; the inverse of make_layer."""
    if isinstance(layer, Unknown):
        return dict(msgspec.json.decode(layer.raw))
    found = {}
    for parameter in type(layer).about.parameters:
        value = getattr(layer, parameter.name)
        if value != parameter.default or type(value) is not type(parameter.default):
            found[parameter.name] = msgspec.to_builtins(value)
    return found


def layer_type(layer: Layer) -> str:
    """The id under which a layer is saved."""
    return layer.type if isinstance(layer, Unknown) else type(layer).about.id


def with_parameters(layer: Layer, **values: Any) -> Layer:
    """The layer with other values of some parameters. Raises Wrong."""
    if isinstance(layer, Unknown):
        return make_layer(layer.type, {**plain(layer), **values})
    faults: list[Wrong] = []
    made = read_as(type(layer), {**plain(layer), **values}, faults)
    if faults:
        raise faults[0]
    return made


@lru_cache(maxsize=256)  # the classes of blocks come and go
def hints_of(cls: type[Layer]) -> Mapping[str, Any]:
    """The declared types of a layer's parameters, with their ranges and words, by name."""
    return {field.name: field.type for field in msgspec.structs.fields(cls)}


def _widened(about: About, name: str, value: Any) -> Any:
    """A single integer where a size of several is asked for stands for all of them, as in PyTorch."""
    parameter = next((p for p in about.parameters if p.name == name), None)
    if parameter and parameter.length and "ints" in parameter.kinds and type(value) is int:
        return [value] * parameter.length
    return value


def _sound(cls: type[Layer], values: Mapping[str, Any], faults: list[Wrong]) -> dict[str, Any]:
    """The values that are right one by one, converted; what is wrong goes into faults."""
    sound = {}
    for name, value in values.items():
        try:
            sound[name] = _converted(cls, name, value)
        except Wrong as fault:
            faults.append(fault)
    return sound


def _converted(cls: type[Layer], name: str, value: Any) -> Any:
    if name not in hints_of(cls):
        known = ", ".join(hints_of(cls)) or text("none")
        raise Wrong(
            name,
            text("{layer} has no parameter “{name}”; it has: {known}.", layer=cls.about.title, name=name, known=known),
        )
    parameter = cls.about.parameter(name)
    try:
        converted = msgspec.convert(value, hints_of(cls)[name])
    except msgspec.ValidationError as error:
        raise Wrong(name, _expected(parameter, value)) from error
    check_value(parameter, converted)
    return converted


def _expected(parameter: Parameter, value: Any) -> Text:
    return text(
        "{parameter} takes {expected}; it is {value}.",
        parameter=parameter.name,
        expected=expected_text(parameter),
        value=msgspec.json.encode(value).decode()[:80],
    )
