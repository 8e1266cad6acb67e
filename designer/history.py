"""The undo history: steps that keep the project before and after, within a bound of memory."""

import sys
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from designer.blocks.places import Where
from engine.graph import Graph, Wire
from engine.layers import Layer
from engine.project.project import Project

MOST_BYTES = 128 * 2**20


class Moment(NamedTuple):
    """What undo brings back: the project, what was selected in it, and which of its drawings was shown."""

    project: Project
    nodes: frozenset[str]
    wires: frozenset[Wire]
    where: Where = ()


class Step(QUndoCommand):
    """One step of the history. `show` makes a moment the current one."""

    def __init__(
        self,
        title: str,
        before: Moment,
        after: Moment,
        show: Callable[[Moment], None],
        merge: str = "",
        done: bool = False,
    ) -> None:
        super().__init__(title)
        self.before, self.after, self.merge = before, after, merge
        self.silent = False  # while the stack alone moves
        self._show, self._done = show, done

    def redo(self) -> None:
        if not (self._done or self.silent):
            self._show(self.after)
        self._done = False

    def undo(self) -> None:
        if not self.silent:
            self._show(self.before)

    def id(self) -> int:
        return 1 if self.merge else -1

    def mergeWith(self, later: QUndoCommand) -> bool:
        if not isinstance(later, Step) or later.merge != self.merge or later.before.where != self.after.where:
            return False
        self.after = later.after
        self.setObsolete(self.after.project == self.before.project)
        return True

    def bytes(self) -> int:
        """What the step holds that the one before it does not, about: the dictionaries that the edit copied."""
        old = {id(held) for graph in _drawings(self.before.project) for held in (graph.nodes, graph.places)}
        new = [held for graph in _drawings(self.after.project) for held in (graph.nodes, graph.places)]
        return sum(sys.getsizeof(held) for held in new if id(held) not in old) + 500


def _drawings(project: Project) -> list[Graph[Layer]]:
    return [*project.networks.values(), *(block.graph for block in project.blocks.values())]


class History(QUndoStack):
    """QUndoStack that forgets its oldest steps where all of them together would hold too much."""

    def __init__(self, parent: QObject, most_bytes: int = MOST_BYTES) -> None:
        super().__init__(parent)
        self.most_bytes = most_bytes
        self._held = 0  # at least what the steps hold: merged and dropped ones are still in it
        # torn down, a stack empties itself; whoever were told of it would ask what is gone
        parent.destroyed.connect(lambda: self.blockSignals(True))

    def take(self, step: Step) -> None:
        """Carries the step out and keeps it."""
        self._held += step.bytes()
        self.push(step)
        if self._held > self.most_bytes:
            self._held = sum(kept.bytes() for kept in self._kept())
        if self._held > self.most_bytes:
            self._forget()

    def seal(self) -> None:
        """What is shown now stays a moment of the history: later steps do not become one with the last."""
        last = self.command(self.index() - 1)
        if isinstance(last, Step):
            last.merge = ""

    def mark_clean(self, project: Project) -> None:
        """This project is what the file holds; nowhere in the history is it clean where it is not found any more."""
        steps = self._kept()
        moments = [*(step.before for step in steps[:1]), *(step.after for step in steps)]
        now, found = self.index(), [n for n, moment in enumerate(moments) if moment.project is project]
        if not found:
            self.resetClean()
        elif now in found:
            self.setClean()
        else:
            self._set_clean_at(found[-1], steps)

    def _set_clean_at(self, index: int, steps: list[Step]) -> None:
        """A stack can be clean only where it is, so it goes there and back; nobody is shown it."""
        now = self.index()
        self.blockSignals(True)
        for step in steps:
            step.silent = True
        self.setIndex(index)
        self.setClean()
        self.setIndex(now)
        for step in steps:
            step.silent = False
        self.blockSignals(False)
        self._announce()

    def _kept(self) -> list[Step]:
        found = (self.command(index) for index in range(self.count()))
        return [step for step in found if isinstance(step, Step)]

    def _forget(self) -> None:
        """Drops the older half. A stack cannot do that, so it is emptied and the later half put in as done."""
        first, clean = self.count() // 2, self.cleanIndex()
        kept = [(s.text(), s.before, s.after, s._show) for s in self._kept()[first:]]
        self.blockSignals(True)
        self.clear()
        if clean < first:
            self.resetClean()
        for index, (title, before, after, show) in enumerate(kept, first + 1):
            self.push(Step(title, before, after, show, done=True))
            if index == clean:
                self.setClean()
        self.blockSignals(False)
        self._held = sum(step.bytes() for step in self._kept())
        self._announce()

    def _announce(self) -> None:
        self.indexChanged.emit(self.index())
        self.cleanChanged.emit(self.isClean())
        self.undoTextChanged.emit(self.undoText())
        self.canUndoChanged.emit(self.canUndo())
        self.canRedoChanged.emit(self.canRedo())
