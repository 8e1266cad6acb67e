"""A drawing as a program: which torch calls are made, in which order, on which values. Pure data, no torch."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

import msgspec

from engine.blocks import BlockLayer, Inside, inside
from engine.check.report import Report
from engine.graph import Graph, Outlet, Spec, name_fault
from engine.layers.base import InputPort, Layer
from engine.layers.block_input import BlockInput
from engine.layers.block_output import BlockOutput
from engine.layers.call import Call, Literals, Wanted, module
from engine.layers.input import Input
from engine.layers.output import Output
from engine.text import Failure, Text, text

DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
OPERATORS = ("+", "*")
BEGINS, ENDS = (Input, BlockInput), (Output, BlockOutput)


class Instance(msgspec.Struct, frozen=True):
    """What an instance of a block becomes: the program of each repeat, the same object where they are the same.

    `face` holds the values of the lifted parameters.
    """

    layer: type[BlockLayer]
    face: Mapping[str, Any]
    programs: "tuple[Program, ...]"


class Step(msgspec.Struct, frozen=True):
    """What a node becomes: a torch call on the values that come into its ports.

    `ports` and `outputs` are all that the layer has, in order; `inputs` what is wired. No argument of the call is
    `Wanted` any more: what nothing takes is not asked for. `defaults` are the values that arguments of a module have
    where they are left out, as far as known. At an instance of a block, the module is of a class that is printed.
    """

    node: str
    call: Call
    ports: tuple[InputPort, ...]
    inputs: Mapping[str, tuple[Outlet, ...]]
    outputs: tuple[str, ...]
    defaults: Mapping[str, Literals] = {}
    instance: Instance | None = None

    def sources(self) -> Iterator[Outlet]:
        """The values that the step takes."""
        for sources in self.inputs.values():
            yield from sources

    @property
    def inner(self) -> "Iterator[Program]":
        """The different programs inside, in order; none where it is no instance of a block."""
        programs = self.instance.programs if self.instance else ()
        return iter({id(program): program for program in programs}.values())

    @property
    def looped(self) -> bool:
        """Whether it is a chain of which each link hands several values to the next."""
        return self.repeats > 1 and len(self.outputs) > 1

    @property
    def repeats(self) -> int:
        """How many modules stand in a chain; 0 where it is no instance of a block."""
        return len(self.instance.programs) if self.instance else 0


class Program(msgspec.Struct, frozen=True):
    """What is run: `arguments` of forward (input nodes), the steps in order, `results` (output nodes).

    `returned` is the value of each result. `left_out` are nodes of a half-drawn drawing that cannot run, and why.
    """

    arguments: tuple[str, ...]
    steps: tuple[Step, ...]
    results: tuple[str, ...]
    returned: tuple[Outlet, ...]
    left_out: tuple[tuple[str, Text], ...] = ()

    @property
    def modules(self) -> tuple[Step, ...]:
        """The steps that make a submodule, in the order in which the constructor makes them."""
        return tuple(step for step in self.steps if step.call.kind == "module")


def lower(graph: Graph[Layer], report: Report, partial: bool = False) -> Program:
    """The program of a checked drawing, without the nodes that lead to no output.

    `partial`: a drawing with errors is lowered as far as it goes, for the live code view; otherwise its first error
    is raised as a Failure, which names the node. An unfit node name, also inside a block, is refused either way.
    """
    _check_names(graph)
    lowering = _Lowering()
    if report.ok:
        return lowering.whole(graph, report)
    if partial:
        return lowering.as_far_as_it_goes(graph, report)
    raise Failure(next(problem.text for problem in report.problems if problem.severity == "error"))


class _Lowering:
    """Keeps what it has lowered, so that equal repeats and instances share their program."""

    def __init__(self) -> None:
        self._lowered: dict[int, tuple[Inside, Program]] = {}

    def whole(self, graph: Graph[Layer], report: Report) -> Program:
        needed = _upstream(graph, _of_type(graph, ENDS))
        taken = _taken(graph, needed)
        steps = [
            self._step(graph, name, report, taken)
            for name in report.order
            if name in needed and not isinstance(graph.nodes[name].layer, BEGINS + ENDS)
        ]
        return _program(graph, steps, needed | _of_type(graph, (BlockInput,)))

    def as_far_as_it_goes(self, graph: Graph[Layer], report: Report) -> Program:
        """Every node that can be printed, those that lead nowhere yet among them; the others with the reason."""
        faults = {problem.node: problem.text for problem in reversed(report.problems) if problem.severity == "error"}
        made = _of_type(graph, BEGINS) & report.specs.keys()
        names: list[str] = []
        for name in report.order:
            layer = graph.nodes[name].layer
            fed = all(source.node in made for sources in graph.nodes[name].inputs.values() for source in sources)
            if name in made or not fed or name not in report.specs or _has_surplus(graph, name):
                continue
            if not isinstance(layer, ENDS):
                names.append(name)
            made.add(name)
        left_out = {name: faults.get(name) or _waits(graph, name, made) for name in graph.nodes if name not in made}
        taken = _taken(graph, made)
        return _program(graph, [self._step(graph, name, report, taken) for name in names], made, left_out)

    def _step(self, graph: Graph[Layer], name: str, report: Report, taken: Set[Outlet]) -> Step:
        node = graph.nodes[name]
        about = type(node.layer).about
        arriving = tuple(_arriving(graph, name, report))
        if isinstance(node.layer, BlockLayer):
            instance = self._instance(node.layer, arriving)
            return Step(name, module(about.title), about.inputs, node.inputs, about.outputs, instance=instance)
        call = _asking_for(node.layer.torch(*arriving), name, taken)
        if not (call.name in OPERATORS if call.kind == "operator" else DOTTED.fullmatch(call.name)):
            raise ValueError(f"{about.id} becomes a call of {call.name!r}")
        defaults = {p.name: p.default for p in about.parameters if p.name not in node.layer.own_defaults}
        return Step(name, call, about.inputs, node.inputs, about.outputs, defaults)

    def _instance(self, layer: BlockLayer, arriving: tuple[Spec | None, ...]) -> Instance:
        found = inside(layer, *(spec for spec in arriving if spec is not None))
        return Instance(type(layer), layer.values, tuple(self._inner(one) for one in found))

    def _inner(self, one: Inside) -> Program:
        if id(one) not in self._lowered:
            _check_names(one.graph)
            self._lowered[id(one)] = one, self.whole(one.graph, one.report)
        return self._lowered[id(one)][1]


def _check_names(graph: Graph[Layer]) -> None:
    for name in graph.nodes:
        if fault := name_fault(name):
            raise Failure(fault)


def _program(graph: Graph[Layer], steps: Iterable[Step], there: Set[str], left_out: Mapping[str, Text] = {}) -> Program:
    """The program of these steps, with the inputs and outputs that are there."""
    arguments, results = _of_type(graph, BEGINS) & there, _of_type(graph, ENDS) & there
    return Program(
        arguments=tuple(name for name in graph.nodes if name in arguments),
        steps=tuple(steps),
        results=tuple(name for name in graph.nodes if name in results),
        returned=tuple(graph.nodes[name].inputs["value"][0] for name in graph.nodes if name in results),
        left_out=tuple(left_out.items()),
    )


def _taken(graph: Graph[Layer], names: Iterable[str]) -> set[Outlet]:
    """The values that these nodes take."""
    return {source for name in names for sources in graph.nodes[name].inputs.values() for source in sources}


def _asking_for(call: Call, name: str, taken: Set[Outlet]) -> Call:
    """The call asking only for outputs that are taken."""
    asked = [(key, value) for key, value in call.passed if not isinstance(value, Wanted)]
    spared = [
        (key, False) for key, value in call.passed if isinstance(value, Wanted) and (name, value.port) not in taken
    ]
    return call.passing(**dict([*asked, *spared])) if call.passed else call


def _arriving(graph: Graph[Layer], name: str, report: Report) -> Iterator[Spec | None]:
    """What comes into the ports, as `infer` and `torch` take it: None for an optional port without a wire."""
    node = graph.nodes[name]
    for port in type(node.layer).about.inputs:
        sources = node.inputs.get(port.name, ())
        if port.optional and not sources:
            yield None
        for source in sources:
            outputs = type(graph.nodes[source.node].layer).about.outputs
            yield report.specs[source.node][outputs.index(source.port)]


def _has_surplus(graph: Graph[Layer], name: str) -> bool:
    """Whether several wires go into a port that takes one."""
    node = graph.nodes[name]
    return any(len(node.inputs.get(port.name, ())) > 1 for port in type(node.layer).about.inputs if not port.variadic)


def _waits(graph: Graph[Layer], name: str, made: Set[str]) -> Text:
    """Why a node without a fault of its own cannot run."""
    sources = [source.node for sources in graph.nodes[name].inputs.values() for source in sources]
    waits_for = next((source for source in sources if source not in made), "")
    return text("{node} waits for {source}, which cannot run yet.", node=name, source=waits_for)


def _of_type(graph: Graph[Layer], classes: tuple[type[Layer], ...]) -> set[str]:
    return {name for name, node in graph.nodes.items() if isinstance(node.layer, classes)}


def _upstream(graph: Graph[Layer], names: Iterable[str]) -> set[str]:
    """These nodes and all that they depend on."""
    found = set(names)
    waiting = list(found)
    while waiting:
        for sources in graph.nodes[waiting.pop()].inputs.values():
            for source in sources:
                if source.node not in found:
                    found.add(source.node)
                    waiting.append(source.node)
    return found
