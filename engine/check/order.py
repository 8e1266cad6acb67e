"""In which order nodes run, and which go round in circles."""

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from engine.graph import Node

Nodes: TypeAlias = Mapping[str, Node[Any]]


class Order(NamedTuple):
    """`names` run one after the other, each after its sources; each of `circles` is a circle of wires.

    A circle begins with its first node in the drawing and goes along the wires. `circular` are all nodes that lie
    on any circle; they are not among `names`. Of all possible orders this is the one closest to the drawing's own,
    so that a wire that already goes forward leaves it as it is.
    """

    names: tuple[str, ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()
    circular: frozenset[str] = frozenset()


def sources_of(node: Node[Any]) -> Iterator[str]:
    """The names of the nodes that are wired into a node, as often as they are."""
    return (source.node for sources in node.inputs.values() for source in sources)


def run_order(nodes: Nodes) -> Order:
    """The order, from nothing. Wires from nodes that are not there are passed over."""
    if _goes_forward(nodes):
        return Order(tuple(nodes))
    names = _sorted(nodes, frozenset())
    if len(names) == len(nodes):
        return Order(names)
    groups = _knots(nodes, nodes.keys() - set(names))
    circular = frozenset(name for group in groups for name in group)
    return Order(_sorted(nodes, circular), tuple(_circle(nodes, group) for group in groups), circular)


def stays_forward(nodes: Nodes, index: Mapping[str, int], changed: Iterable[str]) -> bool:
    """Whether all wires still go forward after these nodes' wires changed; `index` is where each node is drawn."""
    return all(index.get(source, -1) < index[name] for name in changed for source in sources_of(nodes[name]))


def _goes_forward(nodes: Nodes) -> bool:
    """True where every node is drawn after its sources."""
    seen = set()
    for name, node in nodes.items():
        for sources in node.inputs.values():
            for source, _ in sources:
                if source not in seen and source in nodes:
                    return False
        seen.add(name)
    return True


def _sorted(nodes: Nodes, without: Collection[str]) -> tuple[str, ...]:
    """Kahn's algorithm, always taking the node that was drawn first; stops where circles begin."""
    names = [name for name in nodes if name not in without]
    index = {name: number for number, name in enumerate(names)}
    waiting: list[int] = []
    takers: dict[str, list[int]] = {name: [] for name in names}
    for number, name in enumerate(names):
        sources = {source for source in sources_of(nodes[name]) if source in index}
        waiting.append(len(sources))
        for source in sources:
            takers[source].append(number)
    ready = [number for number, count in enumerate(waiting) if not count]
    order = []
    while ready:
        name = names[heapq.heappop(ready)]
        order.append(name)
        for number in takers[name]:
            waiting[number] -= 1
            if not waiting[number]:
                heapq.heappush(ready, number)
    return tuple(order)


def _knots(nodes: Nodes, names: set[str]) -> list[list[str]]:
    """The sets of nodes that reach each other and themselves, each in the drawing's order (Kosaraju's algorithm)."""
    takers: dict[str, list[str]] = {name: [] for name in names}
    inside = [name for name in nodes if name in names]
    for name in inside:
        for source in sources_of(nodes[name]):
            if source in names:
                takers[source].append(name)
    found = []
    left = set(names)
    for name in reversed(_finished(inside, takers)):
        if name not in left:
            continue
        group = _ancestors(nodes, name, left)
        left -= group
        if len(group) > 1 or name in takers[name]:
            found.append([other for other in inside if other in group])
    return sorted(found, key=lambda group: inside.index(group[0]))


def _finished(inside: list[str], takers: Mapping[str, list[str]]) -> list[str]:
    """Nodes in the order in which a depth-first walk along the wires leaves them."""
    done: list[str] = []
    seen: set[str] = set()
    for start in inside:
        stack = [] if start in seen else [(start, iter(takers[start]))]
        seen.add(start)
        while stack:
            name, rest = stack[-1]
            step = next((taker for taker in rest if taker not in seen), None)
            if step is None:
                done.append(name)
                stack.pop()
            else:
                seen.add(step)
                stack.append((step, iter(takers[step])))
    return done


def _ancestors(nodes: Nodes, name: str, among: set[str]) -> set[str]:
    """The node and what leads to it, among these."""
    found = {name}
    stack = [name]
    while stack:
        for source in sources_of(nodes[stack.pop()]):
            if source in among and source not in found:
                found.add(source)
                stack.append(source)
    return found


def _circle(nodes: Nodes, group: list[str]) -> tuple[str, ...]:
    """The shortest circle through the first node of a knot, along the wires."""
    first, inside = group[0], set(group)
    following = {first: ""}
    queue = [first]
    for name in queue:
        for source in sources_of(nodes[name]):
            if source == first:
                return tuple(_walk(name, following))
            if source in inside and source not in following:
                following[source] = name
                queue.append(source)
    raise AssertionError("a knot has a circle through each of its nodes")


def _walk(name: str, following: Mapping[str, str]) -> Iterator[str]:
    """From the node that the first one leads to, on to the last, beginning with the first."""
    path = [name]
    while following[path[-1]]:
        path.append(following[path[-1]])
    yield path[-1]
    yield from path[:-1]
