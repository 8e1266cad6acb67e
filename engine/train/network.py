"""A drawing made ready to run: checked, lowered, printed, built, with its columns and criteria."""

import traceback
from collections.abc import Mapping, Sequence

import msgspec
import torch
from torch import Tensor, nn

from engine.check.checker import check
from engine.check.report import Column, Report
from engine.graph import Graph
from engine.layers.base import Layer
from engine.layers.input import Input
from engine.lower.build import Probe, build
from engine.lower.paths import Ways
from engine.lower.printer import print_program
from engine.lower.program import Program, lower
from engine.text import Failure, Text, text
from engine.train.losses import Criterion, criteria


class AtNode(Failure):
    """Something wrong at a node of the drawing."""

    def __init__(self, node: str, sentence: Text) -> None:
        super().__init__(text("{node}: {sentence}", node=node, sentence=sentence) if node else sentence)
        self.node = node


class Network(msgspec.Struct):
    """The module beside what it was made from. `columns` feed forward's arguments, in order."""

    program: Program
    report: Report
    module: nn.Module
    columns: tuple[str, ...]
    criteria: tuple[Criterion, ...]

    def answers(self, batch: Mapping[str, Tensor]) -> Sequence[Tensor]:
        """What the network says of a batch of columns: a tensor for each output."""
        return forward(self.module, self.columns, batch)

    def targets(self, batch: Mapping[str, Tensor]) -> list[Tensor]:
        """What it should have said."""
        return [batch[criterion.target] for criterion in self.criteria]

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The columns that it takes in or is compared with, each once."""
        return tuple(dict.fromkeys((*self.columns, *(criterion.target for criterion in self.criteria))))

    def to(self, device: torch.device) -> None:
        """Moves the module to a device, in the memory layout that is fastest there."""
        self.module.to(device)
        if self.takes_images:
            self.module.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def load(self, weights: Mapping[str, Tensor]) -> None:
        """Takes weights from a checkpoint. Raises Failure where they are another network's."""
        try:
            self.module.load_state_dict(weights)
        except RuntimeError as error:
            raise Failure(
                text(
                    "The checkpoint's weights are not this network's: {reason}",
                    reason=str(error).splitlines()[-1].strip(),
                )
            ) from error

    @property
    def takes_images(self) -> bool:
        """Whether 4-dimensional values flow: then channels_last is the faster layout."""
        return any(spec.rank == 4 for specs in self.report.specs.values() for spec in specs)


def forward(module: nn.Module, columns: Sequence[str], batch: Mapping[str, Tensor]) -> Sequence[Tensor]:
    """Runs a module on these columns of a batch."""
    answers = module(*(batch[column] for column in columns))
    return answers if isinstance(answers, tuple) else (answers,)


def checked(graph: Graph[Layer], columns: Sequence[Column]) -> Report:
    """The checker's report on a drawing that may be trained. Raises AtNode with the first error otherwise."""
    report = check(graph, tuple(columns))
    for problem in report.problems:
        if problem.severity == "error":
            raise AtNode(problem.node, problem.text)
    return report


def make_network(graph: Graph[Layer], report: Report) -> Network:
    """The module with fresh weights from torch's random state; what is run is what the code view shows."""
    program = lower(graph, report)
    columns = tuple(_column(graph, name) for name in program.arguments)
    return Network(program, report, build(print_program(program)), columns, criteria(graph, program.results))


def probed(network: Network, probe: Probe) -> nn.Module:
    """The same network with the same weights, which shows every node's value to the probe."""
    module = build(print_program(network.program, probes=True), probe)
    reference = next(network.module.parameters(), torch.zeros(()))
    module.to(reference.device)
    if network.takes_images:
        module.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    module.load_state_dict(network.module.state_dict())
    return module.train(network.module.training)


def node_of(network: Network, error: BaseException) -> str:
    """The node whose line of the printed source raised an error, or the way to it; empty where it was another."""
    frames = traceback.extract_tb(error.__traceback__)
    ways = Ways(print_program(network.program).lines)
    return ways.at(frame.lineno for frame in frames if frame.filename.startswith("<network") and frame.lineno)


def _column(graph: Graph[Layer], name: str) -> str:
    layer = graph.nodes[name].layer
    assert isinstance(layer, Input)
    return layer.column
