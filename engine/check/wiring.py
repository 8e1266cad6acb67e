"""What comes into a node: the specs at its ports, and what is wrong with the wires themselves."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from engine.check.judge import Arguments
from engine.check.order import Nodes
from engine.check.report import Problem, Suggestion
from engine.check.titles import suggest
from engine.graph import Connect, Disconnect, Inlet, Outlet, Spec
from engine.layers import InputPort, Unknown
from engine.text import text

Specs = Mapping[str, tuple[Spec, ...]]


Slot: TypeAlias = tuple[str, int] | None


class Wires(NamedTuple):
    """Where a node's arguments come from: node and number of its output, or None at an optional port without a wire.

    `slots` is None where a wire is missing or comes from nowhere. Holds as long as the node's own wires and the types
    of layer behind them do, whatever the specs.
    """

    slots: tuple[Slot, ...] | None
    problems: tuple[Problem, ...]


def wires_of(nodes: Nodes, name: str) -> Wires:
    """The wires into a node of the drawing, the first where several came to a port that takes one."""
    node = nodes[name]
    slots: list[Slot] = []
    whole = True
    for port in type(node.layer).about.inputs:
        sources = node.inputs.get(port.name, ())
        found = [_slot(nodes, source) for source in (sources if port.variadic else sources[:1])]
        whole = whole and None not in found and (bool(found) or port.optional)
        slots += found or [None]
    return Wires(tuple(slots) if whole else None, tuple(_wire_faults(nodes, name)))


def arguments_from(wires: Wires, specs: Specs) -> Arguments | None:
    """One spec for each slot, or None where one of them is not known."""
    slots = wires.slots
    if slots is None:
        return None
    if len(slots) == 1 and (only := slots[0]):  # nearly every node: one port, one wire
        made = specs.get(only[0])
        return (made[only[1]],) if made else None
    found: list[Spec | None] = []
    for slot in slots:
        made = specs.get(slot[0]) if slot else None
        if slot and not made:
            return None
        found.append(made[slot[1]] if slot and made else None)
    return tuple(found)


def spec_at(nodes: Nodes, specs: Specs, source: Outlet) -> Spec | None:
    """What flows out of an outlet, where it is there and known."""
    slot = _slot(nodes, source)
    made = specs.get(source.node)
    return made[slot[1]] if slot and made else None


def _slot(nodes: Nodes, source: Outlet) -> Slot:
    if source.node not in nodes:
        return None
    ports = type(nodes[source.node].layer).about.outputs
    return (source.node, ports.index(source.port)) if source.port in ports else None


def _wire_faults(nodes: Nodes, name: str) -> Iterator[Problem]:
    node = nodes[name]
    if isinstance(node.layer, Unknown):
        return
    ports = {port.name: port for port in type(node.layer).about.inputs}
    for port in ports.values():
        yield from _port_faults(name, port, node.inputs.get(port.name, ()))
    for port_name, sources in node.inputs.items():
        if port_name not in ports:
            yield _no_such_port(name, port_name, sources, ports)
        yield from _source_faults(nodes, name, port_name, sources)


def _port_faults(name: str, port: InputPort, sources: tuple[Outlet, ...]) -> Iterator[Problem]:
    if not sources and not port.optional:
        sentence = text("Nothing comes into {node} at “{port}”. Draw a wire to it.", node=name, port=port.name)
        yield Problem("missing_wire", name, port.name, "error", sentence)
    if len(sources) > 1 and not port.variadic:
        yield Problem(
            "surplus_wire",
            name,
            port.name,
            "error",
            text(
                "{node} takes one wire at “{port}”; {count} come in. Remove all but one.",
                node=name,
                port=port.name,
                count=len(sources),
            ),
            tuple(_without(name, port.name, slot, source) for slot, source in enumerate(sources)),
        )


def _no_such_port(name: str, port: str, sources: tuple[Outlet, ...], ports: Mapping[str, InputPort]) -> Problem:
    sentence = text(
        "{node} has no input “{port}”; it has: {ports}. Remove the wire.",
        node=name,
        port=port,
        ports=", ".join(ports) or text("none"),
    )
    return Problem("unknown_port", name, port, "error", sentence, (_without(name, port, 0, sources[0]),))


def _source_faults(nodes: Nodes, name: str, port: str, sources: tuple[Outlet, ...]) -> Iterator[Problem]:
    """The first wire into a port that comes from a node or an output that is not there."""
    for slot, source in enumerate(sources):
        target = Inlet(name, port, slot)
        if source.node not in nodes:
            sentence = text(
                "The wire into {node} comes from “{source}”, which is not there.", node=name, source=source.node
            )
            yield Problem("lost_source", name, port, "error", sentence, (suggest(Disconnect(target), nodes, name),))
            return
        layer = nodes[source.node].layer
        offered = type(layer).about.outputs
        if source.port not in offered and not isinstance(layer, Unknown):
            sentence = text(
                "{source} has no output “{port}”; it has: {ports}.",
                source=source.node,
                port=source.port,
                ports=", ".join(offered) or text("none"),
            )
            others = tuple(suggest(Connect(Outlet(source.node, other), target), nodes, name) for other in offered)
            yield Problem(
                "lost_output", name, port, "error", sentence, (*others, suggest(Disconnect(target), nodes, name))
            )
            return


def _without(name: str, port: str, slot: int, source: Outlet) -> Suggestion:
    title = text("Remove the wire from {source}", source=source.node)
    return Suggestion(title, Disconnect(Inlet(name, port, slot)))
