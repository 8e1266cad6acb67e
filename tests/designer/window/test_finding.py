"""Finding and replacing with the keys, in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.blocks import commands as block_commands
from designer.canvas.layer_list import LayerList
from designer.finding.bar import FindBar
from designer.window.main_window import MainWindow

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def bar(design: MainWindow) -> FindBar:
    design.commands["find"].trigger()
    found = design.design.canvas.findChild(FindBar)
    assert found and found.isVisible() and design.focusWidget() is found.field
    return found


def typed(bar: FindBar, words: str) -> None:
    bar.field.selectAll()
    QTest.keyClicks(bar.field, words)
    bar.refresh()


def test_enter_walks_through_what_was_found(design: MainWindow, bar: FindBar) -> None:
    typed(bar, "out_channels>=32")
    assert bar.count.text() == "3 found"
    seen = []
    for _ in range(4):
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
        seen.append(min(design.document.selection))
    assert seen == ["conv1", "conv2", "conv3", "conv1"]
    QTest.keyClick(bar.field, Qt.Key.Key_Return, SHIFT)
    assert design.document.selection == {"conv3"} and bar.count.text() == "3 of 3"


def test_a_layer_that_is_called_so_is_gone_to_also_where_it_is_selected(design: MainWindow, bar: FindBar) -> None:
    design.document.select(["conv2"])
    typed(bar, "conv2")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert design.document.selection == {"conv2"} and bar.count.text() == "1 of 3"
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert design.document.selection == {"conv1"}


def test_what_is_typed_is_found_after_a_moment(design: MainWindow, bar: FindBar, qtbot: QtBot) -> None:
    QTest.keyClicks(bar.field, "relu")
    qtbot.waitUntil(lambda: bar.count.text().endswith("found"))
    assert bar.found and not bar._soon.isActive()


def test_all_that_were_found_are_selected(design: MainWindow, bar: FindBar) -> None:
    typed(bar, "64x*x*")
    QTest.keyClick(bar.field, Qt.Key.Key_Return, ALT)
    assert design.document.selection == set(bar.found) and len(bar.found) > 2
    assert bar.isHidden() and design.focusWidget() is design.design.canvas.stage


def test_a_number_alone_finds_values_before_shapes(bar: FindBar) -> None:
    typed(bar, "64")
    assert bar.found[:4] == ["conv2", "conv3", "linear1", "relu2"]


def test_what_is_in_blocks_is_counted_and_gone_to(design: MainWindow, bar: FindBar) -> None:
    document = design.document
    document.select(["conv1", "relu1"])
    block_commands.group(document, "stem")
    typed(bar, "conv")
    assert bar.count.text() == "2 found, 1 in blocks" and bar.found == ["conv2", "conv3"]
    typed(bar, "conv1")
    assert bar.count.text() == "none here, 1 in blocks" and bar.next.isEnabled() and not bar.all.isEnabled()
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert document.where == ("stem1",) and document.selection == {"conv1"}
    assert bar.count.text() == "1 of 1" and bar.isVisible()
    design.resize(1024, 700)
    way = design.design.canvas.blocks.breadcrumb
    typed(bar, "conv")
    assert way.isVisible() and not way.geometry().intersects(bar.geometry())


def test_nothing_found_is_said_and_nothing_else_happens(design: MainWindow, bar: FindBar) -> None:
    before = design.document.selection
    typed(bar, "no such thing")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == "none found" and design.document.selection == before
    assert not bar.next.isEnabled()
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden()


def test_the_bar_follows_the_drawing(design: MainWindow, bar: FindBar, qtbot: QtBot) -> None:
    typed(bar, "conv")
    design.document.undo_stack.clear()
    design.document.select(["conv2"])
    design.commands["delete"].trigger()
    qtbot.waitUntil(lambda: bar.found == ["conv1", "conv3"])


def test_the_bar_stays_within_a_small_canvas(design: MainWindow, bar: FindBar) -> None:
    design.resize(700, 500)
    canvas = design.design.canvas
    assert canvas.rect().contains(bar.geometry())


def test_a_layer_takes_the_place_of_several(design: MainWindow, qtbot: QtBot) -> None:
    document = design.document
    document.select(["relu1", "relu2"])
    design.commands["replace_layer"].trigger()
    chooser = design.design.canvas.findChild(LayerList)
    assert chooser
    QTest.keyClicks(chooser.search, "gelu")
    QTest.keyClick(chooser.search, Qt.Key.Key_Return)
    assert [type(document.graph.nodes[name].layer).__name__ for name in ("relu1", "relu2", "relu3")] == [
        "GELU",
        "GELU",
        "ReLU",
    ]
    assert document.undo_stack.undoText() == "replace 2 layers by GELU"
    document.undo_stack.undo()
    assert type(document.graph.nodes["relu1"].layer).__name__ == "ReLU"


def test_without_a_selection_nothing_can_be_replaced(design: MainWindow) -> None:
    design.document.select([])
    assert not design.commands["replace_layer"].isEnabled()
