"""The whole drawing laid out anew: rows from the inputs down, each node below the middle of what feeds it."""

from collections import defaultdict

from msgspec.structs import replace

from designer.layout import COLUMN, ROW, snapped, sources_first
from engine.graph import Graph, Place
from engine.layers import Layer


def arranged(graph: Graph[Layer]) -> Graph[Layer]:
    """The drawing with new places for all nodes."""
    order = list(sources_first(graph, graph.nodes.keys()))
    rows: defaultdict[int, list[str]] = defaultdict(list)
    for name, row in _rows(graph, order).items():
        rows[row].append(name)
    x: dict[str, float] = {}
    for row in sorted(rows):
        x.update(_spread({name: _middle(graph, name, x) for name in rows[row]}))
    places = {name: snapped(Place(x[name], row * ROW)) for row, names in rows.items() for name in names}
    return replace(graph, places={name: places[name] for name in graph.nodes})


def _rows(graph: Graph[Layer], order: list[str]) -> dict[str, int]:
    """One row below the lowest source; a wire that closes a circle does not count."""
    rows: dict[str, int] = {}
    for name in order:
        above = [rows[wire.source.node] for wire in graph.into(name) if wire.source.node in rows]
        rows[name] = max(above, default=-1) + 1
    return rows


def _middle(graph: Graph[Layer], name: str, x: dict[str, float]) -> float:
    above = [x[wire.source.node] for wire in graph.into(name) if wire.source.node in x]
    return sum(above) / len(above) if above else 0


def _spread(wanted: dict[str, float]) -> dict[str, float]:
    """Places in a row as near as can be to those wanted, a column apart, with the same middle."""
    x: dict[str, float] = {}
    last = float("-inf")
    for name in sorted(wanted, key=wanted.__getitem__):
        last = x[name] = max(wanted[name], last + COLUMN)
    shift = (sum(wanted.values()) - sum(x.values())) / len(x)
    return {name: place + shift for name, place in x.items()}
