"""Which fixes are offered for the problems of a drawing: those that were tried and do what they say."""

import heapq
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from engine.check.answers import compared
from engine.check.known import Known
from engine.check.report import Column, Problem, Suggestion
from engine.check.titles import suggest
from engine.check.trial import mends
from engine.check.whole import backward_wires
from engine.check.yielding import before_the_wire
from engine.graph import AddNode, Connect, Inlet, Outlet, RemoveNode

MOST_PROBLEMS = 25  # how many problems get fixes at a time, so that an edit of a badly broken drawing stays quick
SURE = frozenset({"unused"})  # to remove a node that nothing takes a value from can break nothing
MOST_SOURCES = 2  # how many sources are offered for a missing wire


def with_offers(known: Known) -> tuple[Problem, ...]:
    """All problems of the drawing, the first 25 that can have fixes with those that hold."""
    problems = in_order(known)
    if not problems:
        return problems
    places = {name: float(place) for place, name in enumerate(known.order.names)}
    loose: list[str] | None = None
    found, left = [], MOST_PROBLEMS
    for problem in problems:
        fixes: tuple[Suggestion, ...] = ()
        if problem.code in SURE:
            fixes = problem.fixes
        elif left:
            loose = _loose(known) if loose is None else loose
            candidates = (*problem.fixes, *_more(known, places, problem, loose))
            left -= bool(candidates)
            fixes = tuple(fix for fix in candidates if mends(known, places, problem, fix.fix))
        found.append(problem if fixes == problem.fixes else replace(problem, fixes=fixes))
    return tuple(found)


def in_order(known: Known) -> tuple[Problem, ...]:
    """First what is wrong with the whole, then node by node as drawn."""
    if not known.faults and not known.at_ends:
        return known.whole
    at_node: dict[str, list[Problem]] = {name: list(found) for name, found in known.faults.items()}
    for problem in known.at_ends:
        at_node.setdefault(problem.node, []).append(problem)
    inner = (problem for name in known.graph.nodes if name in at_node for problem in at_node[name])
    return (*known.whole, *inner)


def _loose(known: Known) -> list[str]:
    """Nodes whose value is known and goes nowhere, in order."""
    return [name for name in known.order.names if known.specs.get(name) and not known.takers.get(name)]


def _more(known: Known, places: Mapping[str, float], problem: Problem, loose: Sequence[str]) -> Iterator[Suggestion]:
    """Fixes that need a look at the whole drawing."""
    nodes = known.graph.nodes
    match problem.code:
        case "missing_wire" | "lost_source":
            yield from _sources(known, places, Inlet(problem.node, problem.port), loose)
        case "misfit":
            yield from before_the_wire(known, problem)
        case "cycle":
            circle = next(circle for circle in known.order.circles if circle[0] == problem.node)
            yield from _sources(known, places, backward_wires(nodes, circle)[0], loose)
        case "unknown_layer":
            yield suggest(RemoveNode(problem.node), nodes)
        case "no_input":
            likely = sorted(known.columns, key=lambda column: bool(column.classes))
            for parameters in [_taken(column) for column in likely[:1]] or [()]:
                yield suggest(AddNode("input", parameters), nodes)
        case "no_output":
            yield from _ports(known, loose) if known.inner else _outputs(known, loose)


def _sources(known: Known, places: Mapping[str, float], target: Inlet, loose: Sequence[str]) -> Iterator[Suggestion]:
    """The nearest loose ends before a node, then those after it, to be wired to its input."""
    nodes = known.graph.nodes
    here = places.get(target.node, 0.0)
    others = (name for name in loose if name != target.node)
    nearest = heapq.nsmallest(MOST_SOURCES, others, key=lambda name: (places[name] > here, -places[name]))
    for name in nearest:
        outlet = Outlet(name, type(nodes[name].layer).about.outputs[0])
        yield suggest(Connect(outlet, target), nodes, target.node)


def _outputs(known: Known, loose: Sequence[str]) -> Iterator[Suggestion]:
    """An output after a loose end, the last one first, compared with the column that suits."""
    nodes = known.graph.nodes
    likely = sorted(known.columns, key=lambda column: not column.classes)
    parameters = compared(likely[0]) if likely else ()
    for name in list(reversed(loose))[:MOST_SOURCES]:
        outlet = Outlet(name, type(nodes[name].layer).about.outputs[0])
        yield suggest(AddNode("output", parameters, outlet), nodes)


def _ports(known: Known, loose: Sequence[str]) -> Iterator[Suggestion]:
    """A block's output after a loose end, the last one first."""
    nodes = known.graph.nodes
    for name in list(reversed(loose))[:MOST_SOURCES]:
        outlet = Outlet(name, type(nodes[name].layer).about.outputs[0])
        yield suggest(AddNode("block_output", (), outlet), nodes)


def _taken(column: Column) -> tuple[tuple[str, object], ...]:
    return ("shape", column.shape), ("dtype", column.dtype), ("column", column.name)
