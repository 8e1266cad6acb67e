"""A person who edits at random: everything that can be done to a drawing, to its blocks, and in the view of it."""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress

from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.annotations import commands as remarks
from designer.annotations.remarks import Spot
from designer.blocks import commands as blocks
from designer.canvas import clipboard, commands
from designer.canvas.ports import ports_of
from designer.canvas.view import Canvas
from designer.document import Document
from designer.finding.replacing import replace_layers
from designer.order import commands as order
from engine.blocks.edits import users
from engine.check.fitting import upstream
from engine.graph import Place, Wire, edits, free_name
from engine.layers import Layer, layer_class, with_parameters
from engine.text import Failure, text

KINDS = ("input", "output", "conv2d", "relu", "concat", "flatten", "linear", "add", "max_pool2d", "identity")
WORDS = ("", "A **note**", "# Head\n- one\n- two", "stem", "Kopf", "x" * 60)
COLOURS = ("blue", "green", "orange")
MOST, MOST_BLOCKS, MOST_REMARKS = 60, 6, 8  # in a drawing; in the project; in a drawing
DEEPEST = 3
SEEN = QRectF(-450, -350, 900, 700)
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class RandomEdits:
    """Edits a document, one step at a time. With a canvas, its view is moved too, and cards are dragged with it."""

    def __init__(self, document: Document, seed: int = 0, canvas: Canvas | None = None) -> None:
        self.document, self.canvas = document, canvas
        self._random = random.Random(seed)
        self._steps: tuple[Callable[[], object], ...] = (
            *(self._add, self._add_below, self._connect, self._connect, self._connect, self._insert, self._disconnect),
            *(self._delete, self._rename, self._move, self._duplicate, self._paste, self._set, self._set, self._mend),
            *(self._select, self._undo, self._undo, self._undo, self._redo, self._redo, self._replace, self._line_up),
            *(self._group, self._group, self._enter, self._leave, self._unpack, self._repeat, self._repeat, self._lift),
            *(self._unlift, self._own, self._frame, self._note, self._write, self._shift, self._rename_block),
            *(self._set_several, self._bookmark, self._turn),
        )
        if canvas:
            self._steps += (self._look, self._look, self._hover, self._drag, self._arrange)

    def step(self) -> None:
        """One edit; where a drawing is large already, some of it goes."""
        document = self.document
        if len(document.graph.nodes) > MOST:
            document.select(self._random.sample(sorted(document.graph.nodes), MOST // 2))
            commands.delete(document)
        elif len(document.project.blocks) > MOST_BLOCKS:
            self._thin_out()
        elif document.graph.nodes:
            with suppress(Failure):
                self._random.choice(self._steps)()
        else:
            self._add()

    def _thin_out(self) -> None:
        """Takes blocks away: the first of those that nothing uses, else what uses the first."""
        document = self.document
        document.go(())
        names = sorted(document.project.blocks)
        unused = [name for name in names if not users(document.project, name)]
        instances = [name for name in document.graph.nodes if blocks.instance(document, name)]
        if unused:
            blocks.remove_block(document, unused[0])
        else:
            document.select(instances)
            commands.delete(document)

    def _node(self) -> str:
        return self._random.choice(sorted(self.document.graph.nodes))

    def _nodes(self, most: int = 4) -> list[str]:
        names = sorted(self.document.graph.nodes)
        return self._random.sample(names, min(len(names), self._random.randint(1, most)))

    def _wires(self) -> list[Wire]:
        return sorted(self.document.graph.wires())

    def _instances(self) -> list[str]:
        return [name for name in sorted(self.document.graph.nodes) if blocks.instance(self.document, name)]

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
        if wires := self._wires():
            commands.insert(self.document, self._random.choice(KINDS), self._place(), self._random.choice(wires))

    def _disconnect(self) -> None:
        if wires := self._wires():
            commands.disconnect(self.document, [self._random.choice(wires)])

    def _delete(self) -> None:
        self.document.select(self._nodes(2))
        commands.delete(self.document)

    def _rename(self) -> None:
        stem = self._random.choice(("stem", "block", "head"))
        commands.rename(self.document, self._node(), free_name(stem, self.document.graph.nodes))

    def _move(self) -> None:
        commands.move(self.document, {name: self._place() for name in self._nodes(3)})

    def _duplicate(self) -> None:
        self.document.select(self._nodes(2))
        clipboard.duplicate(self.document)

    def _paste(self) -> None:
        self.document.select(self._nodes(3))
        clipboard.copy(self.document)
        clipboard.paste(self.document, self._place() if self._random.random() < 0.5 else None)

    def _value(self, parameter: str) -> object:
        sizes = {"kernel_size": (1, 2, 3), "stride": (1, 2), "padding": (0, 1)}
        return self._random.choice(sizes[parameter]) if parameter in sizes else self._random.randint(1, 64)

    def _changed(self, layer: Layer) -> Layer:
        """The layer with another value of one of its parameters; where it has none such, another layer."""
        names = [each.name for each in type(layer).about.parameters]
        known = [name for name in names if name in ("out_channels", "out_features", "kernel_size", "stride", "padding")]
        if not known:
            return layer_class("conv2d")()
        parameter = self._random.choice(known)
        return with_parameters(layer, **{parameter: self._value(parameter)})

    def _set(self) -> None:
        name, graph = self._node(), self.document.graph
        self.document.edit(text("set"), edits.set_layer(graph, name, self._changed(graph.nodes[name].layer)))

    def _set_several(self) -> None:
        graph, value = self.document.graph, self._random.randint(1, 64)
        for name in sorted(graph.nodes):
            if type(graph.nodes[name].layer).about.id == "conv2d":
                layer = with_parameters(graph.nodes[name].layer, out_channels=value)
                graph = edits.set_layer(graph, name, layer)
        self.document.edit(text("set"), graph)

    def _replace(self) -> None:
        replace_layers(self.document, self._nodes(2), layer_class(self._random.choice(KINDS))())

    def _mend(self) -> None:
        if fixes := [fix for problem in self.document.report.problems for fix in problem.fixes]:
            commands.mend(self.document, self._random.choice(fixes))

    def _select(self) -> None:
        self.document.select(self._nodes(), self._wires()[:2])

    def _undo(self) -> None:
        self.document.undo_stack.undo()

    def _redo(self) -> None:
        self.document.undo_stack.redo()

    def _turn(self) -> None:
        graph = self.document.graph
        self.document.edit(text("turn"), replace(graph, flow="down" if graph.flow == "right" else "right"))

    def _line_up(self) -> None:
        self.document.select(self._nodes(5))
        order.align(self.document, self._random.choice(("left", "middle", "top", "bottom")))
        order.distribute(self.document, self._random.choice(("across", "down")))

    def _group(self) -> None:
        if len(self.document.where) < DEEPEST:
            self.document.select(self._nodes(5))
            if blocks.group_fault(self.document, self.document.selection) is None:
                blocks.group(self.document, blocks.suggested_name(self.document))

    def _enter(self) -> None:
        if names := self._instances():
            blocks.enter(self.document, self._random.choice(names))

    def _leave(self) -> None:
        if self.document.where:
            blocks.leave(self.document)

    def _unpack(self) -> None:
        if names := self._instances():
            blocks.unpack(self.document, self._random.choice(names))

    def _own(self) -> None:
        if names := self._instances():
            blocks.make_unique(self.document, self._random.choice(names))

    def _repeat(self) -> None:
        if names := self._instances():
            name, graph = self._random.choice(names), self.document.graph
            layer = with_parameters(graph.nodes[name].layer, repeat=self._random.randint(1, 3))
            self.document.edit(text("repeat"), edits.set_layer(graph, name, layer))

    def _lift(self) -> None:
        if block := self.document.block:
            name = self._node()
            definition = self.document.project.blocks[block]
            parameters = [each.name for each in type(self.document.graph.nodes[name].layer).about.parameters]
            if parameters:
                parameter = self._random.choice(parameters)
                face = blocks.face_name(definition, name, parameter)
                blocks.lift(self.document, name, parameter, face)

    def _unlift(self) -> None:
        block = self.document.block
        if block and (lifted := self.document.project.blocks[block].parameters):
            blocks.unlift(self.document, self._random.choice(lifted).name)

    def _rename_block(self) -> None:
        if names := sorted(self.document.project.blocks):
            new = free_name("part", self.document.project.blocks)
            blocks.rename_block(self.document, self._random.choice(names), new)

    def _frame(self) -> None:
        if self._makes_room("frames"):
            self.document.select(self._nodes() if self._random.random() < 0.7 else ())
            remarks.add_frame(self.document, SEEN)

    def _note(self) -> None:
        if self._makes_room("notes"):
            remarks.add_note(self.document, SEEN)

    def _bookmark(self) -> None:
        held = self.document.graph.annotations.bookmarks
        if len(held) < MOST_REMARKS:
            remarks.add_bookmark(self.document, SEEN)
        else:
            remarks.remove_bookmark(self.document, min(held))

    def _makes_room(self, kind: str) -> bool:
        """Whether another frame or note may come; where there are many, one goes instead."""
        spots = self._spots(kind)
        if len(spots) < MOST_REMARKS:
            return True
        remarks.remove(self.document, self._random.choice(spots))
        return False

    def _spots(self, *kinds: str) -> list[Spot]:
        annotations = self.document.graph.annotations
        return [Spot(kind, id) for kind in kinds for id in sorted(getattr(annotations, kind))]  # type: ignore[arg-type]

    def _write(self) -> None:
        if spots := self._spots("frames", "notes"):
            spot = self._random.choice(spots)
            remarks.write(self.document, spot, self._random.choice(WORDS))
            if spot in self._spots("frames", "notes"):
                remarks.colour(self.document, spot, self._random.choice(COLOURS))  # type: ignore[arg-type]

    def _shift(self) -> None:
        if spots := self._spots("frames", "notes"):
            spot = self._random.choice(spots)
            remarks.move(self.document, spot, 24 * self._random.randint(-5, 5), 24 * self._random.randint(-5, 5))
            if self._random.random() < 0.3:
                remarks.resize(self.document, spot, 24 * self._random.randint(4, 20), 24 * self._random.randint(4, 20))

    def _look(self) -> None:
        """Zooms or scrolls."""
        assert self.canvas
        stage, place = self.canvas.stage, self._place()
        self._random.choice(
            (
                lambda: stage.zoom_to(self._random.choice((0.1, 0.3, 0.5, 0.8, 1.0, 1.6))),
                lambda: stage.scroll_by(QPoint(self._random.randint(-200, 200), self._random.randint(-200, 200))),
                lambda: stage.centerOn(place.x, place.y),
                self.canvas.fit,
            )
        )()

    def _hover(self) -> None:
        assert self.canvas
        things: Sequence[str | Wire | None] = (self._node(), None, *self._wires()[:1])
        self.canvas.stage.drawing.hover(self._random.choice(things))

    def _drag(self) -> None:
        """Takes a card, or what else lies there, with the mouse and lets go of it elsewhere."""
        assert self.canvas
        stage = self.canvas.stage
        at = stage.mapFromScene(stage.drawing.nodes[self._node()].card().center())
        port = stage.viewport()
        if port.rect().contains(at):
            to = at + QPoint(self._random.randint(-90, 90), self._random.randint(-90, 90))
            QTest.mousePress(port, LEFT, NO_KEY, at)
            QTest.mouseMove(port, (at + to) / 2)
            QTest.mouseMove(port, to)
            QTest.mouseRelease(port, LEFT, NO_KEY, to)
        if (opened := QApplication.activePopupWidget()) is not None:  # a wire was drawn into the open: no layer for it
            opened.close()

    def _arrange(self) -> None:
        assert self.canvas
        self.document.select(self._nodes(8))
        arranger = self.canvas.arranger
        arranger.start(self.document.selection if self._random.random() < 0.5 else None)
        while arranger.running:
            QApplication.processEvents()
