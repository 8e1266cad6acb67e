"""The class of a block's instances, made from its definition."""

import math
from functools import cache, lru_cache
from typing import Annotated, Any, get_args, get_origin
from weakref import WeakValueDictionary

import msgspec

from engine.blocks.block import Block, Lifted, Target
from engine.blocks.inside import inputs_of, outputs_of
from engine.blocks.layer import PREFIX, BlockLayer
from engine.blocks.values import declared, unscaled
from engine.graph import Graph
from engine.layers import Help, InputPort, Layer, Parameter, Range, Wrong
from engine.layers.base import About
from engine.layers.catalogue import hints_of
from engine.layers.parameters import parameter_of, parameters_of


def block_layer(name: str, block: Block) -> type[BlockLayer]:
    """The class of a block's instances; the same object for an equal definition. `about.id` is "block:" and the name.

    Its `about` has the ports of the definition, the family "Blocks", and `repeat` and the lifted parameters, which
    take type, range and help from the parameters that they set.
    """
    return _known(_Same(name, block))


class _Same:
    """A name and a definition, the same where they are the same objects."""

    __slots__ = ("block", "name")

    def __init__(self, name: str, block: Block) -> None:
        self.name, self.block = name, block

    def __hash__(self) -> int:
        return hash((self.name, id(self.block)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.name == other.name and self.block is other.block


_classes: WeakValueDictionary[tuple[str, int], type[BlockLayer]] = WeakValueDictionary()


@lru_cache(maxsize=256)  # few, since each keeps a class and its drawing alive
def _known(same: _Same) -> type[BlockLayer]:
    key = same.name, _digest(same.block)
    found = _classes.get(key)
    if found is None or found.block != same.block:
        found = _classes[key] = _made(same.name, same.block)
    return found


@cache
def _repeat() -> tuple[Parameter, ...]:
    """What every block has on its face."""
    return parameters_of(BlockLayer)


def _digest(block: Block) -> int:
    """Equal for equal definitions; other where the order of the nodes, and so of the ports, is another."""
    graph = block.graph
    nodes = tuple((name, node.layer, node.label, frozenset(node.inputs.items())) for name, node in graph.nodes.items())
    held = graph.annotations
    beside = tuple(frozenset(kind.items()) for kind in (graph.places, held.frames, held.notes, held.bookmarks))
    face = tuple((one.name, one.targets, one.help, _hash(one.default)) for one in block.parameters)
    return hash((nodes, beside, graph.flow, face, block.summary))


def _hash(value: Any) -> int:
    """Equal for equal values: 1 and 1.0 are."""
    return hash(tuple(value) if isinstance(value, list) else value)


def _made(name: str, block: Block) -> type[BlockLayer]:
    title = "".join(part[:1].upper() + part[1:] for part in name.split("_"))
    fields = [_field(block.graph, lifted) for lifted in block.parameters]
    cls = msgspec.defstruct(title, fields, bases=(BlockLayer,), module=__name__, frozen=True, cache_hash=True)
    assert issubclass(cls, BlockLayer)
    outputs = outputs_of(block.graph)
    cls.block, cls.name = block, name
    cls.depth = 1 + max((inner.depth for inner in _used(block.graph)), default=0)
    cls.example = tuple(block.graph.nodes[port].layer.infer() for port in inputs_of(block.graph))
    cls.about = About(
        id=PREFIX + name,
        title=title,
        family="Blocks",
        stem=name,
        also=(),
        summary=_message(block.summary),
        inputs=tuple(InputPort(port) for port in inputs_of(block.graph)),
        outputs=("output",) if len(outputs) == 1 else outputs,
        parameters=(*_repeat(), *(parameter_of(*field) for field in fields)),
    )
    return cls


def _used(graph: Graph[Layer]) -> set[type[BlockLayer]]:
    return {type(node.layer) for node in graph.nodes.values() if isinstance(node.layer, BlockLayer)}


def _field(graph: Graph[Layer], lifted: Lifted) -> tuple[str, Any, Any]:
    hint = face_type(graph, lifted)
    return lifted.name, hint, face_default(graph, lifted, hint)


def face_type(graph: Graph[Layer], lifted: Lifted) -> Any:
    """The annotation of a lifted parameter: that of its first target, with the bounds of all."""
    targets = [target for target in lifted.targets if declared(graph, target)]
    if not targets:
        return Annotated[_guessed(lifted.default), Help(_message(lifted.help))]
    hint = _hint(graph, targets[0])
    plain, extras = (get_args(hint)[0], get_args(hint)[1:]) if get_origin(hint) is Annotated else (hint, ())
    info = next((extra for extra in extras if isinstance(extra, Help)), Help(""))
    bounds = _common([(_bounds(_hint(graph, target)), target.times) for target in targets])
    return Annotated[plain, bounds, Help(_message(lifted.help) or info.sentence, info.unit)]


def face_default(graph: Graph[Layer], lifted: Lifted, hint: Any) -> Any:
    """What an instance starts with: the lifted default where it is allowed, else what the first target has."""
    try:
        return _allowed(lifted.name, lifted.default, hint)
    except (msgspec.ValidationError, Wrong):
        pass
    for target in lifted.targets:
        if declared(graph, target):
            return unscaled(getattr(graph.nodes[target.node].layer, target.parameter), target.times)
    return lifted.default


def _allowed(name: str, value: Any, hint: Any) -> Any:
    """The value in the type's own form. Raises ValidationError or Wrong."""
    converted = msgspec.convert(msgspec.to_builtins(value), hint)
    if get_origin(hint) is Annotated:
        bounds = _bounds(hint)
        for one in converted if isinstance(converted, tuple) else (converted,):
            if isinstance(one, int | float) and not isinstance(one, bool) and not bounds.holds(one):
                raise msgspec.ValidationError(name)
    return converted


def _hint(graph: Graph[Layer], target: Target) -> Any:
    return hints_of(type(graph.nodes[target.node].layer))[target.parameter]


def _bounds(hint: Any) -> Range:
    return next((extra for extra in getattr(hint, "__metadata__", ()) if isinstance(extra, Range)), Range())


def _common(bounds: list[tuple[Range, int]]) -> Range:
    """What is in all of these ranges once it is so many times as large."""
    found, times = bounds[0]
    low, high = _divided(found.low, times, math.ceil), _divided(found.high, times, math.floor)
    for other, factor in bounds[1:]:
        low = max(low, _divided(other.low, factor, math.ceil))
        high = min(high, _divided(other.high, factor, math.floor))
    return Range(low, high, any(one.above for one, _ in bounds), any(one.below for one, _ in bounds))


def _divided(bound: float, times: int, rounded: Any) -> float:
    if times == 1 or math.isinf(bound):
        return bound
    return rounded(bound / times) if isinstance(bound, int) else bound / times


def _message(words: str) -> str:
    """A person's words as a message, which is what layers hold: in one, a bracket of this kind is written twice."""
    return words.replace("{", "{{").replace("}", "}}")


def _guessed(value: Any) -> Any:
    """The type of a parameter whose targets are not there, or not known to this version."""
    if isinstance(value, list | tuple):
        return tuple[int, ...] if all(type(one) is int for one in value) else tuple[str, ...]
    return type(value) if isinstance(value, bool | int | float | str) else str | None
