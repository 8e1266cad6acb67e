"""Which torch call a layer becomes, as data: printed by `engine.lower`, never run here."""

from typing import Literal, NamedTuple, TypeAlias

import msgspec


class In(NamedTuple):
    """The value that comes into a port. For a port that takes several: the tuple of them."""

    port: str


class Size(NamedTuple):
    """The size of what comes into a port along an axis, read when the code runs, so that the batch stays free."""

    port: str
    axis: int


class Wanted(NamedTuple):
    """For an argument that is True by default and asks for an output: False where nothing takes that port."""

    port: str


Literals: TypeAlias = "bool | int | float | str | tuple[Literals, ...] | None"
Argument: TypeAlias = "Literals | In | Size | Wanted | tuple[Argument, ...]"


class Call(msgspec.Struct, frozen=True):
    """A torch call.

    "module": `name(**named)` is made once in the constructor and called with `positional` and `passed`;
    "method": `positional[0].name(*positional[1:], **named)`;
    "function": `name(*positional, **named)`;
    "operator": the positional values with `name` (`+` or `*`) between them.
    """

    kind: Literal["module", "method", "function", "operator"]
    name: str
    positional: tuple[Argument, ...] = ()
    named: tuple[tuple[str, Argument], ...] = ()
    passed: tuple[tuple[str, Argument], ...] = ()

    def passing(self, **arguments: Argument) -> "Call":
        """The call of a module with these keyword arguments."""
        return msgspec.structs.replace(self, passed=tuple(arguments.items()))


def module(name: str, *inputs: In, **arguments: Literals) -> Call:
    """`self.node = name(**arguments)`, then `self.node(*inputs)`; no inputs named: all ports in their order."""
    return Call("module", name, inputs, tuple(arguments.items()))


def method(name: str, *arguments: Argument, **named: Argument) -> Call:
    """`arguments[0].name(*arguments[1:], **named)`."""
    return Call("method", name, arguments, tuple(named.items()))


def function(name: str, *arguments: Argument, **named: Argument) -> Call:
    """`name(*arguments, **named)`, for example `torch.cat`."""
    return Call("function", name, arguments, tuple(named.items()))


def operator(sign: Literal["+", "*"], *arguments: Argument) -> Call:
    """`arguments[0] sign arguments[1] …`; the values of a port that takes several stand one by one."""
    return Call("operator", sign, arguments)
