"""Where two sides of a wire do not fit, the side that it comes from may give way: fixes there, to be tried."""

from collections.abc import Iterator, Sequence
from itertools import islice

from engine.check.known import Known
from engine.check.report import Problem, Suggestion
from engine.check.titles import suggest
from engine.graph import Outlet, SetParameter, Spec
from engine.layers import Layer

WIDTHS = ("out_channels", "out_features")
"""Parameters that say how wide a layer's output is."""
DIVIDERS = ("groups", "num_groups", "num_heads")
"""Parameters that a width has to be a multiple of."""
REACH = 8  # how many layers that keep the width may lie between
MOST = 3
FEATURES_LAST = ("Linear", "Attention")


def before_the_wire(known: Known, problem: Problem) -> Iterator[Suggestion]:
    """Other widths of the layers that feed a node into which not everything fits."""
    return islice(_found(known, problem), MOST)


def _found(known: Known, problem: Problem) -> Iterator[Suggestion]:
    nodes = known.graph.nodes
    node = nodes[problem.node]
    sources = [source for port in node.inputs.values() for source in port]
    seen = set()
    for source in sources:
        giver = _giver(known, source)
        if giver is None:
            continue
        name, parameter = giver
        for width in _wanted(known, node.layer, source, sources):
            if (name, width) not in seen and width != getattr(nodes[name].layer, parameter):
                seen.add((name, width))
                yield suggest(SetParameter(parameter, width, name), nodes, problem.node)


def _giver(known: Known, source: Outlet) -> tuple[str, str] | None:
    """The layer that decides how wide a value is, and by which parameter; what lies between keeps the width."""
    nodes, width = known.graph.nodes, _width(known, source)
    for _ in range(REACH):
        if source.node not in nodes or width is None or _width(known, source) != width:
            return None
        node = nodes[source.node]
        parameters = {parameter.name for parameter in type(node.layer).about.parameters}
        if found := next((name for name in WIDTHS if name in parameters), None):
            return source.node, found
        before = [one for port in node.inputs.values() for one in port]
        if len(before) != 1:
            return None
        source = before[0]
    return None


def _wanted(known: Known, layer: Layer, source: Outlet, sources: Sequence[Outlet]) -> Iterator[int]:
    """The widths with which a value might fit: those of what comes in beside it, and multiples that are asked for."""
    for other in sources:
        width = _width(known, other)
        if other != source and width is not None:
            yield width
    width = _width(known, source)
    for name in DIVIDERS:
        divider = getattr(layer, name, None)
        if width is not None and isinstance(divider, int) and divider > 1 and width % divider:
            yield width + divider - width % divider


def _width(known: Known, source: Outlet) -> int | None:
    """The size along the second axis of an image or a row of features, the last of a sequence's."""
    if source.node not in known.graph.nodes:
        return None
    names = type(known.graph.nodes[source.node].layer).about.outputs
    specs: Sequence[Spec] = known.specs.get(source.node, ())
    spec = next((spec for name, spec in zip(names, specs, strict=False) if name == source.port), None)
    if spec is None or spec.rank < 2:
        return None
    family = type(known.graph.nodes[source.node].layer).about.family
    size = spec.shape[-1] if spec.rank == 3 and family in FEATURES_LAST else spec.shape[1]
    return size if isinstance(size, int) else None
