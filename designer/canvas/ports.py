"""The ports of a node: which there are, and where on its card they sit."""

from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QPointF

from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH, PORT_TARGET
from engine.graph import Inlet, Node, Outlet
from engine.layers import Layer, Unknown

End: TypeAlias = Inlet | Outlet


class Ports(NamedTuple):
    """The ends of a node's possible wires, from left to right, and the width that the card needs for them."""

    inlets: tuple[Inlet, ...]
    outlets: tuple[Outlet, ...]
    width: float

    @property
    def ends(self) -> tuple[End, ...]:
        """All of them, inputs first."""
        return (*self.inlets, *self.outlets)

    def place(self, end: End) -> QPointF:
        """The middle of a port, seen from the card's upper left corner: inputs above, outputs below."""
        row: tuple[End, ...] = self.inlets if isinstance(end, Inlet) else self.outlets
        share = (row.index(end) + 1) / (len(row) + 1) if end in row else 0.5
        return QPointF(self.width * share, 0 if isinstance(end, Inlet) else CARD_HEIGHT)

    def named(self, end: End) -> str:
        """What to write beside a port: its name where a node has several of other names on that side."""
        row: tuple[End, ...] = self.inlets if isinstance(end, Inlet) else self.outlets
        return end.port if len({other.port for other in row}) > 1 else ""


def ports_of(name: str, node: Node[Layer], wired_outlets: frozenset[str] = frozenset()) -> Ports:
    """The ports of a node. A port that takes several has a slot for each wire and a free one at the end.

    Ports that only wires know, of a layer that this version does not know, are shown as well.
    """
    inlets = tuple(Inlet(name, port, slot) for port, slots in _slots(node).items() for slot in range(slots))
    known = type(node.layer).about.outputs
    outlets = tuple(Outlet(name, port) for port in (*known, *sorted(wired_outlets - set(known))))
    return Ports(inlets, outlets, width_for(max(len(inlets), len(outlets))))


def sides_of(node: Node[Layer], wired_outlets: frozenset[str] = frozenset()) -> tuple[int, int]:
    """How many ports a node has above and below, without a look at each."""
    about = type(node.layer).about
    return sum(_slots(node).values()), len(about.outputs) + len(wired_outlets.difference(about.outputs))


def width_of(node: Node[Layer], wired_outlets: frozenset[str] = frozenset()) -> float:
    """The width that the card of a node needs."""
    return width_for(max(sides_of(node, wired_outlets)))


def width_for(ports: int) -> float:
    """The width of a card with so many ports on a side."""
    return max(CARD_WIDTH, (ports + 1) * (PORT_TARGET + 2))


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
