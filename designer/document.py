"""The project that the window shows: the current value, its undo history, its file, and who is told of changes."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from designer.blocks import stowing
from designer.blocks.context import Context, Contexts
from designer.blocks.places import Where, block_at, drawing, sound
from designer.history import History, Moment, Step
from designer.lately import Lately
from designer.layout import placed
from engine.check.checker import Checker
from engine.check.report import Column, Report
from engine.graph import Diff, Graph, Wire
from engine.layers import Layer
from engine.project.file import load, save
from engine.project.project import Data, Project
from engine.project.recipe import Recipe
from engine.text import Failure, Text, say, text


class Stored(NamedTuple):
    """What was opened or saved last, and where it was saved the fingerprint of its file."""

    project: Project
    fingerprint: str = ""


class Prepared(NamedTuple):
    """A large step that was worked out ahead: a checker that knows the drawing after it, and what differs."""

    before: Graph[Layer]
    after: Graph[Layer]
    checker: Checker
    difference: Diff


class Document(QObject):
    """The one thing that the parts of the window share. They read it, and change it through its methods alone.

    What is shown is a drawing: the network, or the block that one is in (`where`). `graph`, `report` and `selection`
    are those of the drawing that is shown; `network_report` is that of the network, wherever one is.

    `prepare` is asked before a step is taken; where it is a large one, it may leave what was worked out in `prepared`,
    and False where the person gave it up.

    `changed` carries the Diff of the drawing that is shown (also when only recipe or data changed: then it is empty;
    after `leaving`: then all nodes of the old were removed, all of the new added, and it has no wires);
    `reported` the checker's Report after it; `selected` the frozenset of selected node names;
    `went` the place one came to, before the `changed` that brings its drawing;
    `moved_to` the file's Path or None, whenever another project or path is taken; `leaving` comes before another
    project takes the place of this one;
    `refused` why an edit was not taken: what `read_only` says, that a block would contain itself, or that something
    else was done while a large step was prepared.
    """

    changed = Signal(object)
    reported = Signal(object)
    selected = Signal(object)
    went = Signal(object)
    moved_to = Signal(object)
    leaving = Signal()
    refused = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.id = uuid4().hex
        self.project = Project()
        self.stored = Stored(self.project)
        self.path: Path | None = None
        self.read_only: Text | None = None
        self.where: Where = ()
        self.selection: frozenset[str] = frozenset()
        self.selected_wires: frozenset[Wire] = frozenset()
        self.undo_stack = History(self)
        self.prepare: Callable[[Project, str], bool] = lambda project, title: True
        self.prepared: Prepared | None = None
        self.lately = Lately()
        self._contexts = Contexts()
        self._repeats: dict[Where, int] = {}
        self._checked: tuple[Graph[Layer], tuple[Column, ...]] | None = None
        self._check()

    @property
    def graph(self) -> Graph[Layer]:
        return drawing(self.project, self.where)

    @property
    def block(self) -> str:
        """The name of the block that one is in; empty in the network."""
        return block_at(self.project, self.where)

    @property
    def in_instance(self) -> bool:
        """Whether one is in a block, and what holds there is known of the instance one came through."""
        return bool(self.where) and self.context.known

    def layer(self, name: str) -> Layer:
        """The layer of a node of the drawing shown, with the values that it has in the instance one came through."""
        here: Graph[Layer] = self.context.graph if self.where else self.graph
        return (here.nodes.get(name) or self.graph.nodes[name]).layer

    @property
    def modified(self) -> bool:
        return not self.undo_stack.isClean()

    def edit(self, title: Text, graph: Graph[Layer], merge: str = "", select: Iterable[str] | None = None) -> bool:
        """Takes another drawing as one step that can be undone, under this title: "connect conv1 → relu1".

        False where it was not taken: refused, or given up while it was prepared.

        In a block it is the block's drawing, for all its instances. Steps one after another with the same non-empty
        `merge` become one: typing in a field, nudging a card. `select` is what is selected after it (None: what is
        selected now); undo selects again what was before. Nodes without a place are given one.
        """
        try:
            project = stowing.with_drawing(self.project, self.where, placed(graph))
        except Failure as failure:
            self._refuse(failure.text)
            return False
        return self.edit_project(title, project, merge, select)

    def edit_project(
        self,
        title: Text,
        project: Project,
        merge: str = "",
        select: Iterable[str] | None = None,
        where: Where | None = None,
    ) -> bool:
        """Takes another project as one step: what touches more than the drawing that is shown. False where it was not.

        `where` is what is shown after it (None: what is shown now).
        """
        if project == self.project:
            return True
        if self.read_only:
            self._refuse(self.read_only)
            return False
        if not self._made_ready(project, say(title)):
            return False
        nodes = self.selection if select is None else frozenset(select)
        before = Moment(self.project, self.selection, self.selected_wires, self.where)
        after = Moment(project, nodes, self.selected_wires, self.where if where is None else where)
        self.undo_stack.take(Step(say(title), before, after, self._take, merge))
        return True

    def undo(self) -> None:
        """Goes one step back."""
        step = self.undo_stack.command(self.undo_stack.index() - 1)
        if isinstance(step, Step) and self._made_ready(step.before.project, self.undo_stack.undoText()):
            self.undo_stack.undo()

    def redo(self) -> None:
        """Goes one step forth again."""
        step = self.undo_stack.command(self.undo_stack.index())
        if isinstance(step, Step) and self._made_ready(step.after.project, self.undo_stack.redoText()):
            self.undo_stack.redo()

    def set_recipe(self, recipe: Recipe) -> None:
        """Takes another recipe."""
        self.edit_project(text("change recipe"), replace(self.project, recipe=recipe), "recipe")

    def set_data(self, data: Data) -> None:
        """Takes another data source."""
        self.edit_project(text("choose data"), replace(self.project, data=data))

    def select(self, names: Iterable[str], wires: Iterable[Wire] = ()) -> None:
        """Makes these nodes and wires, those of them that are there, the selection."""
        if self._take_selection(names, wires):
            self.selected.emit(self.selection)

    def go(self, where: Where, select: Iterable[str] = ()) -> None:
        """Shows what is drawn elsewhere, as far along the way as there is one. No step of the history."""
        where = sound(self.project, where)
        if where != self.where:
            self._show(Moment(self.project, frozenset(select), frozenset(), where))
        else:
            self.select(select or self.selection, self.selected_wires)

    def look_at_repeat(self, number: int) -> None:
        """Shows another repeat of the instance that one is in, from 0: sizes may differ from one to the next."""
        self._repeats[self.where] = number
        self._check()
        self.reported.emit(self.report)

    def start(
        self,
        project: Project,
        path: Path | None = None,
        read_only: Text | None = None,
        checker: Checker | None = None,
    ) -> None:
        """Takes another project, without a way back: history and selection are emptied.

        `read_only` says why it can be looked at only; None where it can be edited. `checker` is one that has checked
        its network already.
        """
        self.leaving.emit()
        self.undo_stack.clear()
        self.path, self.read_only = path, read_only
        self.id = uuid4().hex
        self._repeats.clear()
        self.lately, self._checked = Lately(checker), None
        self._show(Moment(stowing.all_placed(project), frozenset(), frozenset()), anew=True)
        self.stored = Stored(self.project)
        self.moved_to.emit(path)

    def open(self, path: Path) -> None:
        """Opens a file. Raises Failure, and then nothing changed."""
        self.start(load(path), path)

    def save(self, path: Path | None = None) -> str:
        """Saves to the path, or to the file it came from, and gives the fingerprint of what is written there.

        Raises Failure, and then the old file is whole.
        """
        target = path or self.path
        if target is None:
            raise ValueError("no path to save to")
        written = save(self.project, target)
        self.take_saved(self.project, target, written)
        return written

    def take_saved(self, project: Project, path: Path, fingerprint: str) -> None:
        """The file there holds this project now: the one that is shown, or one from before later edits."""
        self.path, self.read_only, self.stored = path, None, Stored(project, fingerprint)
        if project is self.project:
            self.undo_stack.setClean()
        else:
            self.undo_stack.mark_clean(project)
        self.moved_to.emit(path)

    def _made_ready(self, project: Project, title: str) -> bool:
        """False where a large step was given up, or something else was done meanwhile: then that is said."""
        here, index = self.project, self.undo_stack.index()
        ready = self.prepare(project, title)
        if self.project is here and self.undo_stack.index() == index:
            return ready
        self._refuse(text("Something else was changed meanwhile, so this was not done: {step}.", step=title))
        return False

    def _refuse(self, why: Text) -> None:
        """Says why nothing was done; what a gesture has shown already goes back to where it is."""
        self.changed.emit(Diff(moved=frozenset(self.graph.nodes)))
        self.refused.emit(why)

    def _take(self, moment: Moment) -> None:
        """Goes to a moment of the history; one that differs in recipe or data alone leaves one where one is."""
        if moment.project.networks is self.project.networks and moment.project.blocks is self.project.blocks:
            moment = Moment(moment.project, self.selection, self.selected_wires, self.where)
        self._show(moment)

    def _show(self, moment: Moment, anew: bool = False) -> None:
        """Makes a moment current and tells everyone what differs; the selection is sound before anyone looks.

        `anew`: it has nothing to do with what was shown, so that nothing needs to be compared.
        """
        before, here = self.graph, self.where
        self.project, self.where = moment.project, sound(moment.project, moment.where)
        prepared, self.prepared = self.prepared, None
        if prepared and (prepared.before is not before or prepared.after is not self.graph):
            prepared = None
        if prepared:
            self.lately.take(prepared.checker, before, self.graph, prepared.difference)
        reselected = self._take_selection(moment.nodes, moment.wires)
        self._check()
        if self.where != here:
            self.went.emit(self.where)
        difference = _exchanged(before, self.graph) if anew else self.lately.difference(before, self.graph)
        self.changed.emit(difference)
        self.reported.emit(self.report)
        if reselected or self.where != here:
            self.selected.emit(self.selection)

    def _check(self) -> None:
        graph, columns = self.project.graph, self.project.data.columns
        if self._checked is None or self._checked[0] is not graph or self._checked[1] != columns:
            self.network_report: Report = self.lately.report(graph, columns)
            self._checked = (graph, columns)
        self.context: Context = self._contexts.at(self.project, self.where, self.network_report, self._repeats)
        self.report = self.context.report

    def _take_selection(self, names: Iterable[str], wires: Iterable[Wire]) -> bool:
        old = (self.selection, self.selected_wires)
        self.selection = frozenset(names) & self.graph.nodes.keys()
        self.selected_wires = frozenset(wire for wire in wires if self.graph.source(wire.target) == wire.source)
        return old != (self.selection, self.selected_wires)


def _exchanged(before: Graph[Layer], after: Graph[Layer]) -> Diff:
    """One drawing in the place of another: all its nodes, and wires that nobody needs to be told of singly."""
    return Diff(added=frozenset(after.nodes), removed=frozenset(before.nodes), annotated=True)
