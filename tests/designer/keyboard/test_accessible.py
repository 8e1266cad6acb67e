"""What a screen reader finds: every part has a name and a role, and what happens is announced."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from designer.keyboard import speech
from designer.keyboard.speech import announce, node_words, selection_words
from designer.problems.panel import ProblemsPanel
from designer.window.command_palette import CommandPalette
from designer.window.main_window import MainWindow
from engine.graph import Inlet, Outlet, Wire
from engine.graph.edits import remove
from engine.text import text
from tests.designer.keyboard.hands import Hands

Key = Qt.Key
ROLE, NAME = QAccessible.Role, QAccessible.Text.Name


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a screen reader would speak."""
    words: list[str] = []

    def hear(event: QObject) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            words.append(event.message())

    monkeypatch.setattr(speech.QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(speech.QAccessible, "updateAccessibility", hear)
    yield words
    monkeypatch.undo()


def seen(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None and found.isValid()
    return found


def test_the_outline_is_a_tree_of_rows_that_say_everything(design: MainWindow, hands: Hands) -> None:
    design.commands["show_outline"].trigger()
    tree = seen(design.design.outline.tree)
    assert tree.role() == ROLE.Tree
    assert tree.text(NAME) == "Outline: layers in the order in which they run"
    rows = [tree.child(number) for number in range(tree.childCount())]
    items = [row for row in rows if row.role() == ROLE.TreeItem]
    assert len(items) == 14
    assert items[1].text(NAME) == "2. conv1, Conv2d · 32 · 3×3, gives 32×26×26, 320 parameters, fed by image"
    assert items[0].state().selected  # type: ignore[truthy-function]


def test_the_parts_of_the_window_have_names(design: MainWindow) -> None:
    panels = design.design
    assert seen(panels.canvas.stage).text(NAME) == "Network"
    assert "13 layers" in panels.canvas.stage.accessibleDescription() or panels.canvas.stage.accessibleDescription()
    assert seen(panels.palette_panel.search).text(NAME) == "Search layers"
    assert seen(panels.palette_panel.tree).text(NAME)
    palette = design.findChild(CommandPalette)
    assert palette is not None
    assert seen(palette.field).text(NAME) and seen(palette.list).text(NAME)


def test_every_field_of_the_inspector_has_the_name_of_its_parameter(design: MainWindow) -> None:
    design.document.select(["conv2"])
    design.design.inspector.refresh()
    page = design.design.inspector.page
    fields = [field for field in page.findChildren(QWidget) if field.focusPolicy() & Qt.FocusPolicy.TabFocus]
    names = [seen(field).text(NAME) for field in fields if field.isVisible()]
    assert all(names)
    assert {"out_channels", "kernel_size 1", "kernel_size 2", "padding 2", "bias"} <= set(names)
    told = [seen(field).text(QAccessible.Text.Description) for field in page.findChildren(QComboBox)]
    assert any(words.startswith("padding_mode. What the padding") for words in told)  # its name is its value
    edit = next(field for field in fields if field.accessibleName() == "out_channels")
    assert seen(edit).role() == ROLE.EditableText
    assert "filters" in seen(edit).text(QAccessible.Text.Description)


def test_a_problem_is_told_with_its_severity_its_node_and_its_fixes(design: MainWindow) -> None:
    design.document.edit(text("delete"), remove(design.document.graph, ["flatten1"]))
    panel = design.findChild(ProblemsPanel)
    assert panel is not None
    row = seen(panel.rows[0])
    assert row.text(NAME).startswith("linear1") and "Error: " in row.text(NAME)
    assert row.text(QAccessible.Text.Description).startswith("Fixes: Insert flatten")


def test_what_is_selected_is_announced(design: MainWindow, hands: Hands, heard: list[str]) -> None:
    hands.press(Key.Key_Home)
    hands.press(Key.Key_Down)
    assert heard[-1] == "conv1, Conv2d · 32 · 3×3, gives 32×26×26, 320 parameters, fed by image"


def test_connecting_and_adding_are_announced(design: MainWindow, hands: Hands, heard: list[str]) -> None:
    design.document.select(["conv2"])
    hands.press(Key.Key_C)
    assert heard[-1].startswith("Connect conv2 → relu2")
    hands.press(Key.Key_Escape)
    assert heard[-1] == "Nothing was connected."
    hands.press(Key.Key_Tab)
    hands.write("dropout2d")
    assert heard[-1].startswith("Dropout2d, 64×11×11")
    hands.press(Key.Key_Return)
    assert any(words.startswith("Added dropout1, Dropout2d") for words in heard)


def test_problems_and_their_fixes_are_announced(design: MainWindow, hands: Hands, heard: list[str]) -> None:
    design.document.edit(text("delete"), remove(design.document.graph, ["flatten1"]))
    hands.press(Key.Key_F8)
    assert any(words.startswith("Problem 1 of ") for words in heard)


def test_nobody_is_told_where_nobody_listens(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(speech.QAccessible, "isActive", lambda: False)
    monkeypatch.setattr(speech.QAccessible, "updateAccessibility", told.append)
    widget = QWidget()
    qtbot.addWidget(widget)
    announce(widget, "words")
    assert told == []


def test_words_for_what_is_selected(design: MainWindow) -> None:
    document = design.document
    assert selection_words(document) == "nothing selected"
    document.select(["conv1", "relu1"])
    assert selection_words(document) == "2 layers selected: conv1, relu1"
    document.select((), [Wire(Outlet("conv2", "output"), Inlet("relu2", "value"))])
    assert selection_words(document) == "wire conv2 → relu2, into value"
    document.edit(text("delete"), remove(document.graph, ["flatten1", "relu3"], heal=False))
    assert "not wired" in node_words(document, "linear1")
