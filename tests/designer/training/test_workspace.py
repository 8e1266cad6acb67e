"""The training workspace with a real worker: live curves, stop, death, NaN, editing meanwhile, runs of before."""

import os
import signal
from time import monotonic

import pytest
from msgspec.structs import replace

from designer.document import Document
from designer.inspector.editors import Choice
from designer.training.home import home_of
from designer.training.workspace import TrainWorkspace
from engine.graph import edits
from engine.messages import Evaluate, Evaluated
from engine.project.file import load
from engine.project.project import Data, Project
from engine.project.recipe import SGD
from engine.project.settings import with_settings
from engine.text import say, text
from engine.train.runs import Run, make_folder, write_run

trains = pytest.mark.trains


@pytest.fixture
def workspace(document, workers, qtbot):
    workspace = TrainWorkspace(document, workers)
    qtbot.addWidget(workspace)
    workspace.resize(900, 600)
    workspace.show()
    return workspace


def use(document, **settings):
    document.set_recipe(with_settings(document.project.recipe, {k.replace("__", "."): v for k, v in settings.items()}))


def to_the_end(workspace, qtbot):
    qtbot.waitUntil(lambda: not workspace.training, timeout=120_000)


def until_an_epoch_is_done(workspace, qtbot):
    state = workspace.view.state
    qtbot.waitUntil(lambda: len(state.history.epochs) > 0, timeout=120_000)


@trains
def test_training_is_drawn_live_and_kept_as_a_run(workspace, document, qtbot):
    use(document, epochs="2")
    told = []
    workspace.training_changed.connect(told.append)
    workspace.train.click()
    assert workspace.training
    assert not workspace.stop_button.isHidden()
    to_the_end(workspace, qtbot)
    assert told == [True, False]
    assert set(workspace.view.curves.plots) == {"loss", "accuracy"}
    assert len(workspace.view.state.history.validation["loss"].values) == 2
    assert workspace.view.outcome.words.startswith("Trained.")
    (run,) = home_of(document).runs()
    assert run.run.state == "done"
    assert run.checkpoints == ("best", "last")


@trains
def test_stop_keeps_what_was_learned(workspace, document, qtbot):
    use(document, epochs="10000")
    workspace.start()
    until_an_epoch_is_done(workspace, qtbot)
    workspace.stop_button.click()
    assert workspace.stop_button.text() == "Stopping…"
    to_the_end(workspace, qtbot)
    assert workspace.view.outcome.words.startswith("Stopped.")
    (run,) = home_of(document).runs()
    assert run.run.state == "stopped"
    assert "last" in run.checkpoints


@trains
def test_a_killed_worker_is_told_within_a_second_and_its_checkpoint_evaluates(workspace, document, workers, qtbot):
    use(document, epochs="10000")
    workspace.start()
    until_an_epoch_is_done(workspace, qtbot)
    start = monotonic()
    os.kill(workers.jobs[0].pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: not workspace.training, timeout=2000)
    assert monotonic() - start < 1
    (run,) = home_of(document).runs()
    assert "killed by signal 9" in workspace.view.outcome.words
    assert run.folder.name in workspace.view.outcome.words
    assert workspace.train.isEnabled()
    with qtbot.waitSignal(workers.start(Evaluate(run=str(run.folder))).ended, timeout=60_000) as end:
        pass
    assert isinstance(end.args[0], Evaluated)
    assert end.args[0].metrics["accuracy"] > 0.5


@trains
def test_nan_ends_with_the_layer_and_a_way_to_it(workspace, document, qtbot):
    document.set_recipe(replace(document.project.recipe, optimizer=SGD(lr=1e30)))
    workspace.start()
    to_the_end(workspace, qtbot)
    node = workspace.view.state.end.node
    assert node in document.graph.nodes
    assert node in workspace.view.outcome.words
    asked = []
    workspace.node_requested.connect(asked.append)
    workspace.view.outcome.buttons[0].click()
    assert asked == [node]


@trains
def test_editing_meanwhile_leaves_the_run_as_it_was_and_says_so(workspace, document, qtbot):
    use(document, epochs="10000")
    before = document.project
    workspace.start()
    until_an_epoch_is_done(workspace, qtbot)
    assert workspace.hint.words == ""
    first = next(iter(document.graph.nodes))
    document.edit(text("delete"), edits.remove(document.graph, [first]))
    assert "does not change this run" in workspace.hint.words
    document.undo_stack.undo()
    assert workspace.hint.words == ""
    document.undo_stack.redo()
    workspace.stop()
    to_the_end(workspace, qtbot)
    (run,) = home_of(document).runs()
    assert load(run.folder / "project.loom") == before


@trains
def test_a_project_saved_while_it_trains_takes_its_run_along_at_the_end(workspace, document, qtbot, tmp_path):
    use(document, epochs="10000")
    workspace.start()
    until_an_epoch_is_done(workspace, qtbot)
    document.save(tmp_path / "net.loom")
    workspace.stop()
    to_the_end(workspace, qtbot)
    (run,) = home_of(document).runs()
    assert run.folder.parent == tmp_path / "net.runs"
    assert workspace.view.state.folder == run.folder
    assert run.run.state == "stopped"


@trains
def test_the_curves_of_a_run_are_shown_again(workspace, run):
    workspace.show_run(run)
    assert workspace.view.title.text() == run.name
    assert len(workspace.view.state.history.validation["loss"].values) == 3
    assert workspace.view.outcome.words.startswith("Trained.")


def test_a_folder_that_is_no_run_is_told(workspace, tmp_path):
    workspace.show_run(tmp_path)
    assert str(tmp_path) in workspace.hint.words


def test_an_empty_network_cannot_be_trained(workers, qtbot):
    workspace = TrainWorkspace(Document(), workers)
    qtbot.addWidget(workspace)
    assert not workspace.train.isEnabled()
    assert "empty" in workspace.reason.text()


def test_what_is_wrong_with_the_network_is_said_beside_the_button(workspace, document):
    told = []
    workspace.blocked_changed.connect(told.append)
    first = next(iter(document.graph.nodes))
    document.edit(text("delete"), edits.remove(document.graph, [first], heal=False))
    assert not workspace.train.isEnabled()
    assert workspace.reason.text() == say(workspace.blocked())
    document.undo_stack.undo()
    assert workspace.train.isEnabled()
    assert told[-1] is None


def test_a_recipe_that_contradicts_itself_cannot_be_trained(workspace, document):
    document.set_recipe(replace(document.project.recipe, optimizer=SGD(nesterov=True)))
    assert "momentum" in workspace.reason.text()
    assert not workspace.train.isEnabled()


def test_another_project_takes_the_run_of_before_out_of_view(workspace, document, tmp_path):
    folder = make_folder(home_of(document).folder, "test")
    write_run(folder, Run(name="test", started="2026-11-21T10:00:00+00:00", state="done"))
    workspace.show_run(folder)
    document.save(tmp_path / "net.loom")
    assert workspace.view.state is not None
    document.start(Project())
    assert workspace.view.state is None


def test_without_data_it_cannot_be_trained(workspace, document):
    document.set_data(Data())
    assert "Data workspace" in workspace.reason.text()
    assert not workspace.train.isEnabled()


def test_the_recipe_is_edited_as_a_step_that_can_be_undone(workspace, document):
    before = document.project.recipe
    choice = workspace.recipe.findChild(Choice)
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    assert isinstance(document.project.recipe.optimizer, SGD)
    document.undo_stack.undo()
    assert document.project.recipe == before
    assert workspace.recipe.value == before
