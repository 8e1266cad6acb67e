"""A person who edits at random, and what must hold after each edit: shared by the soak and its short form."""

import gc
import random
from collections import Counter

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from designer.canvas import clipboard, commands
from designer.canvas.ports import ports_of
from designer.canvas.sheet import Sheet
from designer.canvas.view import Canvas
from designer.document import Document
from engine.check.fitting import upstream
from engine.graph import Place, edits, free_name
from engine.layers import make_layer
from engine.text import text

KINDS = ("input", "output", "conv2d", "relu", "concat", "flatten", "linear", "add", "max_pool2d", "identity")
MOST = 60  # nodes
FAINT = 8  # of 255: a difference that nobody sees


class RandomEdits:
    """Edits a document, one step at a time, the same ones for the same seed."""

    def __init__(self, document: Document, seed: int = 0) -> None:
        self.document = document
        self._random = random.Random(seed)
        self._steps = (
            *(self._add, self._add_below, self._connect, self._connect, self._insert, self._disconnect),
            *(self._delete, self._rename, self._move, self._duplicate, self._set, self._mend),
            *(self._select, self._undo, self._undo, self._redo, self._turn),
        )

    def step(self) -> None:
        """One edit; where a drawing is large already, some of it goes."""
        if len(self.document.graph.nodes) > MOST:
            self.document.select(self._random.sample(sorted(self.document.graph.nodes), MOST // 2))
            commands.delete(self.document)
        elif self.document.graph.nodes:
            self._random.choice(self._steps)()
        else:
            self._add()

    def _node(self) -> str:
        return self._random.choice(sorted(self.document.graph.nodes))

    def _place(self) -> Place:
        return Place(24 * self._random.randint(-20, 20), 24 * self._random.randint(-20, 20))

    def _add(self) -> None:
        commands.add(self.document, self._random.choice(KINDS), self._place())

    def _add_below(self) -> None:
        self.document.select([self._node()])
        commands.add_below(self.document, self._random.choice(KINDS))

    def _connect(self) -> None:
        graph, source, target = self.document.graph, self._node(), self._node()
        outlets, inlets = ports_of(source, graph.nodes[source]).outlets, ports_of(target, graph.nodes[target]).inlets
        if outlets and inlets and target not in upstream(graph, source) | {source}:
            commands.connect(self.document, self._random.choice(outlets), self._random.choice(inlets))

    def _insert(self) -> None:
        if wires := sorted(self.document.graph.wires()):
            commands.insert(self.document, self._random.choice(KINDS), self._place(), self._random.choice(wires))

    def _disconnect(self) -> None:
        if wires := sorted(self.document.graph.wires()):
            commands.disconnect(self.document, [self._random.choice(wires)])

    def _delete(self) -> None:
        self.document.select({self._node(), self._node()})
        commands.delete(self.document)

    def _rename(self) -> None:
        stem = self._random.choice(("stem", "block", "head"))
        commands.rename(self.document, self._node(), free_name(stem, self.document.graph.nodes))

    def _move(self) -> None:
        commands.move(self.document, {self._node(): self._place(), self._node(): self._place()})

    def _duplicate(self) -> None:
        self.document.select({self._node(), self._node()})
        clipboard.duplicate(self.document)

    def _set(self) -> None:
        layer = make_layer("conv2d", {"out_channels": self._random.randint(1, 64)})
        self.document.edit(text("set"), edits.set_layer(self.document.graph, self._node(), layer))

    def _mend(self) -> None:
        if fixes := [fix for problem in self.document.report.problems for fix in problem.fixes]:
            commands.mend(self.document, self._random.choice(fixes))

    def _turn(self) -> None:
        graph = self.document.graph
        self.document.edit(text("turn"), replace(graph, flow="down" if graph.flow == "right" else "right"))

    def _select(self) -> None:
        self.document.select({self._node(), self._node()}, sorted(self.document.graph.wires())[:2])

    def _undo(self) -> None:
        self.document.undo_stack.undo()

    def _redo(self) -> None:
        self.document.undo_stack.redo()


def stale(canvas: Canvas) -> list[str]:
    """What the canvas shows other than a fresh look at the document would; empty where all is right."""
    document, shown = canvas.document, canvas.stage.drawing.sheet
    fresh = Sheet(document.graph, document.report)
    fresh.selected, fresh.selected_wires = document.selection, document.selected_wires
    found = [f"nodes {shown.nodes.keys() ^ fresh.nodes.keys()}"] if shown.nodes.keys() != fresh.nodes.keys() else []
    found += [f"wires {shown.wires.keys() ^ fresh.wires.keys()}"] if shown.wires.keys() != fresh.wires.keys() else []
    for name in shown.nodes.keys() & fresh.nodes.keys():
        one, two = shown.nodes[name], fresh.nodes[name]
        if (one.face, one.ports, one.wired, one.mark.selected, one.box()) != (
            *(two.face, two.ports, two.wired, two.mark.selected, two.box()),
        ):
            found.append(f"card {name}")
        if one not in shown.cards_in(two.box()):
            found.append(f"card {name} is not where it is looked for")
    for wire in shown.wires.keys() & fresh.wires.keys():
        line, same = shown.wires[wire], fresh.wires[wire]
        if (line.line, line.words, line.faulty) != (same.line, same.words, same.faulty):
            found.append(f"wire {wire}")
    within = shown.cards_in((-1e9, -1e9, 1e9, 1e9)), shown.wires_in((-1e9, -1e9, 1e9, 1e9))
    if (len(within[0]), len(within[1])) != (len(shown.nodes), len(shown.wires)):
        found.append("things that were removed are still found")
    fresh.let_go()
    return found


def unpainted(canvas: Canvas) -> int:
    """How many pixels on the screen are clearly others than if everything were painted anew.

    Some always are: where a thin slanting line is cut off at the edge of a part, it is rounded in another way.
    """
    shown = canvas.stage.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    canvas.stage._renew_ground()
    anew = canvas.stage.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    one, two = bytes(shown.constBits()), bytes(anew.constBits())
    if one == two:
        return 0
    pairs = zip(one, two, strict=True)
    return len({at // 4 for at, (a, b) in enumerate(pairs) if abs(a - b) > FAINT})


def objects() -> tuple[int, Counter[str]]:
    """How many objects Python holds, and how many of Qt's by type, once all that may go is gone."""
    for _ in range(3):
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    everything = gc.get_objects()
    qt = Counter(type(one).__name__ for one in everything if issubclass(type(one), QObject) and isValid(one))
    return len(everything), qt
