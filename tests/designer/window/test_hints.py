"""Sentences that tell a beginner what to do: they name the keys in force, and what a field wants."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QStyle

from designer.blocks.name_field import NameField
from designer.keyboard.keymap import keymap
from designer.keyboard.reasons import why_not
from designer.window.main_window import MainWindow


@pytest.fixture
def empty(window: MainWindow) -> Iterator[MainWindow]:
    window.spaces.get("welcome").cards["empty"].click()  # type: ignore[attr-defined]
    yield window
    keymap.reset_all()


def said(window: MainWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel)]


def test_an_empty_canvas_and_outline_name_the_key_that_adds(empty: MainWindow) -> None:
    empty.commands["show_outline"].trigger()
    assert "Drag a layer from the left, double-click one, or press Tab." in said(empty)
    assert "Nothing is drawn yet. Press / to add a layer." in said(empty)
    keymap.give("add_layer", ["Ctrl+Alt+T"])
    assert "Drag a layer from the left, double-click one, or press Ctrl+Alt+T." in said(empty)
    keymap.give("add_layer", [])
    assert "Drag a layer from the left, or double-click one." in said(empty)


def test_the_page_of_several_layers_names_keys_in_force(design: MainWindow) -> None:
    keymap.give("duplicate", ["Ctrl+Alt+T"])
    try:
        design.document.select(["conv1", "relu1"])
        design.design.inspector.refresh()
        assert "Drag to move them, Ctrl+C to copy, Ctrl+Alt+T to duplicate, Del to delete." in said(design)
    finally:
        keymap.reset_all()


def test_the_field_for_the_name_of_a_block_says_what_it_is(design: MainWindow) -> None:
    design.document.select(["conv1", "relu1"])
    design.commands["group"].trigger()
    canvas = design.design.canvas
    assert canvas.keys.hint.text() == "Name of the block · Enter groups · Esc leaves" and canvas.keys.hint.isVisible()
    QTest.keyClick(canvas.findChild(NameField), Qt.Key.Key_Escape)
    assert canvas.keys.hint.isHidden()


def test_buttons_of_dialogs_have_no_pictures_of_the_system(design: MainWindow) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, design)
    hint = QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons
    box.ensurePolished()
    assert box.style().styleHint(hint, None, box) == 0
    box.deleteLater()


@pytest.mark.parametrize(
    ("id", "space", "selected", "why"),
    [
        ("align_left", "design", ["conv1"], "Select 2 layers or more first."),
        ("distribute_down", "design", [], "Select 3 layers or more first."),
        ("unpack", "design", ["conv1"], "Select one block first."),
        ("find_next", "design", ["conv1"], "Nothing is looked for yet: use Find first."),
        ("find", "training", ["conv1"], "Only in the Design workspace."),
        ("rename", "design", [], "Select one layer first."),
    ],
)
def test_why_a_command_cannot_be_given_says_what_to_do(
    design: MainWindow, id: str, space: str, selected: list[str], why: str
) -> None:
    design.document.select(selected)
    design.commands[space].trigger()
    assert not design.commands[id].isEnabled()
    assert why_not(design, id) == why
