"""Saving beside the window: a disk may take as long as it likes, and nothing is lost or told wrongly meanwhile."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog
from pytestqt.qtbot import QtBot

from designer.canvas import commands
from designer.disk.sign import SavingSign
from designer.recovery.wiring import Recovery
from designer.window.main_window import MainWindow
from engine.graph import edits
from engine.project.file import fingerprint, load, save
from engine.project.journal import shelf
from engine.project.journal.reading import JOURNAL, recover
from engine.project.project import Project
from engine.project.starters import make_starter
from engine.text import text

from .test_open_elsewhere import bar, look, when_open

MLP = make_starter("mlp")


class Disk:
    """A disk on which a save stops where it waits for the disk, until it is let go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        self.stops_at = 1
        self._goes_on = threading.Event()
        fsync = os.fsync

        def slow(handle: int) -> None:
            if threading.current_thread().name == "aside":
                self.calls += 1
                if self.calls == self.stops_at:
                    assert self._goes_on.wait(60)
            fsync(handle)

        monkeypatch.setattr(os, "fsync", slow)

    @property
    def waited_for(self) -> bool:
        """Whether a save stands still at it."""
        return self.calls == self.stops_at and not self._goes_on.is_set()

    def go_on(self) -> None:
        self._goes_on.set()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    disk = Disk(monkeypatch)
    yield disk
    disk.go_on()


@pytest.fixture
def project() -> Project:
    return MLP


def edit(window: MainWindow) -> Project:
    graph = window.document.graph
    window.document.edit(text("delete"), edits.remove(graph, [next(iter(graph.nodes))]))
    return window.document.project


def begin(window: MainWindow, disk: Disk, qtbot: QtBot) -> Project:
    """Edits and saves; the save stands still at the disk."""
    project = edit(window)
    window.commands["save"].trigger()
    qtbot.waitUntil(lambda: disk.waited_for)
    return project


def sign(window: MainWindow) -> SavingSign:
    found = window.findChild(SavingSign)
    assert isinstance(found, SavingSign)
    return found


def kept(window: MainWindow) -> Project | None:
    """What is in the journal."""
    recovery = window.findChild(Recovery)
    assert isinstance(recovery, Recovery) and recovery.recorder.journal.flush()
    folders = [folder for folder in shelf.roots()[0].iterdir() if (folder / JOURNAL).is_file()]
    return recover(folders[0]).project if folders else None


def over(window: MainWindow) -> bool:
    return not window.files.saving.busy


def test_the_window_lives_on_while_a_disk_is_waited_for(
    window: MainWindow, file: Path, disk: Disk, qtbot: QtBot
) -> None:
    project = begin(window, disk, qtbot)
    beats: list[None] = []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: beats.append(None))
    timer.start()
    qtbot.waitUntil(lambda: len(beats) > 50)
    timer.stop()
    qtbot.waitUntil(sign(window).isVisible)
    assert "saving" in sign(window).words.text() and window.status.saved.isHidden()
    assert window.document.modified and load(file) == MLP
    assert kept(window) == project
    disk.go_on()
    qtbot.waitUntil(lambda: not window.document.modified)
    assert load(file) == project and sign(window).isHidden()
    assert window.status.saved.text().startswith("saved ")
    assert kept(window) is None


def test_what_is_edited_meanwhile_is_unsaved_and_in_the_journal(
    window: MainWindow, file: Path, disk: Disk, qtbot: QtBot
) -> None:
    saved = begin(window, disk, qtbot)
    later = edit(window)
    disk.go_on()
    qtbot.waitUntil(lambda: over(window))
    assert load(file) == saved
    assert window.document.modified and kept(window) == later
    window.document.undo_stack.undo()
    assert not window.document.modified and window.document.project is saved
    window.document.undo_stack.redo()
    assert window.document.modified


def test_a_save_in_a_save_comes_after_it(window: MainWindow, file: Path, disk: Disk, qtbot: QtBot) -> None:
    begin(window, disk, qtbot)
    later = edit(window)
    window.commands["save"].trigger()
    disk.go_on()
    qtbot.waitUntil(lambda: not window.document.modified)
    assert load(file) == later


def test_a_save_in_a_save_comes_also_where_one_before_was_given_up(
    window: MainWindow, file: Path, disk: Disk, qtbot: QtBot
) -> None:
    begin(window, disk, qtbot)
    window.files.saving.give_up()
    edit(window)
    window.commands["save"].trigger()
    latest = edit(window)
    window.commands["save"].trigger()
    disk.go_on()
    qtbot.waitUntil(lambda: not window.document.modified)
    assert load(file) == latest


def test_giving_up_a_save_gives_up_the_one_after_it(window: MainWindow, file: Path, disk: Disk, qtbot: QtBot) -> None:
    disk.stops_at = 2
    project = begin(window, disk, qtbot)
    edit(window)
    window.commands["save"].trigger()
    window.files.saving.give_up()
    disk.go_on()
    qtbot.waitUntil(lambda: over(window))
    assert load(file) == project and window.document.modified


def test_a_save_that_takes_long_can_be_given_up(window: MainWindow, file: Path, disk: Disk, qtbot: QtBot) -> None:
    project = begin(window, disk, qtbot)
    qtbot.waitUntil(sign(window).cancel.isVisible)
    assert " s" in sign(window).words.text()
    QTest.mouseClick(sign(window).cancel, Qt.MouseButton.LeftButton)
    assert sign(window).isHidden() and window.status.saved.isVisible()
    disk.go_on()
    qtbot.waitUntil(lambda: over(window))
    assert load(file) == MLP and window.document.modified
    assert kept(window) == project
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert window.files.save() and load(file) == project


