"""A file that is changed underneath: said at once, and taken, merged or left by the person's choice."""

import os
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.disk.merging import MergeDialog
from designer.disk.watch import Watch
from designer.window.main_window import MainWindow
from engine.graph import Graph, edits
from engine.layers import Layer, with_parameters
from engine.project.file import fingerprint, load, save
from engine.project.project import Project
from engine.project.settings import with_settings
from engine.project.starters import make_starter
from engine.text import text

from .test_open_elsewhere import answer, bar, button, look, when_open

CNN = make_starter("mnist-cnn")


def setting(graph: Graph[Layer], name: str, **values: object) -> Graph[Layer]:
    return edits.set_layer(graph, name, with_parameters(graph.nodes[name].layer, **values))


@pytest.fixture
def project() -> Project:
    """The textbook network."""
    return CNN


def change_here(window: MainWindow, name: str = "conv1", **values: object) -> None:
    window.document.edit(text("change"), setting(window.document.graph, name, **values))


def change_there(file: Path, name: str = "conv2", **values: object) -> Project:
    """Another program writes the file."""
    project = CNN.with_graph(setting(CNN.graph, name, **values))
    save(project, file)
    return project


def wait_for_bar(window: MainWindow, qtbot: QtBot, words: str) -> None:
    qtbot.waitUntil(lambda: words in bar(window).differs.words)


def value(window: MainWindow, name: str, parameter: str) -> object:
    return getattr(window.document.graph.nodes[name].layer, parameter)


