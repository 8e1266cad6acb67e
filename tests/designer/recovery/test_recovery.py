"""The window keeps its edits in a journal, and offers what a crash has left."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressDialog
from pytestqt.qtbot import QtBot

from designer import aside
from designer.canvas import commands
from designer.disk.hold import take_hold
from designer.recovery.wiring import keep_work, leave_work
from designer.training.home import home_of
from designer.window.main_window import MainWindow
from engine.graph import Place
from engine.project.file import load
from engine.project.journal import shelf
from engine.project.journal.reading import JOURNAL, recover
from engine.project.starters import make_starter
from engine.text import text
from engine.train.runs import Run, make_folder, write_run
from tests.designer.disk.test_open_elsewhere import when_open
from tests.designer.drive import Drive, nothing_goes_on
from tests.designer.recovery.crashed import answered, changed, dialogs, edit, journal_of, kept, leave, shown, window_of


def test_an_edit_is_in_the_journal_and_saving_empties_it(window: MainWindow, file: Path) -> None:
    window.files.open(file)
    assert kept(window) is None
    edit(window.document)
    assert kept(window) == window.document.project
    window.document.undo_stack.undo()
    assert kept(window) == window.document.project
    window.document.undo_stack.redo()
    assert window.files.save()
    assert kept(window) is None


def test_each_step_of_a_merged_edit_is_in_the_journal(window: MainWindow, file: Path) -> None:
    window.files.open(file)
    name = next(iter(window.document.graph.nodes))
    for step in range(4):
        commands.move(window.document, {name: Place(24.0 * step, 48.0)}, merge="nudge")
        assert kept(window) == window.document.project


def test_closing_without_saving_keeps_the_work_among_the_discarded(
    window: MainWindow, file: Path, qtbot: QtBot
) -> None:
    window.files.open(file)
    edit(window.document)
    unsaved = window.document.project
    window.may_close = lambda: True
    window.close()
    assert shelf.journals() == []
    (folder,) = shelf.shelved(shelf.DISCARDED)
    assert recover(folder).project == unsaved


def test_a_program_that_is_interrupted_leaves_its_work_to_be_offered(window: MainWindow, file: Path) -> None:
    window.files.open(file)
    edit(window.document)
    leave_work(window)
    (folder,) = shelf.journals()
    assert recover(folder).project == window.document.project


def test_what_was_just_edited_is_on_the_disk_when_the_session_ends(window: MainWindow, file: Path) -> None:
    window.files.open(file)
    edit(window.document)
    assert kept(window) == window.document.project
    edit(window.document)  # waits for the next turn of the journal
    keep_work(window)
    (folder,) = [folder for folder in shelf.roots()[0].iterdir() if (folder / JOURNAL).is_file()]
    assert recover(folder).project == window.document.project


def test_nothing_is_offered_where_nothing_was_left(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    qtbot.waitExposed(window)
    journal_of(window).search.wait()
    QApplication.processEvents()
    assert dialogs() == []


def test_what_a_crash_left_is_offered_and_recovered_as_unsaved_changes(
    window: MainWindow, file: Path, qtbot: QtBot
) -> None:
    project = changed(load(file))
    folder = leave(project, file)
    window.show()
    dialog = shown(qtbot)
    (row,) = dialog.rows
    assert "1 removed" in " ".join(label.text() for label in row.findChildren(type(row._gone)))
    qtbot.mouseClick(row.recover, Qt.MouseButton.LeftButton)
    document = window.document
    assert document.path == file and document.modified
    assert document.graph.nodes.keys() == project.graph.nodes.keys()
    assert load(file) == make_starter("mlp")
    assert kept(window) == document.project
    assert not folder.exists()
    document.undo_stack.undo()
    assert document.graph.nodes.keys() == make_starter("mlp").graph.nodes.keys()


def test_work_whose_recovering_is_given_up_is_kept(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    folder = leave(changed(load(file)), file)
    window.show()
    dialog = shown(qtbot)
    window.document.prepare = lambda project, title: False  # as where a person gives a large step up
    qtbot.mouseClick(dialog.rows[0].recover, Qt.MouseButton.LeftButton)
    assert journal_of(window).recorder.journal.flush()
    assert not window.document.modified
    assert shelf.journals() == [folder]
    assert "given up" in window.status.currentMessage()


def test_work_on_a_file_that_another_window_has_is_taken_up_beside_it(
    window: MainWindow, file: Path, qtbot: QtBot
) -> None:
    project = changed(load(file))
    leave(project, file)
    hold = take_hold(file)
    assert hold is not None
    window.show()
    (row,) = shown(qtbot).rows
    answered("Open read-only")
    qtbot.mouseClick(row.recover, Qt.MouseButton.LeftButton)
    document = window.document
    assert document.path is None and document.modified
    assert document.graph.nodes.keys() == project.graph.nodes.keys()
    assert kept(window) == document.project
    hold.release()


def test_work_without_a_file_comes_back_without_one(window: MainWindow, qtbot: QtBot) -> None:
    leave(changed(make_starter("digits")), None, "my digits")
    window.show()
    qtbot.mouseClick(shown(qtbot).rows[0].recover, Qt.MouseButton.LeftButton)
    assert window.document.path is None and window.document.modified
    assert window.files.name == "my digits"
    assert window.document.graph.nodes.keys() == changed(make_starter("digits")).graph.nodes.keys()


def test_runs_of_work_without_a_file_come_back_with_it(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.files.begin(make_starter("digits"))
    edit(window.document)
    before = home_of(window.document).folder
    run = make_folder(before, "test")
    write_run(run, Run(name="test", started="2026-11-21T10:00:00+00:00", state="stopped"))
    leave_work(window)
    other = window_of(qtbot)
    other.show()
    qtbot.mouseClick(shown(qtbot).rows[0].recover, Qt.MouseButton.LeftButton)
    assert [summary.folder for summary in home_of(other.document).runs()] == [run]
    other.document.save(tmp_path / "saved.loom")
    assert [summary.folder.parent for summary in home_of(other.document).runs()] == [tmp_path / "saved.runs"]
    other.may_close = lambda: True
    other.close()
    other.appearance.deleteLater()  # type: ignore[attr-defined]
    other.deleteLater()


def test_work_on_a_file_that_is_gone_comes_back_with_its_path(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    leave(changed(load(file)), file)
    file.unlink()
    window.show()
    qtbot.mouseClick(shown(qtbot).rows[0].recover, Qt.MouseButton.LeftButton)
    assert window.document.path == file and window.document.modified
    assert window.files.save() and load(file).graph.nodes.keys() == changed(make_starter("mlp")).graph.nodes.keys()


def test_work_whose_drive_does_not_answer_comes_back_without_its_path(
    window: MainWindow, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once it is waited for no longer: the window lives on meanwhile."""
    monkeypatch.setattr(aside, "ASKED_AFTER_MS", aside.SHOWN_AFTER_MS + 1)
    leave(changed(load(file)), file)
    file.unlink()
    window.show()
    (row,) = shown(qtbot).rows
    drive = Drive(monkeypatch, file)
    when_open(QProgressDialog, lambda dialog: dialog.cancel())
    qtbot.mouseClick(row.recover, Qt.MouseButton.LeftButton)
    assert drive.asked.is_set() and drive.in_the_window == []
    assert window.document.path is None and window.document.project == changed(make_starter("mlp"))
    drive.go_on()
    qtbot.waitUntil(nothing_goes_on)


