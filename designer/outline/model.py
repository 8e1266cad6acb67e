"""The outline's rows: nodes in the order in which they run, and what is inside of blocks below them."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from designer.canvas import commands
from designer.canvas.card import Face, face_of
from designer.document import Document
from designer.keyboard.speech import node_words
from engine.blocks import BlockLayer
from engine.check.report import Cost, Problem, Report
from engine.graph import Graph, Node, name_fault
from engine.layers import Layer
from engine.text import Text, say, text

Index: TypeAlias = QModelIndex | QPersistentModelIndex

FACE = int(Qt.ItemDataRole.UserRole)  # the Face that the node's card would show
MOST_CHANGES = 100  # so many stretches of rows are put in one by one; beyond, all rows are read anew
UNKNOWN = Report({}, (), (), {}, Cost())  # of what is inside a block that is not entered
NOWHERE = QModelIndex()


class Entry:
    """A row: a node of the drawing, or one inside of the block above it."""

    def __init__(self, name: str, parent: "Entry | None" = None, row: int = 0) -> None:
        self.name, self.parent, self.row = name, parent, row
        self.within: Graph[Layer] | None = None
        self.children: list[Entry] = []

    @property
    def way(self) -> tuple[str, ...]:
        """The instances that one goes through to come to it, from the drawing that is shown."""
        return (*self.parent.way, self.parent.name) if self.parent else ()


class OutlineModel(QAbstractItemModel):
    """Rows for a document's drawing, kept in step by what differs. `refused` carries why a name was not taken.

    Nothing is read before `refresh` is called for the first time: an outline that nobody opens costs nothing.
    """

    refused = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.asleep = True
        self._entries: list[Entry] = []
        self._by_name: dict[str, Entry] = {}
        self._known: dict[int, Entry] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}
        document.reported.connect(self._follow)

    def refresh(self) -> None:
        """Wakes up where it slept, and brings every row up to date."""
        self.asleep = False
        problems: defaultdict[str, list[Problem]] = defaultdict(list)
        for problem in self.document.report.problems:
            problems[problem.node].append(problem)
        self._problems = {name: tuple(found) for name, found in problems.items()}
        self._take(order(self.document))
        self._look_into_blocks()
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, 0))

    def entry(self, index: Index) -> Entry | None:
        """The row at an index."""
        return self._known.get(index.internalId()) if index.isValid() else None

    def index_of(self, name: str) -> QModelIndex:
        """The row of a node of the drawing."""
        entry = self._by_name.get(name)
        return self.createIndex(entry.row, 0, id(entry)) if entry else QModelIndex()

    def names(self) -> list[str]:
        """The nodes of the drawing as they are listed."""
        return [entry.name for entry in self._entries]

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        rows = self._rows(parent)
        inside = 0 <= row < len(rows) and column == 0
        return self.createIndex(row, column, id(rows[row])) if inside else QModelIndex()

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]
        entry = self.entry(index)
        above = entry.parent if entry else None
        return self.createIndex(above.row, 0, id(above)) if above else QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return len(self._rows(parent))

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        entry = self.entry(index)
        if entry is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if entry.parent else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index)
        node = self._node(entry) if entry else None
        if entry is None or node is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return entry.name
        if role == FACE:
            return self._face(entry, node)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._words(entry, node)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(say(problem.text) for problem in self._problems.get(entry.name, ())) or None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        entry = self.entry(index)
        if entry is None or entry.parent or role != Qt.ItemDataRole.EditRole or value == entry.name:
            return False
        if why := self.fault(entry.name, value):
            self.refused.emit(say(why))
            return False
        commands.rename(self.document, entry.name, value)
        return True

    def fault(self, old: str, new: str) -> Text | None:
        """Why a node cannot be called so."""
        if new != old and new in self.document.graph.nodes:
            return text("Another node is called “{name}”; choose a name that is free.", name=new)
        return name_fault(new)

    def _follow(self, _: Report) -> None:
        if not self.asleep:
            self.refresh()

    def _rows(self, parent: Index) -> list[Entry]:
        if not parent.isValid():
            return self._entries
        entry = self.entry(parent)
        return entry.children if entry else []

    def _node(self, entry: Entry) -> Node[Layer] | None:
        graph = entry.parent.within if entry.parent else self.document.graph
        return graph.nodes.get(entry.name) if graph else None

    def _face(self, entry: Entry, node: Node[Layer]) -> Face:
        if entry.parent:
            return face_of(entry.name, node, UNKNOWN, ())
        return face_of(entry.name, node, self.document.report, self._problems.get(entry.name, ()))

    def _words(self, entry: Entry, node: Node[Layer]) -> str:
        """What a screen reader says of a row: its number in the order, and all that the row shows."""
        if entry.parent:
            return f"{entry.name}, {type(node.layer).about.title}"
        return f"{entry.row + 1}. {node_words(self.document, entry.name)}"

    def _take(self, names: Sequence[str]) -> None:
        """Makes the rows these, with as few changes as that takes."""
        old = self.names()
        if old == list(names) or self._renamed(old, names):
            return
        wanted = set(names)
        gone = _stretches([row for row, name in enumerate(old) if name not in wanted])
        fresh = _stretches([row for row, name in enumerate(names) if name not in self._by_name])
        if len(gone) + len(fresh) > MOST_CHANGES:
            self.beginResetModel()
            self._put([self._by_name.get(name) or self._make(name) for name in names])
            self.endResetModel()
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._put(self._entries[:first] + self._entries[last + 1 :])
            self.endRemoveRows()
        self._reorder([name for name in names if name in self._by_name])
        for first, last in fresh:
            self.beginInsertRows(QModelIndex(), first, last)
            made = [self._make(name) for name in names[first : last + 1]]
            self._put(self._entries[:first] + made + self._entries[first:])
            self.endInsertRows()

    def _renamed(self, old: Sequence[str], names: Sequence[str]) -> bool:
        """Takes another name of a single row over: it stays the row it is."""
        if len(old) != len(names):
            return False
        changed = [row for row, (before, after) in enumerate(zip(old, names, strict=True)) if before != after]
        if len(changed) != 1 or names[changed[0]] in self._by_name:
            return False
        entry = self._entries[changed[0]]
        entry.name = names[changed[0]]
        self._put(self._entries)
        return True

    def _reorder(self, names: Sequence[str]) -> None:
        if self.names() == list(names):
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        entries = [self.entry(index) for index in held]
        self._put([self._by_name[name] for name in names])
        moved = [self.createIndex(e.row, 0, id(e)) if e else QModelIndex() for e in entries]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _make(self, name: str) -> Entry:
        entry = Entry(name)
        self._known[id(entry)] = entry
        return entry

    def _put(self, entries: list[Entry]) -> None:
        for row, entry in enumerate(entries):
            entry.row = row
        kept = {id(entry) for entry in entries}
        for entry in self._entries:
            if id(entry) not in kept:
                self._forget(entry)
        self._entries = entries
        self._by_name = {entry.name: entry for entry in entries}

    def _forget(self, entry: Entry) -> None:
        for child in entry.children:
            self._forget(child)
        self._known.pop(id(entry), None)

    def _look_into_blocks(self) -> None:
        """Lists below each instance what is inside, anew where the block is another."""
        for entry in self._entries:
            layer = self.document.graph.nodes[entry.name].layer
            within = layer.block.graph if isinstance(layer, BlockLayer) else None
            if within is not entry.within:
                self._fill(entry, within)

    def _fill(self, entry: Entry, within: Graph[Layer] | None) -> None:
        above = self.createIndex(entry.row, 0, id(entry))
        if entry.children:
            self.beginRemoveRows(above, 0, len(entry.children) - 1)
            for child in entry.children:
                self._forget(child)
            entry.children = []
            self.endRemoveRows()
        entry.within = within
        if within and within.nodes:
            self.beginInsertRows(above, 0, len(within.nodes) - 1)
            self._open(entry, within)
            self.endInsertRows()

    def _open(self, entry: Entry, within: Graph[Layer]) -> None:
        """The rows below an instance, and below those of them that are blocks themselves."""
        entry.within = within
        entry.children = [Entry(name, entry, row) for row, name in enumerate(within.nodes)]
        for child in entry.children:
            self._known[id(child)] = child
            layer = within.nodes[child.name].layer
            if isinstance(layer, BlockLayer):
                self._open(child, layer.block.graph)


def order(document: Document) -> list[str]:
    """The nodes in the order in which they run, then those that go in circles."""
    nodes = document.graph.nodes
    running = [name for name in document.report.order if name in nodes]
    if len(running) == len(nodes):
        return running
    listed = set(running)
    return running + [name for name in nodes if name not in listed]


def _stretches(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows that follow one another, as first and last."""
    cuts = [i for i, (a, b) in enumerate(pairwise(rows), 1) if b != a + 1]
    bounds = [0, *cuts, len(rows)]
    return [(rows[a], rows[b - 1]) for a, b in pairwise(bounds) if b > a]