def test_a_save_given_up_too_late_is_one(window: MainWindow, file: Path, disk: Disk, qtbot: QtBot) -> None:
    disk.stops_at = 2
    project = begin(window, disk, qtbot)
    assert load(file) == project
    window.files.saving.give_up()
    assert window.document.modified
    disk.go_on()
    qtbot.waitUntil(lambda: not window.document.modified)
    look(window, qtbot)
    assert bar(window).isHidden()


def test_what_the_window_is_writing_is_no_change_by_others(
    window: MainWindow, file: Path, disk: Disk, qtbot: QtBot
) -> None:
    """The new file is in its place, and the save is not over yet."""
    disk.stops_at = 2
    begin(window, disk, qtbot)
    window.files.on_disk.come_back(Qt.ApplicationState.ApplicationActive)
    qtbot.wait(300)
    assert bar(window).isHidden() and window.files.on_disk.watch.state == "same"
    disk.go_on()
    qtbot.waitUntil(lambda: over(window))
    qtbot.wait(300)
    assert bar(window).isHidden() and window.files.on_disk.watch.state == "same"


def test_closing_waits_for_the_save_and_says_so(window: MainWindow, file: Path, disk: Disk, qtbot: QtBot) -> None:
    project = begin(window, disk, qtbot)
    seen: list[str] = []

    def read(dialog: QProgressDialog) -> None:
        seen.append(dialog.labelText())
        disk.go_on()

    when_open(QProgressDialog, read)
    assert window.close()
    assert "net.loom" in seen[0]
    assert load(file) == project


def test_who_waits_no_longer_keeps_window_and_work(window: MainWindow, file: Path, disk: Disk, qtbot: QtBot) -> None:
    project = begin(window, disk, qtbot)
    when_open(QProgressDialog, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert not window.close()
    assert window.isVisible() and window.document.modified
    assert kept(window) == project
    disk.go_on()
    qtbot.waitUntil(lambda: over(window))
    assert load(file) == MLP


def test_a_project_is_saved_elsewhere_while_its_disk_does_not_answer(
    window: MainWindow, file: Path, disk: Disk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = begin(window, disk, qtbot)
    elsewhere = file.parent / "elsewhere.loom"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(elsewhere), ""))
    window.commands["save_as"].trigger()
    qtbot.waitUntil(lambda: not window.document.modified)
    assert window.document.path == elsewhere and load(elsewhere) == project
    disk.go_on()
    qtbot.waitUntil(lambda: over(window))
    assert window.document.path == elsewhere and load(file) == MLP


def test_the_same_file_is_never_written_by_an_earlier_save_after_a_later_one(
    window: MainWindow, file: Path, disk: Disk, qtbot: QtBot
) -> None:
    disk.stops_at = 2
    begin(window, disk, qtbot)
    window.files.saving.give_up()
    later = edit(window)
    window.commands["save"].trigger()
    QTimer.singleShot(50, disk.go_on)
    qtbot.waitUntil(lambda: not window.document.modified)
    assert load(file) == later


def test_a_fault_is_said_when_it_comes_and_the_work_stays(
    window: MainWindow, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = edit(window)

    def full(handle: int) -> None:
        if threading.current_thread().name == "aside":
            raise OSError(28, "No space left on device")

    seen: list[str] = []

    def read(box: QMessageBox) -> None:
        seen.append(box.text())
        box.close()

    monkeypatch.setattr(os, "fsync", full)
    when_open(QMessageBox, read)
    window.commands["save"].trigger()
    qtbot.waitUntil(lambda: len(seen) == 1)
    qtbot.waitUntil(lambda: over(window))
    assert "no room left" in seen[0] and load(file) == MLP
    assert window.document.modified and window.document.project is project


def test_the_watch_looks_beside_the_window(
    window: MainWindow, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drive that does not answer is not waited for, only to see whether the file is another."""
    asked, answers = threading.Event(), threading.Event()

    def slow(path: Path) -> str:
        asked.set()
        assert answers.wait(60)
        return fingerprint(path)

    monkeypatch.setattr("designer.disk.watch.fingerprint", slow)
    save(make_starter("digits"), file)
    window.files.on_disk.come_back(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(asked.is_set)
    assert window.files.on_disk.watch.state == "same"
    answers.set()
    qtbot.waitUntil(lambda: window.files.on_disk.watch.state == "changed")


def test_a_saved_file_is_known_by_its_fingerprint(window: MainWindow, file: Path) -> None:
    edit(window)
    assert window.files.save()
    assert window.files.on_disk.watch.known == window.document.stored.fingerprint == fingerprint(file)


def test_what_is_typed_on_while_saving_is_a_step_of_its_own(
    window: MainWindow, file: Path, disk: Disk, qtbot: QtBot
) -> None:
    """Steps that would become one with what is being saved do not."""
    window.document.select(list(window.document.graph.nodes)[:1])
    commands.nudge(window.document, 24, 0)
    saved = window.document.project
    window.commands["save"].trigger()
    qtbot.waitUntil(lambda: disk.waited_for)
    commands.nudge(window.document, 24, 0)
    disk.go_on()
    qtbot.waitUntil(lambda: over(window))
    assert load(file) == saved and window.document.modified
    window.document.undo()
    assert window.document.project is saved and not window.document.modified
