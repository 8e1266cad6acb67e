"""The problems of the project as a person meets them: those of the network and of what is shown."""

from typing import NamedTuple

from designer.blocks.context import Context, within
from designer.blocks.places import Where
from designer.document import Document
from engine.blocks import PREFIX
from engine.check.report import Problem

FROM_INSIDE = ("misfit", "doubt", "onnx")
"""Codes of problems that an instance may have because of what is in it."""


class Found(NamedTuple):
    """A problem, the drawing that its fixes are for, and the node to look at: `at` within the drawing `goal`."""

    problem: Problem
    where: Where
    goal: Where
    at: str

    def place(self, shown: Where) -> str:
        """The way to the node and its port, "stage1 ▸ conv1.image"; the node alone where its drawing is shown."""
        last = f"{self.at}.{self.problem.port}" if self.problem.port and self.at == self.problem.node else self.at
        way = () if self.goal == shown else self.goal
        return " ▸ ".join(step.removeprefix(PREFIX) for step in (*way, *([last] if last else [])))


def problems(document: Document) -> list[Found]:
    """Those of the network. In place of what they say of the instance that one is in: what is wrong in the block."""
    network = Context(document.project.graph, document.network_report)
    where = document.where
    here = [Found(problem, where, *_goal(where, document.context, problem)) for problem in document.report.problems]
    if not where:
        return here
    found: list[Found] = []
    for problem in network.report.problems:
        if problem.node != where[0] or problem.code not in FROM_INSIDE:
            found.append(Found(problem, (), *_goal((), network, problem)))
        elif here:
            found += here
            here = []
    return here + found


def _goal(where: Where, outer: Context, problem: Problem) -> tuple[Where, str]:
    """Followed inwards as long as it is told of an instance because of something in it."""
    while problem.code in FROM_INSIDE and problem.node in outer.graph.nodes:
        inner = within(outer, problem.node)
        same = [one for one in inner.report.problems if one.severity == problem.severity] if inner else []
        if inner is None or not same:
            break
        where, outer, problem = (*where, problem.node), inner, same[0]
    return where, problem.node
