"""The panel of runs: what it lists, and what can be done with the selected one."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from designer.training.home import home_of
from designer.training.runs_panel import RunsPanel
from engine.text import text
from engine.train.runs import Run, make_folder, write_run

DONE = Run(
    name="test",
    started="2026-11-21T10:00:00+00:00",
    ended="2026-11-21T10:01:05+00:00",
    state="done",
    epochs_done=2,
    best_epoch=2,
    metrics={"loss": 0.25, "accuracy": 0.9375},
)


@pytest.fixture
def panel(document, workers, qtbot):
    panel = RunsPanel(document, workers)
    qtbot.addWidget(panel)
    panel.resize(900, 200)
    panel.show()
    return panel


def write(document, run):
    folder = make_folder(home_of(document).folder, "test")
    write_run(folder, run)
    return folder


def row(panel, number=0):
    return [panel.table.item(number, column).text() for column in range(panel.table.columnCount())]


def answer(qtbot, words):
    """Presses a button of the question that comes next."""

    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(button for button in box.buttons() if button.text() == words).click()

    QTimer.singleShot(0, press)


def test_without_runs_it_says_how_to_get_one(panel):
    assert panel.empty.isVisible()
    assert not panel.table.isVisible()


def test_a_run_shows_state_best_metric_epochs_and_duration(panel, document):
    folder = write(document, DONE)
    panel.refresh()
    name, state, best, epochs, began, took, _ = row(panel)
    assert (name, state, best, epochs, took) == (folder.name, "done", "accuracy 0.9375", "2/2", "1:05")
    assert "2026" in began


def test_a_failed_run_says_why(panel, document):
    write(document, replace(DONE, state="failed", sentence=text("The loss is not finite.")))
    panel.refresh()
    assert row(panel)[1] == "failed"
    assert panel.table.item(0, 1).toolTip() == "The loss is not finite."


def test_a_run_that_nobody_trains_any_more_has_failed(panel, document):
    write(document, replace(DONE, state="running", ended=""))
    panel.refresh()
    assert row(panel)[1] == "failed"


def test_runs_are_listed_newest_first_and_the_selection_stays(panel, document):
    old = write(document, DONE)
    panel.refresh()
    panel.table.selectRow(0)
    write(document, replace(DONE, started="2026-11-22T10:00:00+00:00"))
    panel.refresh()
    assert panel.table.rowCount() == 2
    assert panel.table.chosen.folder == old
    assert row(panel, 1)[0] == old.name


def test_a_run_made_by_another_process_appears(panel, document, qtbot):
    write(document, DONE)
    panel.refresh()
    write(document, DONE)
    qtbot.waitUntil(lambda: panel.table.rowCount() == 2, timeout=5000)


def test_a_double_click_asks_for_the_curves(panel, document, qtbot):
    folder = write(document, DONE)
    panel.refresh()
    with qtbot.waitSignal(panel.curves_requested, timeout=1000) as asked:
        panel.table.selectRow(0)
        panel.table.cellActivated.emit(0, 0)
    assert asked.args == [folder]


def test_its_network_is_asked_for_by_the_projects_file(panel, document, qtbot):
    folder = write(document, DONE)
    (folder / "project.loom").write_text("{}")
    panel.refresh()
    panel.table.selectRow(0)
    with qtbot.waitSignal(panel.network_requested, timeout=1000) as asked:
        panel.actions_by_name["network"].trigger()
    assert asked.args == [folder / "project.loom"]


def test_what_a_run_does_not_have_cannot_be_asked_of_it(panel, document):
    write(document, DONE)
    panel.refresh()
    panel.table.selectRow(0)
    enabled = {name for name, action in panel.actions_by_name.items() if action.isEnabled()}
    assert enabled == {"curves", "delete"}


def test_deleting_asks_and_puts_the_run_into_the_trash(panel, document, qtbot, own_folders):
    folder = write(document, DONE)
    panel.refresh()
    panel.table.selectRow(0)
    answer(qtbot, "Delete")
    panel.delete()
    assert not folder.exists()
    assert list(own_folders.glob("Trash/files/*/run.json"))
    assert panel.empty.isVisible()


def test_a_run_that_is_kept_after_the_question_stays(panel, document, qtbot):
    folder = write(document, DONE)
    panel.refresh()
    panel.table.selectRow(0)
    answer(qtbot, "Keep")
    panel.delete()
    assert folder.exists()


@pytest.mark.trains
def test_a_run_is_evaluated_on_the_test_part(panel, run, qtbot):
    panel.refresh()
    panel.table.selectRow(0)
    panel.evaluate()
    qtbot.waitUntil(lambda: panel.notice.words != "", timeout=60_000)
    assert "359 samples of the test part" in panel.notice.words
    assert "accuracy 0." in panel.notice.words


@pytest.mark.trains
def test_the_best_checkpoint_is_asked_to_be_exported(panel, run, qtbot):
    panel.refresh()
    panel.table.selectRow(0)
    with qtbot.waitSignal(panel.export_requested, timeout=1000) as asked:
        panel.actions_by_name["best"].trigger()
    assert asked.args == [run, "best"]
