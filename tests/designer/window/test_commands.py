"""Every command has a menu entry, keys and a place in the command palette; the palette finds and calls."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from designer.window.command_palette import CommandPalette, Entry, found_by
from designer.window.commands import BREAK, MENUS
from designer.window.entries import entries
from designer.window.main_window import MainWindow
from engine.graph import Inlet
from engine.graph.edits import disconnect
from engine.text import text

COMMANDS = [command for group in MENUS.values() for command in group if command is not BREAK]


def all_actions(menu: QMenu) -> set[QAction]:
    found = set(menu.actions())
    for action in menu.actions():
        if inner := action.menu():
            found |= all_actions(inner)
    return found


@pytest.fixture
def palette(design: MainWindow, qtbot: QtBot) -> CommandPalette:
    design.commands["commands"].trigger()
    found = design.findChild(CommandPalette)
    assert found is not None and found.isVisible()
    return found


def test_every_command_is_in_a_menu_and_has_keys(window: MainWindow) -> None:
    in_menus = {action for top in window.menuBar().actions() if top.menu() for action in all_actions(top.menu())}
    for action in window.commands:
        assert action in in_menus, action.objectName()
        assert not action.shortcut().isEmpty(), action.objectName()


def test_no_two_commands_have_the_same_keys() -> None:
    used = Counter(keys for command in COMMANDS for keys in command.keys.split())
    assert [keys for keys, times in used.items() if times > 1] == []


def test_every_command_is_connected(window: MainWindow) -> None:
    for action in window.commands:
        assert action.receivers("2triggered(bool)") > 0, action.objectName()


def test_the_palette_lists_every_command(design: MainWindow) -> None:
    titles = {entry.title for entry in entries(design)}
    for command in COMMANDS:
        action = design.commands[command.id]
        assert command.id == "commands" or action.text().replace("&", "") in titles


def test_typing_and_enter_call_the_best_match(palette: CommandPalette, design: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "light th")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert design.commands["theme_light"].isChecked()


def test_a_layer_is_added_from_the_palette(palette: CommandPalette, design: MainWindow, qtbot: QtBot) -> None:
    before = set(design.document.graph.nodes)
    qtbot.keyClicks(palette.field, "add dropout")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    added = set(design.document.graph.nodes) - before
    assert len(added) == 1
    assert design.document.selection == added


def test_arrow_keys_choose_and_escape_closes(palette: CommandPalette, qtbot: QtBot) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_a_disabled_command_is_not_called(palette: CommandPalette, design: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "undo")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def found(words: str, *titles: str, recent: tuple[str, ...] = ()) -> list[str]:
    all_entries = [Entry(title, "File", "", lambda: None, id=title) for title in titles]
    return [entry.title for entry in found_by(words, all_entries, list(recent))]


def test_the_beginning_of_a_title_fits_best() -> None:
    assert found("save", "Do not save", "Save as…") == ["Save as…", "Do not save"]
    assert found("zzz", "Save as…") == []
    assert found("sva", "Open", "Save as…") == ["Save as…"]


def test_what_was_used_lately_goes_first() -> None:
    assert found("", "Open", "Save", "Quit", recent=("Quit",)) == ["Quit", "Open", "Save"]
    assert found("zoom", "Zoom in", "Zoom to", recent=("Zoom to",)) == ["Zoom to", "Zoom in"]


def test_a_call_is_remembered(palette: CommandPalette, design: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "light th")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    design.commands["commands"].trigger()
    assert palette.list.topLevelItem(0).text(0) == "Light theme"  # type: ignore[union-attr]


def test_a_disabled_command_says_why(design: MainWindow) -> None:
    whys = {entry.id: entry.why for entry in entries(design) if not entry.enabled}
    assert whys["undo"] == "Nothing was changed yet."
    assert whys["rename"] == "Select one layer first."
    assert whys["copy"] == "Select a layer first."
    assert all(whys.values())
    design.spaces.show_space("data")
    assert {e.id: e.why for e in entries(design)}["select_all"] == "Only in the Design workspace."


def test_the_fixes_of_the_problems_are_listed(design: MainWindow) -> None:
    graph = design.document.graph
    design.document.edit(text("cut"), disconnect(graph, Inlet("conv2", "image")))
    titles = [entry.title for entry in entries(design) if entry.group == "Fixes"]
    assert titles and all("conv2" in title or "pool1" in title for title in titles)
