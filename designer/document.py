"""The project that the window shows: the current value, its undo history, its file, and who is told of changes."""

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from designer.history import History, Moment, Step
from designer.layout import placed
from engine.check.checker import Checker
from engine.check.report import Report
from engine.graph import Diff, Graph, Wire, diff
from engine.layers import Layer
from engine.project.file import load, save
from engine.project.project import Data, Project
from engine.project.recipe import Recipe
from engine.text import Text, say, text


class Document(QObject):
    """The one thing that the parts of the window share. They read it, and change it through its methods alone.

    `changed` carries the Diff of the drawing (also when only recipe or data changed: then it is empty);
    `reported` the checker's Report after it; `selected` the frozenset of selected node names;
    `moved_to` the file's Path or None, whenever another project or path is taken.
    """

    changed = Signal(object)
    reported = Signal(object)
    selected = Signal(object)
    moved_to = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.project = Project()
        self.path: Path | None = None
        self.selection: frozenset[str] = frozenset()
        self.selected_wires: frozenset[Wire] = frozenset()
        self.undo_stack = History(self)
        self._checker = Checker()
        self.report: Report = self._checker.update(self.graph, self.project.data.columns)

    @property
    def graph(self) -> Graph[Layer]:
        return self.project.graph

    @property
    def modified(self) -> bool:
        return not self.undo_stack.isClean()

    def edit(self, title: Text, graph: Graph[Layer], merge: str = "", select: Iterable[str] | None = None) -> None:
        """Takes another drawing as one step that can be undone, under this title: "connect conv1 → relu1".

        Steps one after another with the same non-empty `merge` become one: typing in a field, nudging a card.
        `select` is what is selected after it (None: what is selected now); undo selects again what was before.
        Nodes without a place are given one.
        """
        self._push(title, self.project.with_graph(placed(graph)), merge, select)

    def set_recipe(self, recipe: Recipe) -> None:
        """Takes another recipe."""
        self._push(text("change recipe"), replace(self.project, recipe=recipe), "recipe")

    def set_data(self, data: Data) -> None:
        """Takes another data source."""
        self._push(text("choose data"), replace(self.project, data=data))

    def select(self, names: Iterable[str], wires: Iterable[Wire] = ()) -> None:
        """Makes these nodes and wires, those of them that are there, the selection."""
        if self._take_selection(names, wires):
            self.selected.emit(self.selection)

    def start(self, project: Project, path: Path | None = None) -> None:
        """Takes another project, without a way back: history and selection are emptied."""
        self.undo_stack.clear()
        self.path = path
        self._show(Moment(project.with_graph(placed(project.graph)), frozenset(), frozenset()))
        self.moved_to.emit(path)

    def open(self, path: Path) -> None:
        """Opens a file. Raises Failure, and then nothing changed."""
        self.start(load(path), path)

    def save(self, path: Path | None = None) -> None:
        """Saves to the path, or to the file it came from. Raises Failure, and then the old file is whole."""
        target = path or self.path
        if target is None:
            raise ValueError("no path to save to")
        save(self.project, target)
        self.path = target
        self.undo_stack.setClean()
        self.moved_to.emit(target)

    def _push(self, title: Text, project: Project, merge: str = "", select: Iterable[str] | None = None) -> None:
        if project == self.project:
            return
        nodes = self.selection if select is None else frozenset(select)
        before = Moment(self.project, self.selection, self.selected_wires)
        self.undo_stack.take(Step(say(title), before, Moment(project, nodes, self.selected_wires), self._show, merge))

    def _show(self, moment: Moment) -> None:
        """Makes a moment current and tells everyone what differs; the selection is sound before anyone looks."""
        before, self.project = self.graph, moment.project
        reselected = self._take_selection(moment.nodes, moment.wires)
        self.report = self._checker.update(self.graph, self.project.data.columns)
        difference: Diff = diff(before, self.graph)
        self.changed.emit(difference)
        self.reported.emit(self.report)
        if reselected:
            self.selected.emit(self.selection)

    def _take_selection(self, names: Iterable[str], wires: Iterable[Wire]) -> bool:
        old = (self.selection, self.selected_wires)
        self.selection = frozenset(names) & self.graph.nodes.keys()
        self.selected_wires = frozenset(wire for wire in wires if self.graph.source(wire.target) == wire.source)
        return old != (self.selection, self.selected_wires)
