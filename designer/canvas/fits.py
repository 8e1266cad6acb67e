"""Which ends a wire may join: what the engine says, asked as the canvas needs it."""

from designer.canvas.ports import End
from engine.check.fitting import Wiring, free_inlets, upstream
from engine.check.report import Report
from engine.graph import Graph, Inlet, Outlet
from engine.layers import Layer
from engine.text import Text, text


def joined(a: End, b: End) -> tuple[Outlet, Inlet] | None:
    """The two ends of a wire in their order, or None where both are of one kind."""
    if isinstance(a, Outlet) and isinstance(b, Inlet):
        return a, b
    if isinstance(a, Inlet) and isinstance(b, Outlet):
        return b, a
    return None


def fault(wiring: Wiring, a: End, b: End) -> Text | None:
    """Why these two ends do not fit together, or None where they do."""
    ends = joined(a, b)
    if ends is None:
        return text("A wire goes from an output to an input.")
    return wiring.fault(*ends)


def impossible(graph: Graph[Layer], a: End, b: End) -> bool:
    """Whether a wire would join ends of one kind, or close a circle: what no quick fix could mend."""
    ends = joined(a, b)
    return ends is None or ends[1].node == ends[0].node or ends[1].node in upstream(graph, ends[0].node)


def best_inlet(graph: Graph[Layer], report: Report, source: Outlet, name: str) -> Inlet | None:
    """The first free input of a node that takes this outlet."""
    wiring = Wiring(graph, report)
    return next((inlet for inlet in free_inlets(graph, name) if wiring.fault(source, inlet) is None), None)
