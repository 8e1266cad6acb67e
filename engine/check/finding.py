"""Finds nodes: by name, label, type of layer, a parameter's value, or the shape that comes out.

A query is words with spaces between them, and a node is found where every word holds:
`conv` is part of its name, its label, its type or one of the type's other names; `kernel_size` is a parameter that it
has; `out_channels=64` compares one (also with `!=`, `<`, `<=`, `>`, `>=`; `kernel_size=3x3`); `64x56x56` is the shape
of an output, without the batch or with it, in which `*` stands for any size; `=64` holds where any parameter has the
value. A number alone, `64`, is part of a name, the value of a parameter, or a size of what comes out, and those found
so come in this order.
"""

import re
from collections.abc import Callable, Iterator
from operator import eq, ge, gt, le, lt, ne
from typing import Any, TypeAlias

from engine.check.report import Report
from engine.graph import Graph, Node
from engine.graph.spec import BATCH
from engine.layers import Layer, Unknown, layer_type

Holds: TypeAlias = Callable[[str, Node[Layer], Report], bool]

_COMPARED = re.compile(r"(?P<name>\w*)(?P<sign><=|>=|!=|=|<|>)(?P<value>.+)")
_SHAPE = re.compile(r"[\w*]+([x×,][\w*]+)+|\*")
_ALONE = re.compile(r"-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
_SIGNS = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def find(graph: Graph[Layer], report: Report, query: str) -> list[str]:
    """The names of the nodes for which every word of the query holds: those called so first, then as they run."""
    words = [_word(word) for word in query.split()]
    if not words:
        return []
    called, order = query.casefold(), {name: place for place, name in enumerate(report.order)}
    ranks: dict[str, tuple[bool, bool, int, int]] = {}
    for name, node in graph.nodes.items():
        ways = [_way(word, name, node, report) for word in words]
        if None not in ways:
            plain = name.casefold()
            worst = max(way for way in ways if way is not None)
            ranks[name] = called != plain, called not in plain, worst, order.get(name, len(order))
    return sorted(ranks, key=lambda name: ranks[name])


def _way(word: tuple[Holds, ...], name: str, node: Node[Layer], report: Report) -> int | None:
    """Which of a word's meanings, the likeliest first, holds for a node."""
    return next((place for place, holds in enumerate(word) if holds(name, node, report)), None)


def _word(word: str) -> tuple[Holds, ...]:
    """What a word can mean."""
    if compared := _COMPARED.fullmatch(word):
        return (_comparison(compared["name"], compared["sign"], compared["value"]),)
    named = _named(word.casefold())
    if _ALONE.fullmatch(word):
        return named, _comparison("", "=", word), _sized(word)
    if _SHAPE.fullmatch(word):
        return named, _shaped(re.split("[x×,]", word.lower()))
    return named, _having(word)


def _having(parameter: str) -> Holds:
    def holds(_name: str, node: Node[Layer], _report: Report) -> bool:
        return any(declared.name == parameter for declared in type(node.layer).about.parameters)

    return holds


def _named(part: str) -> Holds:
    def holds(name: str, node: Node[Layer], _report: Report) -> bool:
        return any(part in word.casefold() for word in (name, node.label, *_type_words(node.layer)))

    return holds


def _type_words(layer: Layer) -> tuple[str, ...]:
    about = type(layer).about
    return (layer.type,) if isinstance(layer, Unknown) else (layer_type(layer), about.title, *about.also)


def _shaped(sizes: list[str]) -> Holds:
    def holds(name: str, _node: Node[Layer], report: Report) -> bool:
        for spec in report.specs.get(name, ()):
            whole = [str(size).lower() for size in spec.shape]
            shapes = [whole, whole[1:]] if spec.shape[:1] == (BATCH,) else [whole]
            if any(len(s) == len(sizes) and all(a in ("*", b) for a, b in zip(sizes, s, strict=True)) for s in shapes):
                return True
        return False

    return holds


def _sized(size: str) -> Holds:
    def holds(name: str, _node: Node[Layer], report: Report) -> bool:
        return any(str(part) == size for spec in report.specs.get(name, ()) for part in spec.shape)

    return holds


def _comparison(parameter: str, sign: str, written: str) -> Holds:
    compare = _SIGNS[sign]
    known: dict[Layer, bool] = {}

    def holds(_name: str, node: Node[Layer], _report: Report) -> bool:
        found = known.get(node.layer)
        if found is None:
            values = _values(node.layer, parameter)
            found = known[node.layer] = any(_compared(compare, value, written) for value in values)
        return found

    return holds


def _values(layer: Layer, parameter: str) -> Iterator[Any]:
    """The value of a parameter, by its whole name; of every one where none is named."""
    for declared in type(layer).about.parameters:
        if parameter in ("", declared.name):
            yield getattr(layer, declared.name)


def _compared(compare: Callable[[Any, Any], bool], value: Any, written: str) -> bool:
    """Numbers as numbers, a size by all of its numbers or by one that stands for all; all else as it is written."""
    if isinstance(value, tuple) and value and all(isinstance(part, int | float) for part in value):
        wanted = [_number(part) for part in re.split("[x×,]", written)]
        wanted = wanted * len(value) if len(wanted) == 1 else wanted
        if None in wanted or len(wanted) != len(value):
            return False
        pairs = [compare(have, want) for have, want in zip(value, wanted, strict=True)]
        return any(pairs) if compare is ne else all(pairs)
    number = _number(written)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number is not None and bool(compare(value, number))
    texts = [str(part).casefold() for part in (value if isinstance(value, tuple) else (value,))]
    equal = written.casefold() in texts
    return equal if compare is eq else (not equal if compare is ne else False)


def _number(written: str) -> float | None:
    try:
        return float(written)
    except ValueError:
        return None
