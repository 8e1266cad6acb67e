"""The document in a block: what is shown and edited, the history that goes to where a step was made, no stale place."""

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from designer.blocks import commands
from designer.canvas.commands import add, delete, move, nudge, rename
from designer.document import Document
from engine.blocks import BlockLayer
from engine.graph import Diff, Place, edits
from engine.layers import with_parameters
from engine.text import Text, text
from tests.designer.blocks.drawings import project


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    document = Document()
    document.start(project())
    return document


def set_parameter(document: Document, node: str, **values: object) -> None:
    layer = with_parameters(document.graph.nodes[node].layer, **values)
    document.edit(text("set"), edits.set_layer(document.graph, node, layer))


def block_of(document: Document, name: str) -> BlockLayer:
    layer = document.project.graph.nodes[name].layer
    assert isinstance(layer, BlockLayer)
    return layer


def test_in_a_block_its_drawing_is_shown_with_what_arrives(document: Document) -> None:
    shown: list[Diff] = []
    went: list[object] = []
    document.changed.connect(shown.append)
    document.went.connect(went.append)
    commands.enter(document, "res1")
    assert document.graph is document.project.blocks["residual"].graph
    assert went == [("res1",)]
    assert shown[0].added == {"x", "conv1", "relu1", "add1", "y"}
    assert str(document.report.specs["conv1"][0]) == str(document.network_report.specs["res1"][0])
    assert document.undo_stack.count() == 0


def test_an_edit_in_a_block_changes_all_instances_in_one_step(document: Document) -> None:
    before = document.project
    commands.enter(document, "res1")
    set_parameter(document, "conv1", bias=False)
    assert document.undo_stack.count() == 1
    commands.leave(document)
    for name in ("res1", "res2"):
        assert block_of(document, name).block.graph.nodes["conv1"].layer.bias is False  # type: ignore[attr-defined]
    assert document.network_report.costs["res2"].parameters == 3 * 576
    document.undo_stack.undo()
    assert document.project is before


def test_undo_and_redo_go_to_where_the_step_was_made(document: Document) -> None:
    commands.enter(document, "res1")
    document.select(["conv1"])
    set_parameter(document, "conv1", bias=False)
    commands.leave(document)
    assert document.selection == {"res1"}
    set_parameter(document, "stem", bias=False)
    document.undo_stack.undo()
    assert document.where == ()
    document.undo_stack.undo()
    assert (document.where, document.selection) == (("res1",), {"conv1"})
    document.go(())
    document.undo_stack.redo()
    assert document.where == ("res1",)


def test_undo_of_the_recipe_leaves_one_where_one_is(document: Document) -> None:
    document.set_recipe(replace(document.project.recipe, epochs=3))
    commands.enter(document, "res1")
    document.select(["conv1"])
    document.undo_stack.undo()
    assert (document.where, document.selection) == (("res1",), {"conv1"})


def test_a_block_that_goes_takes_nobody_with_it(document: Document) -> None:
    document.select(["flatten1", "linear1"])
    commands.group(document, "head")
    commands.enter(document, "head1")
    document.undo_stack.undo()
    assert document.where == ()
    assert document.selection == {"flatten1", "linear1"}
    assert "head" not in document.project.blocks


def test_a_place_within_a_place_is_left_as_far_as_it_is_gone(document: Document) -> None:
    document.select(["res1", "res2"])
    commands.group(document, "stage")
    document.go(("stage1", "res2"))
    assert document.where == ("stage1", "res2")
    document.go(("stage1", "nowhere", "res2"))
    assert document.where == ("stage1",)


def test_steps_of_two_drawings_never_become_one(document: Document) -> None:
    document.select(["stem"])
    rename(document, "stem", "conv1")
    document.select(["conv1"])
    nudge(document, 24, 0)
    commands.enter(document, "res1")
    document.select(["conv1"])
    nudge(document, 24, 0)
    nudge(document, 24, 0)
    assert document.undo_stack.count() == 3
    document.undo_stack.undo()
    assert document.where == ("res1",)
    document.undo_stack.undo()
    assert document.where == ()


def test_a_block_opened_by_itself_shows_its_examples(document: Document) -> None:
    commands.open_block(document, "residual")
    assert (document.where, document.in_instance) == (("block:residual",), False)
    assert str(document.report.specs["x"][0]) == "(N, 8, 16, 16)"
    assert document.report.ok


def test_renaming_the_block_that_is_open_stays_in_it(document: Document) -> None:
    commands.open_block(document, "residual")
    commands.rename_block(document, "residual", "basic")
    assert (document.where, document.block) == (("block:basic",), "basic")
    document.undo_stack.undo()
    assert (document.where, document.block) == (("block:residual",), "residual")


def test_a_block_does_not_go_into_itself(document: Document) -> None:
    told: list[Text] = []
    document.refused.connect(told.append)
    instance = document.graph.nodes["res1"].layer
    commands.enter(document, "res1")
    before = document.project
    add(document, instance, Place(0, 0))
    assert document.project is before
    assert "cannot contain itself" in str(told[0])


def test_the_network_is_checked_wherever_one_is(document: Document) -> None:
    commands.enter(document, "res2")
    set_parameter(document, "conv1", kernel_size=(5, 5), padding=(1, 1))
    assert not document.network_report.ok
    assert [problem.node for problem in document.network_report.problems if problem.severity == "error"] == ["res1"]
    assert [problem.node for problem in document.report.problems if problem.severity == "error"] == ["add1"]


def test_repeats_may_be_looked_at_one_by_one(document: Document) -> None:
    commands.enter(document, "res2")
    assert (document.context.repeat, document.context.repeats) == (0, 3)
    document.look_at_repeat(2)
    assert document.context.repeat == 2
    commands.leave(document)
    commands.enter(document, "res2")
    assert document.context.repeat == 2


def test_names_inside_may_be_those_outside(document: Document) -> None:
    rename(document, "stem", "conv1")
    commands.enter(document, "res1")
    move(document, {"conv1": Place(480, 480)})
    document.select(["conv1"])
    delete(document)
    assert "conv1" in document.project.graph.nodes
    commands.leave(document)
    assert "conv1" in document.graph.nodes
    document.undo_stack.undo()
    assert document.graph.places["conv1"] == Place(480, 480)
