"""Where runs lie: beside the file, or in the user's folder until the project has one."""

import shutil
import threading

import pytest

from designer.document import Document
from designer.training import home as module
from designer.training.home import home_of
from engine.project.project import Project
from engine.project.starters import make_starter
from engine.train.runs import Run, make_folder, write_run


@pytest.fixture
def document(qtbot):
    document = Document()
    document.start(make_starter("mlp"))
    return document


def run_in(home):
    folder = make_folder(home.folder, "test")
    write_run(folder, Run(name="test", started="2026-11-21T10:00:00+00:00", state="done"))
    return folder


def test_runs_of_an_unsaved_project_lie_in_the_users_folder(document, own_folders):
    assert home_of(document).folder.is_relative_to(own_folders)


def test_runs_move_along_at_the_first_save(document, tmp_path, qtbot):
    home = home_of(document)
    run = run_in(home)
    with qtbot.waitSignal(home.moved, timeout=1000):
        document.save(tmp_path / "net.loom")
    assert [found.folder for found in home.runs()] == [tmp_path / "net.runs" / run.name]
    assert not run.exists()


def test_runs_wait_with_moving_until_the_training_has_ended(document, tmp_path):
    home = home_of(document)
    run = run_in(home)
    home.set_training(True)
    document.save(tmp_path / "net.loom")
    assert run.exists()
    home.set_training(False)
    assert not run.exists()
    assert len(home.runs()) == 1


def test_opening_a_file_takes_no_runs_along(document, tmp_path):
    other = Document()
    other.start(Project())
    other.save(tmp_path / "other.loom")
    home = home_of(document)
    run = run_in(home)
    document.open(tmp_path / "other.loom")
    assert home.folder == tmp_path / "other.runs"
    assert run.exists()
    assert home.runs() == []


def test_a_copy_under_another_name_leaves_the_runs_with_the_first(document, tmp_path):
    document.save(tmp_path / "a.loom")
    home = home_of(document)
    run = run_in(home)
    document.save(tmp_path / "b.loom")
    assert run.exists()
    assert home.folder == tmp_path / "b.runs"


def test_another_unsaved_project_has_runs_of_its_own(document):
    home = home_of(document)
    run_in(home)
    document.start(Project())
    assert home.runs() == []


def test_runs_stay_where_they_cannot_be_moved(document, tmp_path, qtbot):
    home = home_of(document)
    run = run_in(home)
    (tmp_path / "net.runs").write_text("a file is in the way")
    with qtbot.waitSignal(home.refused, timeout=1000):
        document.save(tmp_path / "net.loom")
    assert [found.folder for found in home.runs()] == [run]


def test_runs_on_another_disk_are_copied_while_the_window_lives_on(document, tmp_path, qtbot, monkeypatch):
    """Checkpoints are large, and a project's file may lie on a drive of the network."""
    home, goes_on = home_of(document), threading.Event()
    first, move = run_in(home), shutil.move

    def slow(*where):
        assert threading.current_thread() is not threading.main_thread() and goes_on.wait(60)
        move(*where)

    monkeypatch.setattr(module, "_on_one_disk", lambda *_: False)
    monkeypatch.setattr(shutil, "move", slow)
    document.save(tmp_path / "net.loom")
    assert [found.folder for found in home.runs()] == [first]
    home.set_training(True)
    goes_on.set()
    qtbot.waitUntil(lambda: not first.exists())
    qtbot.waitUntil(lambda: home._waiting is not None)
    second = run_in(home)
    with qtbot.waitSignal(home.moved):
        home.set_training(False)
    assert home.folder == tmp_path / "net.runs" and not second.exists()
    assert {found.folder.name for found in home.runs()} == {first.name, second.name}


def test_a_run_that_was_trained_while_others_were_copied_comes_after_them(document, tmp_path, qtbot, monkeypatch):
    home, began, goes_on = home_of(document), threading.Event(), threading.Event()
    run_in(home)
    move = shutil.move

    def slow(*where):
        began.set()
        assert goes_on.wait(60)
        move(*where)

    monkeypatch.setattr(module, "_on_one_disk", lambda *_: False)
    monkeypatch.setattr(shutil, "move", slow)
    document.save(tmp_path / "net.loom")
    assert began.wait(60)
    home.set_training(True)
    run_in(home)
    home.set_training(False)
    with qtbot.waitSignal(home.moved):
        goes_on.set()
    assert home.folder == tmp_path / "net.runs" and len(home.runs()) == 2


def test_panels_of_one_document_share_its_home(document):
    assert home_of(document) is home_of(document)
