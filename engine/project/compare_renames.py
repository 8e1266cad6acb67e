"""Nodes that have another name and are else as before: same layer, same wires."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import Any

from msgspec.structs import replace

from engine.graph import Diff, Graph, Node, Outlet
from engine.graph.edits import renamed_sources

ROUNDS = 12


def renames(old: Graph[Any], new: Graph[Any], found: Diff) -> dict[str, str]:
    """From old names to new ones, among the nodes that came and went. Cost is about that of a look at each of them."""
    gone = [name for name in old.nodes if name in found.removed]
    came = [name for name in new.nodes if name in found.added]
    if not gone or not came:
        return {}
    names: dict[str, str] = {}
    for _ in range(ROUNDS):
        paired = _pairs(old, new, gone, came, names)
        if not paired:
            break
        names |= paired
        gone = [name for name in gone if name not in paired]
        taken = set(paired.values())
        came = [name for name in came if name not in taken]
    return _proved(old, new, names)


def with_renames(graph: Graph[Any], names: Mapping[str, str]) -> Graph[Any]:
    """The drawing with these nodes under other names; the new names are free."""
    if not names:
        return graph
    nodes = {names.get(name, name): renamed_sources(node, names) for name, node in graph.nodes.items()}
    places = {names.get(name, name): place for name, place in graph.places.items()}
    return replace(graph, nodes=nodes, places=places)


def _pairs(
    old: Graph[Any], new: Graph[Any], gone: list[str], came: list[str], names: Mapping[str, str]
) -> dict[str, str]:
    """Those that look alike as far as is known, the first with the first."""
    waiting: defaultdict[Any, list[str]] = defaultdict(list)
    open_old, open_new = set(gone), set(came)
    for name in gone:
        waiting[_looks(old, old.nodes[name], open_old, names)].append(name)
    found = {}
    for name in came:
        if alike := waiting.get(_looks(new, new.nodes[name], open_new, {})):
            found[alike.pop(0)] = name
    return found


def _looks(graph: Graph[Any], node: Node[Any], unsure: set[str], names: Mapping[str, str]) -> Any:
    """A node's layer and where its inputs come from; of a source whose name may have changed, only its layer."""

    def seen(source: Outlet) -> Any:
        if source.node in unsure:
            return (graph.nodes[source.node].layer, source.port)
        return (names.get(source.node, source.node), source.port)

    return node.layer, tuple((port, tuple(map(seen, node.inputs[port]))) for port in sorted(node.inputs))


def _proved(old: Graph[Any], new: Graph[Any], names: dict[str, str]) -> dict[str, str]:
    """Those of the pairs whose wires are the same in both drawings, once all of the others are renamed too."""
    for _ in range(ROUNDS):
        came = set(names.values())
        was_there = with_renames(old, names)
        before, after = _feeds(was_there, came), _feeds(new, came)
        renamed = was_there.nodes
        both = renamed.keys() & new.nodes.keys()
        wrong = {
            was
            for was, name in names.items()
            if renamed[name].inputs != new.nodes[name].inputs or not _agree(before[name], after[name], both)
        }
        if not wrong:
            return names
        names = {was: name for was, name in names.items() if was not in wrong}
    return {}


def _feeds(graph: Graph[Any], wanted: Iterable[str]) -> dict[str, Counter[tuple[str, str, str]]]:
    """Where the values of these nodes go: output port, node, input port."""
    found: dict[str, Counter[tuple[str, str, str]]] = {name: Counter() for name in wanted}
    for wire in graph.wires():
        if wire.source.node in found:
            found[wire.source.node][(wire.source.port, wire.target.node, wire.target.port)] += 1
    return found


def _agree(before: Counter[Any], after: Counter[Any], both: Set[str]) -> bool:
    """Whether they feed the same of the nodes that are in both drawings."""
    kept = [{key: n for key, n in side.items() if key[1] in both} for side in (before, after)]
    return kept[0] == kept[1]
