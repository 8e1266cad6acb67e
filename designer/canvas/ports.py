"""The ports of a node: which there are, and where on its card they sit. The card grows with them across the flow."""

from functools import cache
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QPointF

from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH, GRID, PORT_TARGET
from engine.graph import Flow, Graph, Inlet, Node, Outlet
from engine.layers import Layer, Unknown

End: TypeAlias = Inlet | Outlet


class Size(NamedTuple):
    """How large a card is, in pixels at 100%."""

    width: float = CARD_WIDTH
    height: float = CARD_HEIGHT


USUAL = Size()
"""The size of most cards."""


class Ports(NamedTuple):
    """The ends of a node's possible wires, in their order on its edges, and the size of the card that has them."""

    inlets: tuple[Inlet, ...]
    outlets: tuple[Outlet, ...]
    size: Size = USUAL
    flow: Flow = "down"

    @property
    def ends(self) -> tuple[End, ...]:
        """All of them, inputs first."""
        return (*self.inlets, *self.outlets)

    def place(self, end: End) -> QPointF:
        """The middle of a port, seen from the card's upper left corner.

        Inputs are above and outputs below; where the flow is to the right, inputs at the left and outputs at the right.
        """
        row: tuple[End, ...] = self.inlets if isinstance(end, Inlet) else self.outlets
        at = row.index(end) if end in row else 0
        far = port_at(self.size, self.flow, at, len(row) if end in row else 1)
        if self.flow == "right":
            return QPointF(0 if isinstance(end, Inlet) else self.size.width, far)
        return QPointF(far, 0 if isinstance(end, Inlet) else self.size.height)

    def share(self, end: End) -> float:
        """How far along its edge a port is, from 0 to 1."""
        at = self.place(end)
        return at.y() / self.size.height if self.flow == "right" else at.x() / self.size.width

    def named(self, end: End) -> str:
        """What to write beside a port: its name where a node has several of other names on that side."""
        row: tuple[End, ...] = self.inlets if isinstance(end, Inlet) else self.outlets
        return end.port if len({other.port for other in row}) > 1 else ""


def ports_of(name: str, node: Node[Layer], wired_outlets: frozenset[str] = frozenset(), flow: Flow = "down") -> Ports:
    """The ports of a node. A port that takes several has a slot for each wire and a free one at the end.

    Ports that only wires know, of a layer that this version does not know, are shown as well.
    """
    inlets = tuple(Inlet(name, port, slot) for port, slots in _slots(node).items() for slot in range(slots))
    known = type(node.layer).about.outputs
    outlets = tuple(Outlet(name, port) for port in (*known, *sorted(wired_outlets - set(known))))
    return Ports(inlets, outlets, size_for(max(len(inlets), len(outlets)), flow), flow)


def sides_of(node: Node[Layer], wired_outlets: frozenset[str] = frozenset()) -> tuple[int, int]:
    """How many ports a node has where values come in and where they leave, without a look at each."""
    about, inputs = type(node.layer).about, node.inputs
    outlets = len(about.outputs)
    if not wired_outlets.issubset(about.outputs):
        outlets += len(wired_outlets.difference(about.outputs))
    if len(about.inputs) == 1 and not (port := about.inputs[0]).variadic and len(inputs) == (port.name in inputs):
        return len(inputs.get(port.name, ())) or 1, outlets
    return sum(_slots(node).values()), outlets


def size_of(node: Node[Layer], flow: Flow = "down", wired_outlets: frozenset[str] = frozenset()) -> Size:
    """The size that the card of a node needs."""
    return size_for(max(sides_of(node, wired_outlets)), flow)


def size_in(graph: Graph[Layer], name: str) -> Size:
    """The size of a card of a drawing."""
    return size_of(graph.nodes[name], graph.flow)


@cache
def size_for(ports: int, flow: Flow = "down") -> Size:
    """The size of a card with so many ports on a side.

    To the right, ports are a step of the grid apart, so that wires between cards on the grid can be straight; the
    first ones are beside the words, so that the words and the wires of a row of cards lie in one line.
    """
    if ports < 2:
        return USUAL
    if flow == "right":
        return Size(CARD_WIDTH, CARD_HEIGHT + (ports - 1) * GRID)
    return Size(max(CARD_WIDTH, (ports + 1) * (PORT_TARGET + 2)), CARD_HEIGHT)


def port_at(size: Size, flow: Flow, at: int, count: int) -> float:
    """How far along its edge a port is: the one of this number, from 0, of so many on that side of a card."""
    if flow == "right":
        return CARD_HEIGHT / 2 + at * GRID
    return size.width * (at + 1) / (count + 1)


def _slots(node: Node[Layer]) -> dict[str, int]:
    about = type(node.layer).about
    slots = {}
    for port in about.inputs:
        wires = len(node.inputs.get(port.name, ()))
        slots[port.name] = wires + 1 if port.variadic else max(wires, 1)
    extra = {port: len(sources) for port, sources in node.inputs.items() if port not in slots}
    if isinstance(node.layer, Unknown):
        return extra or {"input": 1}
    return slots | extra
