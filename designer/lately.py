"""What was worked out lately about drawings: to go one large step back, or forth again, need not be worked out anew."""

from collections import deque

from engine.check.checker import Checker
from engine.check.report import Column, Report
from engine.graph import Diff, Graph, diff
from engine.layers import Layer

DIFFERENCES = 4


class Lately:
    """The checker of a network, the one from before the last large step, and the last differences between drawings."""

    def __init__(self, checker: Checker | None = None) -> None:
        self._checker = checker or Checker()
        self._before: Checker | None = None
        self._differences: deque[tuple[Graph[Layer], Graph[Layer], Diff]] = deque(maxlen=DIFFERENCES)

    def report(self, graph: Graph[Layer], columns: tuple[Column, ...]) -> Report:
        """What is found in a network."""
        if self._before and self._before.knows(graph, columns):
            self._checker, self._before = self._before, self._checker
        return self._checker.update(graph, columns)

    def difference(self, before: Graph[Layer], after: Graph[Layer]) -> Diff:
        """What differs between two drawings of which every node has a place."""
        found = self.known(before, after)
        if found is None:
            found = diff(before, after)
            self._differences.append((before, after, found))
        return found

    def known(self, before: Graph[Layer], after: Graph[Layer]) -> Diff | None:
        """The same, where it was asked for lately."""
        for one, other, found in self._differences:
            if one is before and other is after:
                return found
            if one is after and other is before:
                return found.back()
        return None

    def checker_for(self, graph: Graph[Layer], columns: tuple[Column, ...]) -> Checker:
        """A checker for work beside the window: the one that knows a network, or one that knows the last."""
        before = self._before
        return (before if before and before.knows(graph, columns) else self._checker).fork()

    def take(self, checker: Checker, before: Graph[Layer], after: Graph[Layer], difference: Diff) -> None:
        """Takes over what was worked out beside the window about a step."""
        self._before, self._checker = self._checker, checker
        self._differences.append((before, after, difference))
