"""Files are opened beside the window, whatever their disk does: it lives on, and what hangs can be given up."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QProgressDialog
from pytestqt.qtbot import QtBot

from designer import garbage
from designer.disk.hold import take_hold
from designer.window.main_window import MainWindow
from engine.project.file import fingerprint, save
from engine.project.starters import make_starter
from tests.designer.disk.test_open_elsewhere import answer, bar, button, when_open
from tests.designer.drive import Drive, nothing_goes_on
from tests.designer.window.conftest import design, window

__all__ = ["design", "window"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "net.loom"
    save(make_starter("mlp"), path)
    return path


@pytest.fixture
def drive(monkeypatch: pytest.MonkeyPatch, file: Path) -> Iterator[Drive]:
    drive = Drive(monkeypatch, file)
    yield drive
    drive.go_on()


def give_up(dialog: QProgressDialog) -> None:
    """With an Escape that the dialog gets itself, as before it is the active window."""
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(dialog, key)


def test_the_window_lives_on_while_a_drive_does_not_answer(window: MainWindow, file: Path, drive: Drive) -> None:
    said, beats = list[str](), [0]

    def beat() -> None:
        beats[0] += 1
        if said and beats[0] > 50:
            drive.go_on()

    timer = QTimer(interval=1)
    timer.timeout.connect(beat)
    timer.start()
    when_open(QProgressDialog, lambda dialog: said.append(dialog.labelText()))
    assert window.files.open(file)
    timer.stop()
    assert said == ["Opening net.loom…"] and drive.asked.is_set() and drive.in_the_window == []
    assert window.document.graph.nodes.keys() == make_starter("mlp").graph.nodes.keys()


def test_what_hangs_is_given_up_and_another_file_is_opened(
    window: MainWindow, file: Path, drive: Drive, qtbot: QtBot
) -> None:
    before, other = window.document.project, file.with_name("other.loom")
    save(make_starter("digits"), other)
    when_open(QProgressDialog, give_up)
    assert not window.files.open(file)
    assert drive.in_the_window == [] and window.document.project is before
    assert not garbage._undisturbed, "garbage is searched for, however long the drive hangs"
    assert window.files.open(other) and window.document.path == other
    drive.go_on()
    qtbot.waitUntil(nothing_goes_on)
    assert window.document.path == other
    hold = take_hold(file)
    assert hold is not None, "what was given up is held by nobody"
    hold.release()


def test_what_is_looked_at_only_is_read_again_beside_the_window(
    window: MainWindow, file: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    hold = take_hold(file)
    assert hold is not None
    answer("Open read-only")
    assert window.files.open(file)
    hold.release()
    before, drive = window.document.project, Drive(monkeypatch, file)
    when_open(QProgressDialog, give_up)
    button(window, "Try to edit it here").click()
    assert drive.in_the_window == [] and window.document.project is before
    assert window.document.read_only is not None and "still open" not in window.status.currentMessage()
    drive.go_on()
    qtbot.waitUntil(nothing_goes_on)
    gc.collect()
    button(window, "Try to edit it here").click()
    assert window.document.read_only is None and bar(window).isHidden()


def test_the_fingerprint_is_that_of_what_was_read(
    window: MainWindow, file: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Somebody saves right after: what is shown is what was there before, and that is said."""
    read, known = Path.read_bytes, fingerprint(file)

    def and_then_another(path: Path) -> bytes:
        content = read(path)
        if path == file:
            monkeypatch.setattr(Path, "read_bytes", read)
            save(make_starter("digits"), file)
        return content

    monkeypatch.setattr(Path, "read_bytes", and_then_another)
    assert window.files.open(file)
    assert window.document.graph.nodes.keys() == make_starter("mlp").graph.nodes.keys()
    assert window.files.on_disk.watch.known == known != fingerprint(file)
    window.files.on_disk.watch.look()
    qtbot.waitUntil(lambda: "was changed on disk" in bar(window).differs.words)
