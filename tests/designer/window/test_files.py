"""New, open, save, recent files, and the question before changes are lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from designer.canvas.name_editor import NameEditor
from designer.window import settings
from designer.window.main_window import MainWindow
from engine.graph.edits import remove
from engine.project.file import load, save
from engine.project.starters import STARTERS, make_starter
from engine.text import text
from tests.designer.drive import Drive, nothing_goes_on


def change(window: MainWindow) -> None:
    graph = window.document.graph
    window.document.edit(text("delete"), remove(graph, [next(iter(graph.nodes))]))


def answering(button: str, seen: list[str]) -> Callable[[], None]:
    """Clicks a button of the question, with the mouse, as soon as it stands open."""

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(10, answer)
            return
        seen.append(box.text())
        found = next(b for b in box.buttons() if b.text() == button)
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    return answer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "net.loom"
    save(make_starter("mlp"), path)
    return path


@pytest.mark.parametrize("id", [starter.id for starter in STARTERS])
def test_a_card_of_the_welcome_begins_its_starter(window: MainWindow, qtbot: QtBot, id: str) -> None:
    card = window.spaces.get("welcome").cards[id]  # type: ignore[attr-defined]
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert window.spaces.current == "design"
    assert window.document.graph.nodes.keys() == make_starter(id).graph.nodes.keys()
    assert not window.document.modified


def test_saving_writes_the_file_and_clears_the_mark(design: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "mine.loom"
    design.document.save(path)
    change(design)
    assert design.isWindowModified()
    assert "unsaved" in design.status.saved.text()
    design.commands["save"].trigger()
    qtbot.waitUntil(lambda: not design.isWindowModified())
    assert design.status.saved.text().startswith("saved ")
    assert load(path).graph == design.document.graph
    assert design.windowTitle().startswith("mine")


def test_save_as_asks_where_to_and_adds_the_suffix(
    design: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "other"), ""))
    design.commands["save_as"].trigger()
    qtbot.waitUntil(lambda: design.document.path is not None)
    assert load(tmp_path / "other.loom").graph == design.document.graph
    assert settings.recent_files() == [tmp_path / "other.loom"]


def test_an_opened_file_is_offered_again(window: MainWindow, file: Path) -> None:
    assert window.files.open(file)
    assert settings.recent_files() == [file]
    window.spaces.show_space("welcome")
    buttons = window.spaces.get("welcome").findChildren(type(window.top.train))
    assert any(button.toolTip() == str(file) for button in buttons)


def test_a_file_that_is_gone_is_not_offered(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    window.files.open(file)
    qtbot.waitUntil(nothing_goes_on)
    file.unlink()
    assert settings.look_for_files() and not settings.look_for_files()
    assert settings.recent_files() == []
    save(make_starter("mlp"), file)
    window.files.open(file)
    assert settings.recent_files() == [file]


def test_the_welcome_and_the_menu_no_longer_show_a_file_that_is_gone(
    window: MainWindow, file: Path, qtbot: QtBot
) -> None:
    window.files.open(file)
    qtbot.waitUntil(nothing_goes_on)
    file.unlink()
    welcome = window.spaces.get("welcome")
    welcome.refresh()  # type: ignore[attr-defined]
    link = type(window.top.train)
    qtbot.waitUntil(lambda: not [one for one in welcome.findChildren(link) if one.toolTip() == str(file)])


def test_a_recent_file_on_a_drive_that_does_not_answer_holds_nothing_up(
    window: MainWindow, file: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window.files.open(file)
    qtbot.waitUntil(nothing_goes_on)
    other = file.with_name("other.loom")
    save(make_starter("digits"), other)
    drive = Drive(monkeypatch, file)
    assert window.files.open(other)
    window.top.project.menu().actions()[2].menu().aboutToShow.emit()
    qtbot.waitUntil(drive.asked.is_set)
    assert drive.in_the_window == [] and settings.recent_files() == [other, file]
    drive.go_on()
    qtbot.waitUntil(nothing_goes_on)


def test_a_bad_file_is_said_in_a_sentence_and_changes_nothing(design: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    bad = tmp_path / "bad.loom"
    bad.write_text('{"loom": 1, "networks": ')
    before, seen = design.document.project, list[str]()
    QTimer.singleShot(0, answering("Close", seen))
    assert not design.files.open(bad)
    assert design.document.project is before
    assert "bad.loom" in seen[0] and "Traceback" not in seen[0]


@pytest.mark.parametrize(("answer", "goes_on"), [("Discard", True), ("Cancel", False)])
def test_changes_are_not_lost_without_a_question(design: MainWindow, file: Path, answer: str, goes_on: bool) -> None:
    change(design)
    seen = list[str]()
    QTimer.singleShot(0, answering(answer, seen))
    assert design.files.open(file) is goes_on
    assert len(seen) == 1
    assert (design.document.path == file) is goes_on


def test_the_question_saves_where_it_is_told_to(design: MainWindow, tmp_path: Path, file: Path) -> None:
    path = tmp_path / "kept.loom"
    design.document.save(path)
    change(design)
    changed = design.document.graph
    QTimer.singleShot(0, answering("Save", []))
    assert design.files.open(file)
    assert load(path).graph == changed


def test_escape_keeps_the_window_open(design: MainWindow) -> None:
    change(design)
    QTimer.singleShot(0, lambda: QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape))
    assert not design.close()
    assert design.isVisible()


def test_a_project_file_dropped_on_the_window_is_opened(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    keys = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, keys)
    QApplication.sendEvent(window, drop)
    qtbot.waitUntil(lambda: window.document.path == file)


def test_the_project_menu_lists_recent_files(window: MainWindow, file: Path) -> None:
    window.files.open(file)
    menu = window.top.project.menu()
    recent = next(action.menu() for action in menu.actions() if action.menu())
    recent.aboutToShow.emit()
    assert recent.actions()[0].text() == "net.loom"


@pytest.mark.parametrize("leave", [False, True])
def test_a_name_that_is_being_typed_is_in_what_is_saved(window: MainWindow, file: Path, leave: bool) -> None:
    window.files.open(file)
    window.activateWindow()
    window.document.select(["relu1"])
    window.commands["rename"].trigger()
    (field,) = [field for field in window.design.canvas.findChildren(NameEditor) if field.isVisible()]
    field.setFocus()
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "squashed")
    if leave:
        QTimer.singleShot(0, answering("Save", []))
        window.close()
    else:
        assert window.files.save()
    assert "squashed" in load(file).graph.nodes and not window.document.modified
