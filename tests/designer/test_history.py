"""Undo: its bound of memory, merged steps, and what was saved."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from designer.canvas import commands
from designer.document import Document
from engine.graph import Place, edits
from engine.layers import make_layer
from engine.project.project import Project
from engine.text import text


def empty() -> Document:
    document = Document()
    document.start(Project())
    return document


def test_old_steps_are_forgotten_beyond_the_bound_and_the_rest_still_undoes(qtbot: QtBot) -> None:
    document = empty()
    document.undo_stack.most_bytes = 20_000
    past = [document.project]
    for number in range(60):
        commands.add(document, "relu", Place(0, number * 96))
        past.append(document.project)
    kept = document.undo_stack.count()
    assert 0 < kept < 60
    assert document.undo_stack.index() == kept
    for number in range(kept):
        document.undo_stack.undo()
        assert document.project is past[-2 - number]
    assert not document.undo_stack.canUndo()
    assert document.modified


def test_what_was_saved_is_known_after_old_steps_are_forgotten(qtbot: QtBot, tmp_path: Path) -> None:
    document = empty()
    for number in range(20):
        commands.add(document, "relu", Place(0, number * 96))
    document.save(tmp_path / "net.loom")
    document.undo_stack.most_bytes = 1
    commands.add(document, "relu", Place(300, 0))
    assert document.undo_stack.count() < 21
    assert document.modified
    document.undo_stack.undo()
    assert not document.modified


def test_steps_that_merge_do_not_merge_over_a_save(qtbot: QtBot, tmp_path: Path) -> None:
    document = empty()
    commands.add(document, "relu", Place(0, 0))
    commands.nudge(document, 24, 0)
    document.save(tmp_path / "net.loom")
    commands.nudge(document, 24, 0)
    document.undo_stack.undo()
    assert document.graph.places["relu1"] == Place(24, 0)
    assert not document.modified


def test_an_edit_that_changes_nothing_is_no_step(qtbot: QtBot) -> None:
    document = empty()
    document.edit(text("nothing"), edits.move(document.graph, {}))
    assert document.undo_stack.count() == 0


def test_a_node_without_a_place_is_given_one(qtbot: QtBot) -> None:
    document = empty()
    commands.add(document, "input", Place(48, 48))
    graph = edits.add(document.graph, "relu1", make_layer("relu", {}))
    document.edit(text("add"), graph)
    assert "relu1" in document.graph.places
    assert document.graph.places["relu1"] != Place(48, 48)


def test_the_selection_is_sound_when_a_change_is_told(qtbot: QtBot) -> None:
    document = empty()
    commands.add(document, "relu", Place(0, 0))
    seen: list[bool] = []
    document.changed.connect(lambda _: seen.append(document.selection <= document.graph.nodes.keys()))
    commands.delete(document)
    document.undo_stack.undo()
    assert document.selection == {"relu1"}
    assert seen == [True, True]


def test_an_earlier_moment_can_be_the_saved_one(qtbot: QtBot, tmp_path: Path) -> None:
    """The person goes on while the project is being saved: forth, or back."""
    document = empty()
    past = [document.project]
    for number in range(6):
        commands.add(document, "relu", Place(0, number * 96))
        past.append(document.project)
    document.undo_stack.undo()
    told: list[bool] = []
    document.undo_stack.cleanChanged.connect(told.append)
    for saved in (2, 6, 0):
        document.take_saved(past[saved], tmp_path / "net.loom", "")
        assert document.project is past[5] and document.modified
        document.undo_stack.setIndex(saved)
        assert document.project is past[saved] and not document.modified and told[-1]
        document.undo_stack.setIndex(5)
        assert document.project is past[5]


def test_a_saved_moment_that_is_gone_is_nowhere(qtbot: QtBot, tmp_path: Path) -> None:
    document = empty()
    commands.add(document, "relu", Place(0, 0))
    saved = document.project
    document.undo_stack.undo()
    commands.add(document, "gelu", Place(0, 0))
    document.take_saved(saved, tmp_path / "net.loom", "")
    assert document.modified
    document.undo_stack.undo()
    assert document.modified


def test_steps_do_not_merge_over_a_save_that_is_not_over(qtbot: QtBot, tmp_path: Path) -> None:
    document = empty()
    commands.add(document, "relu", Place(0, 0))
    commands.nudge(document, 24, 0)
    saved = document.project
    document.undo_stack.seal()
    commands.nudge(document, 24, 0)
    document.take_saved(saved, tmp_path / "net.loom", "")
    assert document.modified
    document.undo_stack.undo()
    assert document.project is saved and not document.modified
