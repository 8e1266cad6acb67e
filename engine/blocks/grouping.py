"""Nodes of a drawing made into a block that stands in their place."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from engine.blocks.block import Block
from engine.blocks.declaring import block_layer
from engine.blocks.drawings import ProjectT
from engine.blocks.instances import used_blocks
from engine.check.order import sources_of
from engine.check.report import Report
from engine.check.whole import ENDS
from engine.check.wiring import spec_at
from engine.graph import Flow, Graph, Node, Outlet, Place, Spec, edits, free_name, name_fault
from engine.graph.flow import COLUMN, GRID, ROW, along, beside, place_at
from engine.layers import Layer
from engine.layers.block_input import BlockInput
from engine.layers.block_output import BlockOutput
from engine.text import Failure, Text, text


class Ports(NamedTuple):
    """What crosses the border: outlets outside by the name of their port, and ports by outlets inside."""

    inputs: Mapping[Outlet, str]
    outputs: Mapping[Outlet, str]


def block_fault(name: str, blocks: Mapping[str, Block]) -> Text | None:
    """Why a block cannot have this name, or None where it can."""
    if name in blocks:
        return text("There is a block “{name}” already.", name=name)
    return name_fault(name)


def cut_out(graph: Graph[Layer], names: Iterable[str], report: Report | None = None) -> tuple[Block, Ports]:
    """The block that these nodes make, and how it is wired. Raises Failure where they cannot be one.

    Where the report is given, its inputs are drawn with the shapes that arrive now.
    """
    chosen = [name for name in graph.nodes if name in set(names)]
    _check(graph, chosen)
    within = edits.piece(graph, chosen)
    inputs = _inputs(within)
    ports = Ports(inputs, _outputs(graph, within, inputs.values()))
    specs = {outlet: spec_at(graph.nodes, report.specs, outlet) for outlet in ports.inputs} if report else {}
    nodes: dict[str, Node[Layer]] = {port: Node(_port(specs.get(outlet))) for outlet, port in ports.inputs.items()}
    for name, node in within.nodes.items():
        wired = {port: tuple(_from_port(s, inputs) for s in sources) for port, sources in node.inputs.items()}
        nodes[name] = replace(node, inputs=wired)
    for outlet, port in ports.outputs.items():
        nodes[port] = Node(BlockOutput(), {"value": (outlet,)})
    return Block(Graph(nodes, {**within.places, **_port_places(within, ports)}, flow=graph.flow)), ports


def group(
    project: ProjectT, graph: Graph[Layer], names: Iterable[str], block_name: str, report: Report | None = None
) -> tuple[ProjectT, Graph[Layer], str]:
    """Makes nodes of a drawing (a network's or a block's) into a block; gives the drawing with its instance, named.

    Wires that cross the border become ports: of one outlet, one. Raises Failure where the nodes cannot be a block.
    """
    if fault := block_fault(block_name, project.blocks):
        raise Failure(fault)
    chosen = set(names)
    block, ports = cut_out(graph, chosen, report)
    names_used = used_blocks(block.graph)
    place = max((index for index, name in enumerate(project.blocks, 1) if name in names_used), default=0)
    known = list(project.blocks.items())
    blocks = dict([*known[:place], (block_name, block), *known[place:]])
    grouped, instance = _with_instance(graph, chosen, block_layer(block_name, block)(), ports)
    return replace(project, blocks=blocks), grouped, instance


def _with_instance(graph: Graph[Layer], chosen: set[str], layer: Layer, ports: Ports) -> tuple[Graph[Layer], str]:
    """The drawing with an instance in place of these nodes, after the last of them."""
    name = free_name(type(layer).about.stem, graph.nodes.keys() - chosen)
    block_outputs = type(layer).about.outputs
    given = {outlet: Outlet(name, block_outputs[at]) for at, outlet in enumerate(ports.outputs)}
    instance = Node(layer, {port: (outlet,) for outlet, port in ports.inputs.items()})
    last = [other for other in graph.nodes if other in chosen][-1]
    nodes: dict[str, Node[Layer]] = {}
    for other, node in graph.nodes.items():
        if other not in chosen:
            nodes[other] = _taking(node, given)
        elif other == last:
            nodes[name] = instance
    places = {other: place for other, place in graph.places.items() if other not in chosen}
    if stood := [graph.places[other] for other in chosen if other in graph.places]:
        middle = (sum(place[axis] for place in stood) / len(stood) for axis in (0, 1))
        places[name] = Place(*(round(at / GRID) * GRID for at in middle))
    return replace(graph, nodes=nodes, places=places), name


def _taking(node: Node[Layer], given: Mapping[Outlet, Outlet]) -> Node[Layer]:
    if all(source not in given for sources in node.inputs.values() for source in sources):
        return node
    inputs = {port: tuple(given.get(source, source) for source in sources) for port, sources in node.inputs.items()}
    return replace(node, inputs=inputs)


def _check(graph: Graph[Layer], chosen: list[str]) -> None:
    """Raises Failure where these nodes cannot be made a block."""
    if not chosen:
        raise Failure(text("Choose the nodes that the block is to be made of."))
    for name in chosen:
        if isinstance(graph.nodes[name].layer, ENDS):
            raise Failure(text("{node} is where values enter or leave; it cannot go into a block.", node=name))
    if between := _between(graph, set(chosen)):
        sentence = text(
            "{node} takes from these nodes and gives to them: choose it too, or leave some out.", node=between
        )
        raise Failure(sentence)


def _between(graph: Graph[Layer], chosen: set[str]) -> str:
    """A node outside that a way leads through from chosen nodes to chosen nodes; empty where there is none."""
    takers: dict[str, list[str]] = {}
    for name, node in graph.nodes.items():
        for source in sources_of(node):
            takers.setdefault(source, []).append(name)
    first = [taker for name in graph.nodes if name in chosen for taker in takers.get(name, ()) if taker not in chosen]
    came = dict.fromkeys(first)
    stack = list(came)
    while stack:
        for taker in takers.get(name := stack.pop(), ()):
            if taker in chosen:
                return name
            if taker not in came:
                came[taker] = None
                stack.append(taker)
    return ""


def _inputs(within: Graph[Layer]) -> dict[Outlet, str]:
    """The ports for what comes from outside, called as the input that it goes into first."""
    found: dict[Outlet, str] = {}
    for node in within.nodes.values():
        variadic = {port.name for port in type(node.layer).about.inputs if port.variadic}
        for port, sources in node.inputs.items():
            for source in sources:
                if source.node not in within.nodes and source not in found:
                    stem = "value" if port in variadic else port
                    found[source] = _free(stem, {*within.nodes, *found.values()})
    return found


def _outputs(graph: Graph[Layer], within: Graph[Layer], taken: Iterable[str]) -> dict[Outlet, str]:
    """The ports for what is taken outside; where nothing is, for what nobody takes."""
    wires = [wire for wire in graph.wires() if wire.source.node in within.nodes]
    leaving = {wire.source for wire in wires if wire.target.node not in within.nodes}
    if not leaving:
        inner = {wire.source.node for wire in wires}
        leaving = {
            Outlet(name, port)
            for name, node in within.nodes.items()
            if name not in inner
            for port in type(node.layer).about.outputs[:1]
        }
    found: dict[Outlet, str] = {}
    for name, node in within.nodes.items():
        ports = dict.fromkeys((*type(node.layer).about.outputs, *sorted(o.port for o in leaving if o.node == name)))
        for outlet in (Outlet(name, port) for port in ports if Outlet(name, port) in leaving):
            stem = "y" if len(leaving) == 1 else f"{name}_out" if outlet.port == "output" else f"{name}_{outlet.port}"
            found[outlet] = _free(stem, {*within.nodes, *taken, *found.values()})
    return found


def _free(stem: str, taken: set[str]) -> str:
    """The stem itself where it is a free name, else with a number."""
    return stem if stem not in taken and not name_fault(stem) else free_name(stem, taken)


def _from_port(source: Outlet, inputs: Mapping[Outlet, str]) -> Outlet:
    return Outlet(inputs[source], "output") if source in inputs else source


def _port(spec: Spec | None) -> BlockInput:
    """A port that is drawn with what arrives there now; a free size, other than the batch, as 1."""
    if spec is None:
        return BlockInput()
    sizes = tuple(max(size, 1) if isinstance(size, int) else 1 for size in spec.shape[1:])
    return BlockInput(sizes, spec.dtype)


def _port_places(within: Graph[Layer], ports: Ports) -> dict[str, Place]:
    """Inputs in a row before the nodes that they go into, outputs after those that they come from."""
    if not within.places:
        return {}
    flow = within.flow
    first = min(along(flow, place) for place in within.places.values()) - ROW[flow]
    last = max(along(flow, place) for place in within.places.values()) + ROW[flow]
    into: dict[Outlet, Place] = {}
    for name, node in within.nodes.items():
        for source in (source for sources in node.inputs.values() for source in sources):
            if source in ports.inputs and name in within.places:
                into.setdefault(source, within.places[name])
    inputs = {port: beside(flow, into[outlet]) for outlet, port in ports.inputs.items() if outlet in into}
    outputs = {
        port: beside(flow, within.places[outlet.node])
        for outlet, port in ports.outputs.items()
        if outlet.node in within.places
    }
    return {**_row(inputs, first, flow), **_row(outputs, last, flow)}


def _row(wanted: Mapping[str, float], at: float, flow: Flow) -> dict[str, Place]:
    """Cards so far along the flow, each where it wants to be beside it, or as far from the one before as they need."""
    found: dict[str, Place] = {}
    free = float("-inf")
    for name, side in sorted(wanted.items(), key=lambda one: one[1]):
        found[name] = place_at(flow, at, max(side, free))
        free = max(side, free) + COLUMN[flow]
    return found
