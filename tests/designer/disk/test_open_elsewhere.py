"""One window to a file: the second looks at it or takes a copy, and says why where it is asked to edit."""

import errno
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from designer.disk.bar import DiskBar
from designer.disk.hold import Hold, take_hold
from designer.disk.watch import State
from designer.window.main_window import MainWindow
from engine.graph import edits
from engine.project.file import load, save
from engine.project.starters import make_starter
from engine.text import text

Dialog = TypeVar("Dialog", bound=QDialog)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "net.loom"
    save(make_starter("mlp"), path)
    return path


@pytest.fixture
def held(file: Path, own_folders: Path) -> Iterator[Hold]:
    """Another window has the file."""
    hold = take_hold(file)
    assert hold is not None
    yield hold
    hold.release()


def when_open(kind: type[Dialog], act: Callable[[Dialog], object]) -> None:
    """Does something with a dialog as soon as it stands open."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            act(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def answer(button: str) -> list[str]:
    """Clicks a button of the question that will stand open, and gives what that says."""
    said: list[str] = []

    def click(box: QMessageBox) -> None:
        said.append(box.text())
        found = next(one for one in box.buttons() if one.text() == button)
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    when_open(QMessageBox, click)
    return said


def bar(window: MainWindow) -> DiskBar:
    found = window.findChild(DiskBar)
    assert found is not None
    return found


def look(window: MainWindow, qtbot: QtBot) -> State:
    """How the file stands now."""
    watch = window.files.on_disk.watch
    watch.look()
    qtbot.waitUntil(lambda: not watch.looking)
    return watch.state


def button(window: MainWindow, words: str) -> QPushButton:
    buttons = [*bar(window).closed_to_edits.buttons, *bar(window).differs.buttons]
    return next(one for one in buttons if one.text() == words)


def test_a_file_is_held_by_one_window_and_let_go(file: Path, own_folders: Path, tmp_path: Path) -> None:
    hold = take_hold(file)
    assert hold is not None and take_hold(file) is None
    link = tmp_path / "link.loom"
    link.symlink_to(file)
    assert take_hold(link) is None
    hold.release()
    again = take_hold(link)
    assert again is not None
    again.release()


def test_a_file_is_held_where_the_users_folder_cannot_be_written(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in the way").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "in the way"))
    hold = take_hold(file)
    assert hold is not None and take_hold(file) is None
    hold.release()


@pytest.mark.skipif(sys.platform == "win32", reason="every file system there knows locks")
def test_a_file_system_without_locks_keeps_nobody_out(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken for a lock of another window, every file could only be looked at."""

    def without(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", without)
    first, second = take_hold(file), take_hold(file)
    assert first is not None and second is not None


def test_a_process_that_died_holds_nothing(file: Path, own_folders: Path) -> None:
    script = (
        "import sys, pathlib; from designer.disk.hold import take_hold; "
        "hold = take_hold(pathlib.Path(sys.argv[1])); print(hold is not None, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(file)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]
    ) as other:
        assert other.stdout and other.stdout.readline().strip() == b"True"
        assert take_hold(file) is None
        other.kill()
        other.wait()
        hold = take_hold(file)
        assert hold is not None
        hold.release()


def test_the_second_window_opens_it_read_only_and_says_why_it_cannot_be_edited(
    window: MainWindow, file: Path, held: Hold, qtbot: QtBot
) -> None:
    answer("Open read-only")
    assert window.files.open(file)
    document, before = window.document, window.document.project
    assert "open in another window" in bar(window).closed_to_edits.words
    with qtbot.waitSignal(document.refused):
        document.edit(text("delete"), edits.remove(document.graph, ["relu1"]))
    assert document.project is before and not document.modified
    assert "open in another window" in window.status.currentMessage()


def test_a_card_that_is_dragged_goes_back(window: MainWindow, file: Path, held: Hold, qtbot: QtBot) -> None:
    answer("Open read-only")
    window.files.open(file)
    stage = window.design.canvas.stage
    qtbot.waitUntil(lambda: not stage.drawing.content().isEmpty())
    item = stage.drawing.nodes["relu1"]
    stage.centerOn(item.card().center())
    before = item.pos()
    at, port = stage.mapFromScene(item.card().center()), stage.viewport()
    with qtbot.waitSignal(window.document.refused):
        QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        for step in range(1, 6):
            QTest.mouseMove(port, at + QPoint(20 * step, 12 * step))
        assert item.pos() != before
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(100, 60))
    assert item.pos() == before
    assert not window.document.modified


def test_it_is_saved_as_a_copy_under_another_name_only(
    window: MainWindow, file: Path, held: Hold, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answer("Open read-only")
    window.files.open(file)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    answer("Close")
    assert not window.files.save()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "copy.loom"), ""))
    button(window, "Save as copy…").click()
    qtbot.waitUntil(lambda: window.document.path == tmp_path / "copy.loom")
    assert load(tmp_path / "copy.loom") == load(file)
    assert window.document.read_only is None and bar(window).isHidden()
    window.document.edit(text("delete"), edits.remove(window.document.graph, ["relu1"]))
    assert window.document.modified


def test_a_copy_has_no_file_yet(window: MainWindow, file: Path, held: Hold) -> None:
    answer("Open a copy")
    assert window.files.open(file)
    assert window.document.path is None and window.document.read_only is None
    assert window.document.graph.nodes.keys() == load(file).graph.nodes.keys()
    assert window.files.name == "net copy"


def test_nothing_is_opened_where_that_is_chosen(window: MainWindow, file: Path, held: Hold) -> None:
    before = window.document.project
    answer("Cancel")
    assert not window.files.open(file)
    assert window.document.project is before


def test_it_can_be_edited_once_the_other_window_is_gone(window: MainWindow, file: Path, held: Hold) -> None:
    answer("Open read-only")
    window.files.open(file)
    button(window, "Try to edit it here").click()
    assert window.document.read_only is not None
    save(make_starter("digits"), file)
    held.release()
    button(window, "Try to edit it here").click()
    assert window.document.read_only is None and bar(window).isHidden()
    assert window.document.graph.nodes.keys() == make_starter("digits").graph.nodes.keys()
    assert take_hold(file) is None


def test_no_file_is_saved_over_that_another_window_has_open(
    design: MainWindow, file: Path, held: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    answer("Close")
    assert not design.files.save_as()
    assert file.read_bytes() == before


def test_a_file_is_let_go_when_another_is_opened(window: MainWindow, file: Path, tmp_path: Path) -> None:
    window.files.open(file)
    assert take_hold(file) is None
    other = tmp_path / "other.loom"
    save(make_starter("digits"), other)
    window.files.open(other)
    hold = take_hold(file)
    assert hold is not None
    hold.release()


def test_a_file_of_a_later_version_is_shown_and_never_saved_over(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "later.loom"
    content = (
        '{"loom": 99, "plugins": [], "networks": {"main": {"nodes": {"a": {"type": "mamba9"}, "b": {"type": "relu"}}}}}'
    )
    path.write_text(content, "utf-8")
    assert window.files.open(path)
    assert "later version" in bar(window).closed_to_edits.words
    assert set(window.document.graph.nodes) == {"a", "b"}
    window.document.edit(text("delete"), edits.remove(window.document.graph, ["a"]))
    assert set(window.document.graph.nodes) == {"a", "b"}
    answer("Close")
    button(window, "What is left out").click()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "copy.loom"), ""))
    answer("Cancel")
    assert not window.files.save()
    answer("Save a copy")
    assert window.files.save()
    assert path.read_text("utf-8") == content
    assert set(load(tmp_path / "copy.loom").graph.nodes) == {"a", "b"}
