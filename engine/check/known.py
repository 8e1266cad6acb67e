"""What the checker knows of a drawing: read by what works out problems and fixes, written by the checker alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from engine.check.answers import output_problems
from engine.check.inputs import input_problems
from engine.check.order import Nodes, Order
from engine.check.report import Column, Problem
from engine.check.whole import misplaced
from engine.check.wiring import Specs, Wires
from engine.graph import Graph
from engine.layers import Layer
from engine.layers.input import Input
from engine.layers.output import Output

Takers: TypeAlias = Mapping[str, frozenset[str]]
Key: TypeAlias = tuple[str, str, str]


class Known(NamedTuple):
    """A drawing and what was found.

    `takers` maps a node to those it is wired to, `wires` to where its arguments come from, `faults` to what is wrong
    at it; `ends` are the inputs and outputs, `at_ends` what the data and the loss find wrong with them.
    `inner`: it is the drawing inside of a block.
    """

    graph: Graph[Layer]
    columns: Sequence[Column]
    order: Order
    takers: Takers
    wires: Mapping[str, Wires]
    specs: Specs
    faults: Mapping[str, tuple[Problem, ...]]
    whole: tuple[Problem, ...]
    ends: tuple[str, ...]
    at_ends: tuple[Problem, ...]
    inner: bool = False

    def waiting(self, name: str) -> bool:
        """Whether a node could not be judged, since what comes into it is not known."""
        return (
            name in self.graph.nodes
            and name not in self.specs
            and all(problem.code not in ("misfit", "unknown_layer") for problem in self.faults.get(name, ()))
        )


def end_problems(
    nodes: Nodes, names: Iterable[str], specs: Specs, columns: Sequence[Column], inner: bool = False
) -> Iterator[Problem]:
    """What is wrong at those of these nodes that are inputs and outputs: what the data and the loss ask of them.

    In a block (`inner`) neither is known of, and its ports stand where a network has inputs and outputs.

    Looked at anew for every report: an output's depends on layers before it even where no spec changes.
    """
    for name in names:
        layer = nodes[name].layer
        if problem := misplaced(nodes, name, inner):
            yield problem
        elif inner:
            continue
        elif isinstance(layer, Input):
            yield from input_problems(nodes, name, columns)
        elif isinstance(layer, Output):
            yield from output_problems(nodes, name, specs, columns)


def key(problem: Problem) -> Key:
    """What makes a problem the same before and after an edit; a report has no two problems with one key."""
    return problem.code, problem.node, problem.port
