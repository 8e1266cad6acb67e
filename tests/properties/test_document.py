"""Whatever is done to a document, its canvas shows the drawing, no wire dangles, and undo gives back the very value."""

from typing import get_args

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from designer.arranging import arranged
from designer.blocks import commands as block_commands
from designer.blocks.context import Contexts
from designer.blocks.kinds import layer_of
from designer.blocks.places import Where, sound
from designer.canvas import clipboard, commands
from designer.canvas.ports import ports_of
from designer.canvas.scene import Scene
from designer.canvas.wire_item import curve
from designer.document import Document
from engine.blocks import BlockLayer, block_layer
from engine.check.checker import Checker
from engine.check.fitting import upstream
from engine.graph import Flow, Graph, Place, Wire, edits, free_name
from engine.layers import Layer, with_parameters
from engine.project.project import Project
from engine.text import text
from tests.designer.blocks.drawings import project as project_of_blocks

KINDS = ("input", "output", "conv2d", "relu", "concat", "flatten", "linear", "add", "max_pool2d", "identity")
PLACES = st.builds(Place, st.integers(-40, 40).map(lambda n: 24.0 * n), st.integers(-40, 40).map(lambda n: 24.0 * n))


class Drawing(RuleBasedStateMachine):
    """Edits as a person makes them, on a document with a live scene."""

    @initialize(drawn=st.booleans())
    def start(self, drawn: bool) -> None:
        self.document = Document()
        if drawn:
            self.document.start(project_of_blocks())
        self.scene = Scene(self.document)
        self.past: list[Project] = [self.document.project]
        self.made: list[Where] = [()]  # where each step was made
        self.at = 0

    def teardown(self) -> None:
        if hasattr(self, "scene"):
            delete(self.scene)
            delete(self.document)

    @property
    def graph(self) -> Graph[Layer]:
        return self.document.graph

    def node(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.graph.nodes)))

    def some(self, data: st.DataObject) -> list[str]:
        return data.draw(st.lists(st.sampled_from(sorted(self.graph.nodes)), min_size=1, max_size=4, unique=True))

    def wire(self, data: st.DataObject) -> Wire:
        return data.draw(st.sampled_from(sorted(self.graph.wires())))

    def note(self) -> None:
        """A step was made, if the value is another one: what was undone is forgotten."""
        if self.document.project is not self.past[self.at]:
            self.at += 1
            self.past[self.at :] = [self.document.project]
            self.made[self.at :] = [self.document.where]

    @rule(kind=st.sampled_from(KINDS), place=PLACES)
    def add(self, kind: str, place: Place) -> None:
        commands.add(self.document, kind, place)
        self.note()

    @precondition(lambda self: self.graph.nodes)
    @rule(data=st.data(), kind=st.sampled_from(KINDS))
    def add_below(self, data: st.DataObject, kind: str) -> None:
        self.document.select(self.some(data))
        commands.add_below(self.document, kind)
        self.note()

    @precondition(lambda self: self.graph.nodes)
    @rule(data=st.data())
    def connect(self, data: st.DataObject) -> None:
        source, target = self.node(data), self.node(data)
        outlets = ports_of(source, self.graph.nodes[source]).outlets
        inlets = ports_of(target, self.graph.nodes[target]).inlets
        if outlets and inlets and target not in upstream(self.graph, source) | {source}:
            commands.connect(self.document, data.draw(st.sampled_from(outlets)), data.draw(st.sampled_from(inlets)))
            self.note()

    @precondition(lambda self: any(self.graph.wires()))
    @rule(data=st.data())
    def disconnect(self, data: st.DataObject) -> None:
        commands.disconnect(self.document, [self.wire(data)])
        self.note()

    @precondition(lambda self: any(self.graph.wires()))
    @rule(data=st.data())
    def replug(self, data: st.DataObject) -> None:
        wire, target = self.wire(data), self.node(data)
        inlets = ports_of(target, self.graph.nodes[target]).inlets
        if inlets and target not in upstream(self.graph, wire.source.node) | {wire.source.node}:
            commands.replug(self.document, wire.target, data.draw(st.sampled_from(inlets)))
            self.note()

    @precondition(lambda self: any(self.graph.wires()))
    @rule(data=st.data(), kind=st.sampled_from(KINDS), place=PLACES)
    def insert(self, data: st.DataObject, kind: str, place: Place) -> None:
        commands.insert(self.document, kind, place, self.wire(data))
        self.note()

    @precondition(lambda self: self.graph.nodes)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        wires = [self.wire(data)] if any(self.graph.wires()) else []
        self.document.select(self.some(data), wires)
        commands.delete(self.document)
        self.note()

    @rule(flow=st.sampled_from(get_args(Flow)), lay_out=st.booleans())
    def turn(self, flow: Flow, lay_out: bool) -> None:
        graph = arranged(self.graph, flow=flow) if lay_out else replace(self.graph, flow=flow)
        self.document.edit(text("turn"), graph)
        self.note()

    @precondition(lambda self: self.graph.nodes)
    @rule(data=st.data(), stem=st.sampled_from(["stem", "block", "a1"]))
    def rename(self, data: st.DataObject, stem: str) -> None:
        commands.rename(self.document, self.node(data), free_name(stem, self.graph.nodes))
        self.note()

    @precondition(lambda self: self.graph.nodes)
    @rule(data=st.data(), place=PLACES)
    def move(self, data: st.DataObject, place: Place) -> None:
        commands.move(self.document, dict.fromkeys(self.some(data), place))
        self.note()

    @precondition(lambda self: self.graph.nodes)
    @rule(data=st.data())
    def duplicate(self, data: st.DataObject) -> None:
        self.document.select(self.some(data))
        clipboard.duplicate(self.document)
        self.note()

    @precondition(lambda self: self.graph.nodes)
    @rule(data=st.data())
    def copy_and_paste(self, data: st.DataObject) -> None:
        self.document.select(self.some(data))
        clipboard.copy(self.document)
        clipboard.paste(self.document)
        self.note()

    @precondition(lambda self: any(p.fixes for p in self.document.report.problems))
    @rule(data=st.data())
    def mend(self, data: st.DataObject) -> None:
        fixes = [fix for problem in self.document.report.problems for fix in problem.fixes]
        commands.mend(self.document, data.draw(st.sampled_from(fixes)))
        self.note()

    @rule()
    def arrange(self) -> None:
        self.document.edit(text("arrange"), arranged(self.document.graph))
        self.note()

    def instances(self) -> list[str]:
        return sorted(name for name in self.graph.nodes if block_commands.instance(self.document, name))

    @precondition(lambda self: self.graph.nodes)
    @rule(data=st.data())
    def group(self, data: st.DataObject) -> None:
        self.document.select(self.some(data))
        if block_commands.group_fault(self.document, self.document.selection) is None:
            block_commands.group(self.document, block_commands.suggested_name(self.document))
            self.note()

    @precondition(lambda self: self.instances())
    @rule(data=st.data())
    def enter(self, data: st.DataObject) -> None:
        block_commands.enter(self.document, data.draw(st.sampled_from(self.instances())))

    @precondition(lambda self: self.document.where)
    @rule()
    def leave(self) -> None:
        block_commands.leave(self.document)

    @precondition(lambda self: self.document.project.blocks)
    @rule(data=st.data())
    def open_block(self, data: st.DataObject) -> None:
        block_commands.open_block(self.document, data.draw(st.sampled_from(sorted(self.document.project.blocks))))

    @precondition(lambda self: self.instances())
    @rule(data=st.data())
    def unpack(self, data: st.DataObject) -> None:
        block_commands.unpack(self.document, data.draw(st.sampled_from(self.instances())))
        self.note()

    @precondition(lambda self: self.instances())
    @rule(data=st.data(), repeat=st.integers(1, 3))
    def repeat(self, data: st.DataObject, repeat: int) -> None:
        name = data.draw(st.sampled_from(self.instances()))
        layer = with_parameters(self.graph.nodes[name].layer, repeat=repeat)
        self.document.edit(text("repeat"), edits.set_layer(self.graph, name, layer))
        self.note()

    @precondition(lambda self: self.instances())
    @rule(data=st.data())
    def make_unique(self, data: st.DataObject) -> None:
        block_commands.make_unique(self.document, data.draw(st.sampled_from(self.instances())))
        self.note()

    @precondition(lambda self: self.document.project.blocks)
    @rule(data=st.data(), place=PLACES)
    def add_instance(self, data: st.DataObject, place: Place) -> None:
        kind = "block:" + data.draw(st.sampled_from(sorted(self.document.project.blocks)))
        commands.add(self.document, layer_of(self.document, kind), place)
        self.note()

    @precondition(lambda self: self.document.where and self.graph.nodes)
    @rule(data=st.data())
    def lift(self, data: st.DataObject) -> None:
        node = self.node(data)
        parameters = [one.name for one in type(self.graph.nodes[node].layer).about.parameters]
        block = self.document.project.blocks[self.document.block]
        if parameters:
            parameter = data.draw(st.sampled_from(parameters))
            lifted = block_commands.face_of(block, node, parameter)
            if lifted:
                block_commands.unlift(self.document, lifted.name, node, parameter)
            else:
                name = block_commands.face_name(block, node, parameter)
                block_commands.lift(self.document, node, parameter, name)
            self.note()

    @precondition(lambda self: self.at)
    @rule()
    def undo(self) -> None:
        self.document.undo_stack.undo()
        assert self.document.where == self.made[self.at]
        self.at -= 1
        assert self.document.project is self.past[self.at]

    @precondition(lambda self: self.at + 1 < len(self.past))
    @rule()
    def redo(self) -> None:
        self.document.undo_stack.redo()
        self.at += 1
        assert self.document.project is self.past[self.at]
        assert self.document.where == self.made[self.at]

    @invariant()
    def the_place_is_there_and_its_instances_are_of_the_blocks_there_are(self) -> None:
        project = self.document.project
        assert sound(project, self.document.where) == self.document.where
        drawings = [*project.networks.values(), *(block.graph for block in project.blocks.values())]
        for layer in (node.layer for graph in drawings for node in graph.nodes.values()):
            if isinstance(layer, BlockLayer):
                assert type(layer) is block_layer(layer.name, project.blocks[layer.name])

    @invariant()
    def the_value_is_the_last_one_noted(self) -> None:
        assert self.document.project is self.past[self.at]

    @invariant()
    def the_scene_shows_the_drawing(self) -> None:
        assert self.scene.nodes.keys() == self.graph.nodes.keys()
        assert self.scene.wires.keys() == set(self.graph.wires())
        for name, item in self.scene.nodes.items():
            assert (item.pos().x(), item.pos().y()) == self.graph.places[name]
            assert item.face.name == name
            assert item in self.scene.cards_in(item.card())
        for wire, shown in self.scene.wires.items():
            path = shown.path()
            assert path.pointAtPercent(0) == self.scene.nodes[wire.source.node].spot(wire.source)
            assert path.pointAtPercent(1) == self.scene.nodes[wire.target.node].spot(wire.target)
            assert shown in self.scene.wires_in(path.boundingRect())

    @invariant()
    def the_cards_say_what_a_fresh_look_says(self) -> None:
        fresh = Scene(self.document)
        for name, item in self.scene.nodes.items():
            other = fresh.nodes[name]
            assert (item.face, item.ports, item.wired, item.mark) == (other.face, other.ports, other.wired, other.mark)
            assert item.box() == other.box()
        for wire, shown in self.scene.wires.items():
            same = fresh.wires[wire]
            assert (shown.words, shown.faulty, shown.strong) == (same.words, same.faulty, same.strong)
            assert shown.line == same.line
            plain = curve(shown.line.p1(), shown.line.p2(), flow=self.graph.flow)
            assert (shown.path() == plain) == (same.path() == plain)  # else by lanes: which is free depends on the past
        delete(fresh)

    @invariant()
    def no_wire_dangles(self) -> None:
        for wire in self.graph.wires():
            assert wire.source.node in self.graph.nodes

    @invariant()
    def the_report_is_that_of_the_drawing(self) -> None:
        network = Checker().update(self.document.project.graph, ())
        fresh = Contexts().at(self.document.project, self.document.where, network, {}).report
        for report, same in ((self.document.network_report, network), (self.document.report, fresh)):
            assert report.specs == same.specs
            assert set(report.problems) == set(same.problems)

    @invariant()
    def the_selection_is_there(self) -> None:
        assert self.document.selection <= self.graph.nodes.keys()
        assert self.document.selected_wires <= set(self.graph.wires())


def test_a_document_and_its_scene(qapp: QApplication) -> None:
    run_state_machine_as_test(Drawing, settings=settings(max_examples=40, stateful_step_count=30, deadline=None))