def test_a_change_is_said_and_reload_takes_it(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    change_there(file, kernel_size=5)
    wait_for_bar(window, qtbot, "was changed on disk")
    assert value(window, "conv2", "kernel_size") == (3, 3)
    button(window, "Reload").click()
    assert value(window, "conv2", "kernel_size") == (5, 5)
    assert not window.document.modified and bar(window).isHidden()
    window.document.undo_stack.undo()
    assert value(window, "conv2", "kernel_size") == (3, 3)
    assert window.document.modified


def test_the_canvas_has_the_focus_once_the_bar_has_gone(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    change_there(file, kernel_size=5)
    wait_for_bar(window, qtbot, "was changed on disk")
    stage = window.design.canvas.stage
    button(window, "Reload").setFocus()
    assert window.focusWidget() is not stage
    QTest.keyClick(button(window, "Reload"), Qt.Key.Key_Space)
    assert bar(window).isHidden() and window.focusWidget() is stage


def test_no_button_takes_the_place_of_another_when_there_is_something_to_merge(
    window: MainWindow, file: Path, qtbot: QtBot
) -> None:
    change_there(file, kernel_size=5)
    wait_for_bar(window, qtbot, "was changed on disk")

    def places() -> dict[str, int]:
        QApplication.processEvents()
        return {one.text(): one.mapTo(window, one.rect().center()).x() for one in bar(window).differs.buttons}

    before = places()
    change_here(window, out_channels=8)
    assert {name: at for name, at in places().items() if name != "Merge"} == before
    assert min(places().values()) == places()["Merge"]


def test_what_the_window_saves_itself_is_no_change(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    change_here(window, out_channels=8)
    assert window.files.save()
    look(window, qtbot)
    qtbot.wait(300)
    assert bar(window).isHidden()


def test_a_file_that_is_touched_and_holds_the_same_is_no_change(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    os.utime(file, (1, 1))
    assert look(window, qtbot) == "same"
    save(CNN, file)
    assert look(window, qtbot) == "same"


def test_changes_at_different_places_are_merged_at_once(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    change_here(window, "conv1", out_channels=8)
    change_there(file, "conv2", kernel_size=5)
    wait_for_bar(window, qtbot, "changes that are not saved")
    button(window, "Merge").click()
    assert value(window, "conv1", "out_channels") == 8
    assert value(window, "conv2", "kernel_size") == (5, 5)
    assert window.document.modified and bar(window).isHidden()
    assert window.files.save()
    assert load(file) == window.document.project
    window.document.undo_stack.undo()
    assert value(window, "conv2", "kernel_size") == (3, 3)


@pytest.mark.parametrize(("theirs", "channels"), [(False, 8), (True, 9)])
def test_a_conflict_is_decided_by_the_person(
    window: MainWindow, file: Path, qtbot: QtBot, theirs: bool, channels: int
) -> None:
    change_here(window, "conv2", out_channels=8)
    change_there(file, "conv2", out_channels=9, kernel_size=5)
    wait_for_bar(window, qtbot, "changes that are not saved")

    def decide(dialog: MergeDialog) -> None:
        (choice,) = dialog.theirs.values()
        assert "out_channels: 64 → 9" in choice.accessibleName()
        if theirs:
            choice.setFocus()
            QTest.keyClick(choice, Qt.Key.Key_Space)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    when_open(MergeDialog, decide)
    button(window, "Merge").click()
    assert value(window, "conv2", "out_channels") == channels
    assert value(window, "conv2", "kernel_size") == (5, 5)


def test_a_merge_that_is_given_up_changes_nothing(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    change_here(window, "conv2", out_channels=8)
    change_there(file, "conv2", out_channels=9)
    wait_for_bar(window, qtbot, "changes that are not saved")
    when_open(MergeDialog, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    before = window.document.project
    button(window, "Merge").click()
    assert window.document.project is before
    assert "changed on disk" in bar(window).differs.words


@pytest.mark.parametrize("name", ["Merge", "Reload"])
def test_a_step_to_what_the_file_holds_that_is_given_up_changes_nothing(
    window: MainWindow, file: Path, qtbot: QtBot, name: str
) -> None:
    change_here(window, "conv1", out_channels=8)
    theirs = change_there(file, "conv2", kernel_size=5)
    wait_for_bar(window, qtbot, "changes that are not saved")
    before, window.document.prepare = window.document.project, lambda project, title: False
    button(window, name).click()
    assert window.document.project is before and window.document.modified
    assert "changed on disk" in bar(window).differs.words
    answer("Do not save")
    assert not window.files.save()
    assert load(file) == theirs


def test_saving_over_a_changed_file_is_asked_first(window: MainWindow, file: Path) -> None:
    change_here(window, out_channels=8)
    theirs = change_there(file, kernel_size=5)
    answer("Do not save")
    assert not window.files.save()
    assert load(file) == theirs
    answer("Save over it")
    assert window.files.save()
    assert load(file) == window.document.project


def test_who_keeps_what_is_here_is_asked_no_more(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    change_there(file, kernel_size=5)
    wait_for_bar(window, qtbot, "was changed on disk")
    button(window, "Keep what is shown").click()
    assert bar(window).isHidden() and window.document.modified
    assert window.files.save()
    assert load(file) == CNN


def test_a_file_that_is_gone_is_said_and_saved_again(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    file.unlink()
    wait_for_bar(window, qtbot, "no longer there")
    assert window.document.modified
    button(window, "Save it again").click()
    qtbot.waitUntil(lambda: bar(window).isHidden())
    assert load(file) == CNN


def test_a_file_that_comes_back_as_it_was_is_no_change(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    away = file.with_name("away.loom")
    file.rename(away)
    wait_for_bar(window, qtbot, "no longer there")
    away.rename(file)
    qtbot.waitUntil(lambda: bar(window).isHidden())


def test_a_file_that_cannot_be_opened_any_more_is_said_with_the_reason(
    window: MainWindow, file: Path, qtbot: QtBot
) -> None:
    file.write_text('{"loom": 1,', "utf-8")
    wait_for_bar(window, qtbot, "cannot be opened now")
    assert "cut off" in bar(window).differs.words


def test_what_cannot_be_opened_is_saved_over_after_a_question(window: MainWindow, file: Path) -> None:
    file.write_text('{"loom": 1,', "utf-8")
    change_here(window, out_channels=8)
    seen = answer("Save over it")
    assert window.files.save()
    assert "cannot be opened now" in seen[0] and "merge" not in seen[0]
    assert load(file) == window.document.project


def test_what_a_later_version_has_saved_is_never_saved_over(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    later = file.read_text("utf-8").replace('"loom": 1', '"loom": 99')
    file.write_text(later, "utf-8")
    wait_for_bar(window, qtbot, "later version")
    assert [one.text() for one in bar(window).differs.buttons] == ["Save as copy…"]
    change_here(window, out_channels=8)
    seen = answer("Close")
    assert not window.files.save()
    assert "later version" in seen[0] and "another name" in seen[0]
    assert file.read_text("utf-8") == later and window.document.modified


def test_a_second_change_after_a_merge_counts_from_the_first(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    change_here(window, "conv1", out_channels=8)
    theirs = change_there(file, "conv2", kernel_size=5)
    wait_for_bar(window, qtbot, "changes that are not saved")
    button(window, "Merge").click()
    save(replace(theirs, recipe=with_settings(theirs.recipe, {"epochs": "9"})), file)
    wait_for_bar(window, qtbot, "changes that are not saved")
    button(window, "Merge").click()
    assert window.document.project.recipe.epochs == 9
    assert value(window, "conv1", "out_channels") == 8 and value(window, "conv2", "kernel_size") == (5, 5)


def test_coming_back_to_the_window_looks_at_the_file(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    watch = window.files.on_disk.watch
    watch.blockSignals(True)
    change_there(file, kernel_size=5)
    watch.blockSignals(False)
    window.files.on_disk.come_back(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: watch.state == "changed")


def test_a_watch_tells_of_each_change_once(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "net.loom"
    path.write_text("one", "utf-8")
    watch = Watch()
    told: list[str] = []
    watch.differed.connect(told.append)
    watch.follow(path, fingerprint(path))
    path.write_text("two", "utf-8")
    qtbot.waitUntil(lambda: told == ["changed"])
    watch.look()
    qtbot.waitUntil(lambda: not watch.looking)
    assert watch.state == "changed" and told == ["changed"]
    path.write_text("three", "utf-8")
    qtbot.waitUntil(lambda: told == ["changed", "changed"])
    path.write_text("one", "utf-8")
    qtbot.waitUntil(lambda: told == ["changed", "changed", "same"])
    watch.follow(None)
    watch.deleteLater()
