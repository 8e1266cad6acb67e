"""The outline's rows: nodes in the order in which they run, and what is inside of blocks below them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from designer.canvas import commands
from designer.canvas.card import Face, face_of
from designer.document import Document
from designer.keyboard.speech import node_words
from engine.blocks import BlockLayer
from engine.check.report import Cost, Problem, Report
from engine.graph import Graph, Node, node_fault
from engine.layers import Layer
from engine.text import Text, say

Index: TypeAlias = QModelIndex | QPersistentModelIndex

FACE = int(Qt.ItemDataRole.UserRole)  # the Face that the node's card would show
MOST_CHANGES = 100  # so many rows are changed one by one; beyond, all of them anew
UNKNOWN = Report({}, (), (), {}, Cost())  # of what is inside a block that is not entered
INSIDE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
EDITABLE = INSIDE | Qt.ItemFlag.ItemIsEditable


class Entry(NamedTuple):
    """A row: a node, and the instances that one goes through to it from the drawing that is shown."""

    name: str
    way: tuple[str, ...] = ()


class OutlineModel(QStandardItemModel):
    """Rows for a document's drawing, kept in step by what differs. `refused` carries why a name was not taken;
    `repainted` comes where so many rows show something else that none is named.

    The rows are Qt's own, since a view asks all of them when one comes or goes; what they show is looked up for those
    in sight. Nothing is read before `refresh` is called for the first time: an outline that nobody opens costs nothing.
    """

    refused = Signal(str)
    repainted = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.asleep = True
        self._names: list[str] = []
        self._rows: dict[str, int] = {}
        self._within: dict[str, Graph[Layer]] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}
        self._nodes: Mapping[str, Node[Layer]] = {}
        self._shown = UNKNOWN
        self.setColumnCount(1)
        document.reported.connect(self._follow)

    def refresh(self) -> None:
        """Wakes up where it slept, and brings every row up to date."""
        self.asleep = False
        problems: defaultdict[str, list[Problem]] = defaultdict(list)
        for problem in self.document.report.problems:
            problems[problem.node].append(problem)
        self._problems = {name: tuple(found) for name, found in problems.items()}
        self._take(order(self.document))
        if self.document.project.blocks or self._within:
            self._look_into_blocks()
        self._tell_changes()

    def entry(self, index: Index) -> Entry | None:
        """The node at an index."""
        names = []
        at = index
        while at.isValid():
            names.append(str(super().data(at)))
            at = at.parent()
        return Entry(names[0], tuple(reversed(names[1:]))) if names else None

    def index_of(self, name: str) -> QModelIndex:
        """The row of a node of the drawing."""
        return self.index(self._rows[name], 0) if name in self._rows else QModelIndex()

    def names(self) -> list[str]:
        """The nodes of the drawing as they are listed."""
        return list(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return super().data(index, role)
        entry = self.entry(index) if role in (FACE, *SPOKEN) else None
        node = self._node(entry) if entry else None
        if entry is None or node is None:
            return None
        if role == FACE:
            return self._face(entry, node)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._words(entry, node)
        told = [] if entry.way else [say(problem.text) for problem in self._problems.get(entry.name, ())]
        return "\n".join(told) or None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        entry = self.entry(index)
        if entry is None or entry.way or role != Qt.ItemDataRole.EditRole or value == entry.name:
            return False
        if why := self.fault(entry.name, value):
            self.refused.emit(say(why))
            return False
        commands.rename(self.document, entry.name, value)
        return True

    def fault(self, old: str, new: str) -> Text | None:
        """Why a node cannot be called so."""
        return node_fault(new, self.document.graph.nodes.keys() - {old})

    def _follow(self, _: Report) -> None:
        if not self.asleep:
            self.refresh()

    def _node(self, entry: Entry) -> Node[Layer] | None:
        graph = self.document.graph
        for name in entry.way:
            layer = graph.nodes[name].layer if name in graph.nodes else None
            if not isinstance(layer, BlockLayer):
                return None
            graph = layer.block.graph
        return graph.nodes.get(entry.name)

    def _face(self, entry: Entry, node: Node[Layer]) -> Face:
        if entry.way:
            return face_of(entry.name, node, UNKNOWN, ())
        return face_of(entry.name, node, self.document.report, self._problems.get(entry.name, ()))

    def _words(self, entry: Entry, node: Node[Layer]) -> str:
        """What a screen reader says of a row: its number in the order, and all that the row shows."""
        if entry.way:
            return f"{entry.name}, {type(node.layer).about.title}"
        return f"{self._rows[entry.name] + 1}. {node_words(self.document, entry.name)}"

    def _tell_changes(self) -> None:
        """Tells of single rows that show something else; of many at once, which a view would look at one by one."""
        report, before, nodes = self.document.report, self._shown, self.document.graph.nodes
        specs, old, known = report.specs, before.specs, self._nodes
        names = [name for name in self._names if specs.get(name) != old.get(name) or known.get(name) is not nodes[name]]
        names += [problem.node for problem in (*report.problems, *before.problems) if problem.node in self._rows]
        self._shown, self._nodes = report, nodes
        if len(names) > MOST_CHANGES:
            self.repainted.emit()
            return
        for name in set(names):
            self.dataChanged.emit(self.index_of(name), self.index_of(name))

    def _take(self, names: list[str]) -> None:
        """Makes the rows these, with as few changes as that takes."""
        if self._names == names or self._renamed(names):
            return
        kept = set(_in_order([name for name in names if name in self._rows], self._rows))
        gone = [row for row, name in enumerate(self._names) if name not in kept]
        fresh = [row for row, name in enumerate(names) if name not in kept]
        for row in gone:
            self._within.pop(self._names[row], None)
        if len(gone) + len(fresh) > MOST_CHANGES:
            self._within.clear()
            self.removeRows(0, self.rowCount())
            self._put(names)
            self.invisibleRootItem().appendRows([_item(name, EDITABLE) for name in names])
            return
        for first, last in reversed(stretches(gone)):
            self._put(self._names[:first] + self._names[last + 1 :])
            self.removeRows(first, last - first + 1)
        for first, last in stretches(fresh):
            added = names[first : last + 1]
            self._put(self._names[:first] + added + self._names[first:])
            self.invisibleRootItem().insertRows(first, [_item(name, EDITABLE) for name in added])

    def _renamed(self, names: list[str]) -> bool:
        """Takes another name of a single row over: it stays the row it is."""
        if len(self._names) != len(names):
            return False
        changed = [row for row, (old, new) in enumerate(zip(self._names, names, strict=True)) if old != new]
        if len(changed) != 1 or names[changed[0]] in self._rows:
            return False
        row = changed[0]
        within = self._within.pop(self._names[row], None)
        if within:
            self._within[names[row]] = within
        self._put(names)
        item = self.item(row)
        if item:
            item.setText(names[row])
        return True

    def _put(self, names: list[str]) -> None:
        self._names = names
        self._rows = {name: row for row, name in enumerate(names)}

    def _look_into_blocks(self) -> None:
        """Lists below each instance what is inside, anew where the block is another."""
        for row, name in enumerate(self._names):
            layer = self.document.graph.nodes[name].layer
            within = layer.block.graph if isinstance(layer, BlockLayer) else None
            item = self.item(row)
            if item and within is not self._within.get(name):
                item.removeRows(0, item.rowCount())
                self._within.pop(name, None)
                if within:
                    self._within[name] = within
                    item.appendRows(_inside(within))


SPOKEN = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


def order(document: Document) -> list[str]:
    """The nodes in the order in which they run, then those that go in circles."""
    nodes = document.graph.nodes
    running = [name for name in document.report.order if name in nodes]
    if len(running) == len(nodes):
        return running
    listed = set(running)
    return running + [name for name in nodes if name not in listed]


def stretches(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows that follow one another, as first and last."""
    cuts = [i for i, (a, b) in enumerate(pairwise(rows), 1) if b != a + 1]
    bounds = [0, *cuts, len(rows)]
    return [(rows[a], rows[b - 1]) for a, b in pairwise(bounds) if b > a]


def _in_order(names: Sequence[str], rows: Mapping[str, int]) -> list[str]:
    """The most of these names whose rows already follow one another: they need not move."""
    ends: list[int] = []  # the least row that a run of each length may end with
    last: list[int] = []  # and the place of its name
    before: list[int] = []
    for place, name in enumerate(names):
        length = bisect_left(ends, rows[name])
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [rows[name]]
        last[length : length + 1] = [place]
    found, place = [], last[-1] if last else -1
    while place >= 0:
        found.append(names[place])
        place = before[place]
    return found[::-1]


def _inside(within: Graph[Layer]) -> list[QStandardItem]:
    """The rows below an instance, and below those of them that are blocks themselves."""
    items = []
    for name, node in within.nodes.items():
        item = _item(name, INSIDE)
        if isinstance(node.layer, BlockLayer):
            item.appendRows(_inside(node.layer.block.graph))
        items.append(item)
    return items


def _item(name: str, flags: Qt.ItemFlag) -> QStandardItem:
    item = QStandardItem(name)
    item.setFlags(flags)
    return item
