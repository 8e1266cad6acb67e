"""Where a wire from a port may go: the nodes that take it, near ones first, then the others with the reason."""

from collections.abc import Sequence
from typing import NamedTuple

from designer.canvas import fits
from designer.canvas.ports import End, ports_of
from designer.document import Document
from designer.palette.ranking import best
from engine.check.fitting import Wiring
from engine.graph import Inlet, Outlet, Place
from engine.graph.flow import along, beside
from engine.text import Text

JUDGED = 500  # nodes nearest to the port: what lies further is judged when it is asked for by name
BEHIND = 4000  # so much further is a node that lies against the way of the wire


class Choice(NamedTuple):
    """An end that a wire may be drawn to, and why it does not fit, where it does not."""

    end: End
    fault: Text | None
    free: bool


class Target(NamedTuple):
    """A node with the ends that a wire may be drawn to, the best first."""

    name: str
    choices: tuple[Choice, ...]

    @property
    def fits(self) -> bool:
        return self.choices[0].fault is None


def targets(document: Document, fixed: End, words: str = "") -> list[Target]:
    """The nodes a wire from this end may be drawn to: those that fit first, near ones first, or those named so."""
    names = [name for name in document.graph.nodes if name != fixed.node]
    if words:
        near = [(found.sure, name) for found, name in best(words, names, lambda name: ((name,),))]
    else:
        near = [(0, name) for name in sorted(names, key=lambda name: _away(document, fixed, name))]
    wiring = Wiring(document.graph, document.report)
    made = [(sure, _target(document, wiring, fixed, name)) for sure, name in near[:JUDGED]]
    found = [(sure, target) for sure, target in made if target]
    found.sort(key=lambda entry: (entry[0], not entry[1].fits))
    return [target for _, target in found]


def _target(document: Document, wiring: Wiring, fixed: End, name: str) -> Target | None:
    graph = document.graph
    ports = ports_of(name, graph.nodes[name])
    ends: Sequence[End] = ports.inlets if isinstance(fixed, Outlet) else ports.outlets
    choices = [
        Choice(end, fits.fault(wiring, fixed, end), not (isinstance(end, Inlet) and graph.source(end))) for end in ends
    ]
    choices.sort(key=lambda choice: (choice.fault is not None, not choice.free))
    return Target(name, tuple(choices)) if choices else None


def _away(document: Document, fixed: End, name: str) -> float:
    places = document.graph.places
    here, there = places.get(fixed.node, Place(0, 0)), places.get(name, Place(0, 0))
    flow = document.graph.flow
    forth = along(flow, there) - along(flow, here)
    if isinstance(fixed, Inlet):
        forth = -forth
    return abs(beside(flow, there) - beside(flow, here)) + abs(forth) + (BEHIND if forth <= 0 else 0)