def test_a_file_that_a_later_version_has_saved_since_is_not_saved_over(
    window: MainWindow, file: Path, qtbot: QtBot
) -> None:
    leave(changed(load(file)), file)
    later = file.read_text("utf-8").replace('"loom": 1', '"loom": 99')
    file.write_text(later, "utf-8")
    window.show()
    (row,) = shown(qtbot).rows
    assert any("later version" in label.text() for label in row.findChildren(type(row._gone)))
    qtbot.mouseClick(row.recover, Qt.MouseButton.LeftButton)
    assert window.document.project == changed(make_starter("mlp")) and window.document.modified
    assert window.document.path is None and window.document.read_only is None
    assert file.read_text("utf-8") == later


def test_not_now_loses_nothing(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    folder = leave(changed(load(file)), file)
    window.show()
    QTest.keyClick(shown(qtbot), Qt.Key.Key_Escape)
    assert folder.exists() and shelf.journals() == [folder]
    window.commands["recover"].trigger()
    assert shown(qtbot).rows[0].offer.found.folder == folder


def test_what_is_discarded_can_be_put_back_at_once_and_later(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    folder = leave(changed(load(file)), file)
    window.show()
    (row,) = shown(qtbot).rows
    qtbot.mouseClick(row.discard, Qt.MouseButton.LeftButton)
    assert shelf.journals() == [] and row.recover.isHidden() and row.back.isVisible()
    qtbot.mouseClick(row.back, Qt.MouseButton.LeftButton)
    assert shelf.journals() == [folder]
    qtbot.mouseClick(row.discard, Qt.MouseButton.LeftButton)
    QTest.keyClick(shown(qtbot), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialogs() == [])
    window.commands["recover"].trigger()
    qtbot.mouseClick(shown(qtbot).rows[0].recover, Qt.MouseButton.LeftButton)
    assert window.document.modified and window.document.path == file


def test_a_damaged_journal_is_offered_and_put_aside_never_deleted(window: MainWindow, qtbot: QtBot) -> None:
    folder = leave(make_starter("mnist-cnn"), None, "hurt")
    content = bytearray((folder / JOURNAL).read_bytes())
    content[len(content) // 2] ^= 4
    (folder / JOURNAL).write_bytes(content)
    window.show()
    (row,) = shown(qtbot).rows
    assert any("damaged" in label.text() for label in row.findChildren(type(row._gone)))
    qtbot.mouseClick(row.recover, Qt.MouseButton.LeftButton)
    assert kept(window) == window.document.project
    (damaged,) = shelf.shelved(shelf.DAMAGED)
    assert (damaged / JOURNAL).read_bytes() == bytes(content)


def test_nodes_whose_places_are_damaged_are_shown(window: MainWindow, qtbot: QtBot) -> None:
    folder = leave(make_starter("mnist-cnn"))
    lines = (folder / JOURNAL).read_bytes().splitlines(keepends=True)
    (folder / JOURNAL).write_bytes(b"".join(line for line in lines if b'["layout","main","conv' not in line))
    window.show()
    qtbot.mouseClick(shown(qtbot).rows[0].recover, Qt.MouseButton.LeftButton)
    graph = window.document.graph
    assert graph.nodes == make_starter("mnist-cnn").graph.nodes and graph.places.keys() == graph.nodes.keys()
    window.document.undo_stack.undo()
    window.document.undo_stack.redo()
    assert window.design.canvas.stage.drawing.nodes.keys() == graph.nodes.keys()


def test_what_another_window_has_taken_is_not_recovered_twice(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    folder = leave(changed(load(file)), file)
    window.show()
    dialog = shown(qtbot)
    held = shelf.claim(folder)
    assert held is not None
    seen = answered()
    dialog.rows[0].recover.click()
    held.close()
    assert "another window" in seen[0]
    assert folder.exists() and not window.document.modified


def test_what_is_in_its_file_already_is_not_offered(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    folder = leave(load(file), file)
    window.show()
    qtbot.waitUntil(lambda: not folder.exists())
    journal_of(window).search.wait()
    QApplication.processEvents()
    assert dialogs() == []


def test_trouble_with_the_journal_is_said_in_the_status_line(window: MainWindow, qtbot: QtBot) -> None:
    shelf.roots()[0].parent.mkdir(parents=True, exist_ok=True)
    shelf.roots()[0].write_text("in the way")
    window.files.begin(make_starter("mlp"))
    edit(window.document)
    qtbot.waitUntil(lambda: "cannot be kept" in window.status.currentMessage(), timeout=10_000)


def test_a_sign_stands_as_long_as_unsaved_work_cannot_be_kept(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    recovery = journal_of(window)
    assert recovery.sign.isHidden()
    recovery.recorder.trouble.emit(text("The disk is full."))
    window.status.clearMessage()
    assert recovery.sign.isVisible() and recovery.sign.toolTip() == "The disk is full."
    said = answered()
    qtbot.mouseClick(recovery.sign, Qt.MouseButton.LeftButton)
    assert said == ["The disk is full."]
    recovery.recorder.trouble.emit(None)
    assert recovery.sign.isHidden()
