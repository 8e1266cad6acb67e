"""The shortcut sheet, and the dialog in which shortcuts are changed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from designer.keyboard.editor import ID, ShortcutEditor
from designer.keyboard.keymap import keymap
from designer.keyboard.sheet import ShortcutSheet
from designer.theme import theme
from designer.theme.style import dress
from designer.window.commands import COMMANDS, keys_of
from designer.window.entries import entries
from designer.window.main_window import MainWindow
from designer.window.settings import remember, remembered
from tests.designer.keyboard.hands import ALT, CTRL, Hands

Key = Qt.Key


@pytest.fixture
def editor(design: MainWindow, qtbot: QtBot) -> Iterator[ShortcutEditor]:
    design.commands["edit_shortcuts"].trigger()
    found = design.findChild(ShortcutEditor)
    assert found is not None
    qtbot.waitUntil(found.isVisible)
    yield found
    found.close()


def choose(editor: ShortcutEditor, id: str) -> None:
    rows = [row for row in editor._rows() if row.data(0, ID) == id]
    editor.list.setCurrentItem(rows[0])


def press(editor: ShortcutEditor, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(editor.keys, key, held)


def test_free_keys_are_taken_at_once_and_seen_everywhere(editor: ShortcutEditor, design: MainWindow) -> None:
    choose(editor, "train")
    QTest.keyClick(editor.list, Key.Key_Return)
    assert editor.keys.hasFocus()
    press(editor, Key.Key_F7)
    assert keymap.keys("train") == ("F7",)
    assert keys_of(design.commands["train"]) == "F7"
    assert {entry.id: entry.keys for entry in entries(design)}["train"] == "F7"
    assert editor.note.text() == "F7 is “Train” now."
    assert editor.list.hasFocus()


def test_tooltips_and_the_search_button_follow(editor: ShortcutEditor, design: MainWindow) -> None:
    choose(editor, "commands")
    editor.begin()
    press(editor, Key.Key_K, CTRL)
    assert "Ctrl+K" in design.top.search.text()
    keymap.give("data", ["Ctrl+Alt+2"])
    assert "Ctrl+Alt+2" in design.top.tabs.tabToolTip(1)


def test_keys_that_are_taken_name_both_commands_and_ask(editor: ShortcutEditor) -> None:
    choose(editor, "duplicate")
    editor.begin()
    press(editor, Key.Key_S, CTRL)
    assert "“Save”" in editor.note.text() and "“Duplicate”" in editor.note.text()
    assert keymap.command("Ctrl+S") == "save"
    assert editor.give.hasFocus()
    QTest.keyClick(editor.give, Key.Key_Return)
    assert keymap.command("Ctrl+S") == "duplicate"
    assert keymap.keys("save") == ()


def test_enter_is_asked_about_as_any_other_key(editor: ShortcutEditor) -> None:
    choose(editor, "duplicate")
    editor.begin()
    press(editor, Key.Key_Return)
    assert editor.give.hasFocus() and keymap.command("Return") == "edit_parameters"


def test_escape_leaves_the_keys_as_they_were(editor: ShortcutEditor) -> None:
    choose(editor, "duplicate")
    editor.begin()
    press(editor, Key.Key_S, CTRL)
    editor.begin()
    press(editor, Key.Key_Escape)
    assert editor.isVisible()
    assert keymap.dumps() == "{}"


@pytest.mark.parametrize(
    ("key", "held", "written"),
    [
        (Key.Key_Tab, Qt.KeyboardModifier.NoModifier, "Tab"),
        (Key.Key_Up, ALT, "Alt+Up"),
        (Key.Key_Return, CTRL, "Ctrl+Return"),
    ],
)
def test_keys_that_qt_takes_for_itself_can_be_given(
    editor: ShortcutEditor, key: Qt.Key, held: Qt.KeyboardModifier, written: str
) -> None:
    choose(editor, "save")
    editor.begin()
    press(editor, key, held)
    if keymap.command(written) != "save":
        QTest.keyClick(editor.give, Key.Key_Space)
    assert keymap.command(written) == "save"


def test_keys_are_added_removed_and_reset(editor: ShortcutEditor, qtbot: QtBot) -> None:
    choose(editor, "save")
    editor.begin(adds=True)
    press(editor, Key.Key_F7)
    assert keymap.keys("save") == ("Ctrl+S", "F7")
    editor.remove.click()
    assert keymap.keys("save") == ()
    editor.reset.click()
    assert keymap.keys("save") == ("Ctrl+S",)
    keymap.give("train", ["F7"])
    editor.reset_all.click()
    assert keymap.dumps() == "{}" and not editor.reset_all.isEnabled()


def test_commands_are_found_by_words_and_by_keys(editor: ShortcutEditor) -> None:
    for words, id in (("duplic", "duplicate"), ("Shift+F5", "stop")):
        editor.search.setText(words)
        seen = [row.data(0, ID) for row in editor._rows() if not row.isHidden()]
        assert id in seen and len(seen) < 6
        assert editor.command() is not None and editor.command().id in seen  # type: ignore[union-attr]


def test_changes_are_kept_for_the_next_start(editor: ShortcutEditor) -> None:
    keymap.give("train", ["F7"])
    assert remembered("shortcuts", "") == '{"train": ["F7"]}'


@pytest.mark.parametrize("words", ["{", "[[", '{"train": "F7"}', '{"nothing": ["F7"]}'])
def test_a_bad_settings_file_never_breaks_the_start(qtbot: QtBot, words: str, request: pytest.FixtureRequest) -> None:
    remember("shortcuts", words)
    window = request.getfixturevalue("window")
    assert keys_of(window.commands["train"]) == "F5"


def test_keys_of_an_earlier_start_are_taken(qtbot: QtBot, request: pytest.FixtureRequest) -> None:
    remember("shortcuts", '{"train": ["F7"], "connect": ["K"]}')
    window = request.getfixturevalue("window")
    assert keys_of(window.commands["train"]) == "F7"
    assert [keys.toString() for keys in window.design.canvas.actions_by_id["connect"].shortcuts()] == ["K"]


def test_the_sheet_shows_every_command_and_finds(design: MainWindow, hands: Hands, qtbot: QtBot) -> None:
    keymap.give("train", ["F7"])
    design.commands["shortcuts"].trigger()
    sheet = design.findChild(ShortcutSheet)
    assert sheet is not None
    lines = {line.words[0]: line for _, found in sheet._groups for line in found}
    wanted = {id for id in COMMANDS if keymap.keys(id)}
    assert len(lines) >= len(wanted) - 3  # some titles are in two menus
    assert lines["Undo"].words[1] == "Ctrl+Z"
    QTest.keyClicks(sheet.search, "f7")
    seen = [words for words, line in lines.items() if line.widget.isVisible()]
    assert "Train" in seen and "Undo" not in seen
    sheet.search.setText("nothing at all")
    assert any("nothing at all" in label.text() for label in sheet.findChildren(QLabel) if label.isVisible())
    sheet.close()


@pytest.mark.parametrize("kind", ["dark", "light"])
def test_the_chosen_row_can_be_read(editor: ShortcutEditor, qapp: QApplication, kind: str) -> None:
    dress(qapp)
    theme.choose(kind)
    choose(editor, "train")
    editor.list.setFocus()
    row = editor.list.visualRect(editor.list.currentIndex())
    image = editor.list.viewport().grab(row).toImage()
    seen = {image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())}
    assert max(seen) - min(seen) > 120
