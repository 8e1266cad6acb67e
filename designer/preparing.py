"""Large steps are worked out beside the window before they are taken: it lives on, says so, and can give up."""

from collections.abc import Callable, Mapping
from operator import is_not
from typing import Any, Protocol

from PySide6.QtCore import QObject

from designer.aside import Aside, short_turns
from designer.document import Document, Prepared
from engine.check.checker import Checker
from engine.check.report import Column, Report
from engine.graph import Diff, Graph, diff
from engine.layers import Layer
from engine.project.project import Project

MOST_MS = 35.0
LEAST_NODES = 600  # drawings of fewer nodes are never worth it
ADDED_MS, REMOVED_MS, OTHER_MS, KEPT_MS = 0.04, 0.01, 0.04, 0.003  # what a node costs when a step is taken at once
STEPS = 3


class Ahead(Protocol):
    """Makes ready, on another thread, what will show a drawing; gives what hands it over on the window's thread."""

    def __call__(self, graph: Graph[Layer], report: Report, difference: Diff) -> Callable[[], None]: ...


class Preparing(QObject):
    """Does for a document what takes long about a step. `ahead` are the parts that can make something ready."""

    def __init__(self, document: Document, ahead: Callable[[], list[Ahead]]) -> None:
        super().__init__(document)
        self._document, self._ahead = document, ahead
        self._aside = Aside(self)
        self._busy = False
        document.prepare = self.prepare

    def prepare(self, project: Project, title: str) -> bool:
        """Makes ready what a step to this project needs, where it is large; False where the person gave it up."""
        document = self._document
        before, after, columns = document.graph, project.graph, project.data.columns
        if self._busy or document.where:
            return True
        difference = document.lately.known(before, after)
        if not is_large(before, after, difference is not None):
            return True
        checker = document.lately.checker_for(after, columns)
        work = _Work(before, after, columns, checker, difference, self._ahead())
        task = self._aside.start(work.run)
        self._busy = True
        try:
            done = self._aside.live_through(task, title, lambda: (work.step, STEPS))
        finally:
            self._busy = False
        if not done or document.graph is not before:
            work.given_up = True
            return False
        document.prepared = task.result()
        for hand_over in work.hand_over:
            hand_over()
        return True


class _Work:
    """Compares, checks and lays out, in this order; nothing of it touches the window."""

    def __init__(
        self,
        before: Graph[Layer],
        after: Graph[Layer],
        columns: tuple[Column, ...],
        checker: Checker,
        difference: Diff | None,
        ahead: list[Ahead],
    ) -> None:
        self._before, self._after, self._columns, self._ahead = before, after, columns, ahead
        self._checker, self._difference = checker, difference
        self.hand_over: list[Callable[[], None]] = []
        self.step = 0
        self.given_up = False

    def run(self) -> Prepared:
        with short_turns():
            difference = self._difference or diff(self._before, self._after)
            self.step = 1
            report = self._checker.update(self._after, self._columns)
            self.step = 2
            if not self.given_up:
                self.hand_over = [prepare(self._after, report, difference) for prepare in self._ahead]
        return Prepared(self._before, self._after, self._checker, difference)


def is_large(before: Graph[Any], after: Graph[Any], known: bool = False) -> bool:
    """Whether to go from one drawing to the other takes longer than the window may stand still.

    `known`: it was done lately, so that what stays costs nothing.
    """
    nodes, old = after.nodes, before.nodes
    if max(len(nodes), len(old)) < LEAST_NODES:
        return False
    more = len(nodes) - len(old)
    cost = (0 if known else KEPT_MS * len(nodes)) + (ADDED_MS * more if more > 0 else -REMOVED_MS * more)
    if cost > MOST_MS:
        return True
    others = max(_differing(old, nodes), _differing(before.places, after.places)) - abs(more)
    return cost + OTHER_MS * others > MOST_MS


def _differing(these: Mapping[str, Any], those: Mapping[str, Any]) -> int:
    """How many of these are others in those, or new there."""
    if these is those:
        return 0
    return sum(map(is_not, map(these.get, those), those.values()))
