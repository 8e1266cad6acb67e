"""Taking up a run again from the panel of runs."""

import pytest
from msgspec.structs import replace

from designer.training.history import History
from designer.training.home import home_of
from designer.training.runs_panel import RunsPanel
from designer.training.workspace import TrainWorkspace
from engine.messages import Epoch, Step
from engine.project.settings import with_settings
from engine.train.runs import Run, make_folder, read_run, write_run


@pytest.fixture
def panel(document, workers, qtbot):
    panel = RunsPanel(document, workers)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def add_run(document, checkpoint=True, **changes):
    folder = make_folder(home_of(document).folder, "test")
    write_run(folder, replace(Run(name="test", started="2026-11-21T10:00:00+00:00", state="stopped"), **changes))
    if checkpoint:
        (folder / "last.json").write_text("{}")
    return folder


@pytest.mark.parametrize(
    ("changes", "checkpoint", "allowed"),
    [
        ({"epochs_done": 1}, True, True),
        ({"epochs_done": 1, "state": "failed"}, True, True),
        ({"epochs_done": 1, "state": "running"}, True, True),  # nobody holds its lock: its process is gone
        ({"epochs_done": 1}, False, False),
        ({"epochs_done": Run("", "").recipe.epochs, "state": "done"}, True, False),
    ],
)
def test_a_run_that_is_not_at_its_end_can_go_on(panel, document, changes, checkpoint, allowed):
    folder = add_run(document, checkpoint, **changes)
    panel.refresh()
    asked = []
    panel.resume_requested.connect(asked.append)
    assert panel.actions_by_name["resume"].isEnabled() is allowed
    panel.actions_by_name["resume"].trigger()
    assert asked == ([folder] if allowed else [])


def test_while_one_is_trained_no_other_goes_on(panel, document):
    add_run(document, epochs_done=1)
    home_of(document).set_training(True)
    panel.refresh()
    assert not panel.actions_by_name["resume"].isEnabled()


def test_what_is_done_again_is_drawn_once():
    history = History()
    for step in (10, 20, 30):
        history.add(Step(job=1, step=step, epoch=1, metrics={"loss": 1.0}, samples_per_second=1.0, seconds_left=1.0))
    history.add(Epoch(job=1, epoch=1, step=30, training={}, validation={"loss": 1.0}, best=False))
    history.cut(20)
    assert history.training["loss"].steps == [10]
    assert history.validation["loss"].steps == [] and history.epochs == []


@pytest.mark.trains
def test_a_stopped_run_is_taken_up_again_to_its_end(document, workers, qtbot):
    document.set_recipe(with_settings(document.project.recipe, {"epochs": "100000"}))
    workspace = TrainWorkspace(document, workers)
    qtbot.addWidget(workspace)
    workspace.show()
    workspace.start()
    qtbot.waitUntil(lambda: len(workspace.view.state.history.epochs) > 0, timeout=120_000)
    workspace.stop()
    qtbot.waitUntil(lambda: not workspace.training, timeout=120_000)
    folder = workspace.view.state.folder
    done = read_run(folder).epochs_done

    workspace.resume(folder)
    assert workspace.training and workspace.view.state.folder == folder
    qtbot.waitUntil(lambda: len(workspace.view.state.history.epochs) > done, timeout=120_000)
    workspace.stop()
    qtbot.waitUntil(lambda: not workspace.training, timeout=120_000)
    steps = workspace.view.state.history.training["loss"].steps
    assert steps == sorted(steps)
    assert read_run(folder).epochs_done > done
    assert [run.folder for run in home_of(document).runs()] == [folder]
