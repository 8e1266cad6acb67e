"""The palette: finding layers and adding them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from designer.blocks.kinds import offered
from designer.document import Document
from designer.palette.palette import Palette
from designer.palette.rows import FAMILY, KIND
from designer.theme import fonts
from designer.theme.tokens import STEP
from engine.blocks.library import library
from engine.graph import Inlet, Outlet, Place, Wire
from engine.layers import catalogue
from engine.project.project import Project
from tests.designer.shown import in_front


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    document = Document()
    document.start(Project())
    return document


@pytest.fixture
def palette(qtbot: QtBot, document: Document) -> Palette:
    palette = in_front(qtbot, Palette(document), 240, 700)
    qtbot.waitUntil(lambda: "block:inception" in kinds(palette))
    return palette


def rows(palette: Palette) -> list[QTreeWidgetItem]:
    tops = [palette.tree.topLevelItem(number) for number in range(palette.tree.topLevelItemCount())]
    return [item for top in tops if top for item in (top, *(top.child(n) for n in range(top.childCount()))) if item]


def kinds(palette: Palette) -> list[str]:
    return [item.data(0, KIND) for item in rows(palette) if item.data(0, KIND)]


def double_click(palette: Palette, item: QTreeWidgetItem) -> None:
    at = middle(palette, item)
    QTest.mouseClick(palette.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(palette.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)


def row(palette: Palette, kind: str) -> QTreeWidgetItem:
    return next(item for item in rows(palette) if item.data(0, KIND) == kind)


def middle(palette: Palette, item: QTreeWidgetItem) -> QPoint:
    palette.tree.scrollToItem(item)
    return palette.tree.visualItemRect(item).center()


def test_every_layer_and_block_is_there_under_its_family(palette: Palette, document: Document) -> None:
    there = offered(document)
    assert there.keys() == catalogue().keys() - {"block_input", "block_output"} | {
        f"block:{name}" for name in library()
    }
    assert sorted(kinds(palette)) == sorted(there)
    for item in rows(palette):
        if item.data(0, KIND):
            family = there[item.data(0, KIND)].about.family
            assert item.parent().data(0, FAMILY) == ("Block library" if family == "Blocks" else family)
            assert item.toolTip(0)


def heading(palette: Palette, family: str) -> QTreeWidgetItem:
    items = [palette.tree.topLevelItem(number) for number in range(palette.tree.topLevelItemCount())]
    return next(item for item in items if item is not None and item.data(0, FAMILY) == family)


def test_a_family_folds_by_a_click_and_stays_folded_after_a_search(palette: Palette) -> None:
    folded = heading(palette, "Convolution")
    QTest.mouseClick(palette.tree.viewport(), Qt.MouseButton.LeftButton, pos=middle(palette, folded))
    assert not folded.isExpanded()
    QTest.keyClicks(palette.search, "conv")
    palette.search.clear()
    assert not heading(palette, "Convolution").isExpanded()


def test_the_library_is_folded_at_first_and_as_it_was_left_later(palette: Palette, document: Document) -> None:
    palette.show_found("basic")
    palette.show_found("")
    assert not heading(palette, "Block library").isExpanded() and heading(palette, "Convolution").isExpanded()
    heading(palette, "Block library").setExpanded(True)
    heading(palette, "Convolution").setExpanded(False)
    later = Palette(document)
    later.show_found("basic")
    later.show_found("")
    assert heading(later, "Block library").isExpanded() and not heading(later, "Convolution").isExpanded()
    later.deleteLater()


def test_enter_in_the_search_field_adds_the_best_match(palette: Palette, document: Document) -> None:
    QTest.keyClicks(palette.search, "dense")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert list(document.graph.nodes) == ["linear1"]


def test_arrows_in_the_search_field_walk(palette: Palette, document: Document) -> None:
    QTest.keyClicks(palette.search, "conv")
    before = palette.tree.kind()
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.tree.kind() != before
    QTest.keyClick(palette.search, Qt.Key.Key_Up)
    assert palette.tree.kind() == before


def test_a_heading_that_has_no_room_ends_in_dots(palette: Palette) -> None:
    palette.resize(160, 700)
    item = heading(palette, "Input and output")
    box = palette.tree.visualItemRect(item)
    shown = palette.tree.viewport().grab(box).toImage()
    metrics = QFontMetrics(fonts.words(12, bold=True))
    item.setText(0, metrics.elidedText(item.text(0), Qt.TextElideMode.ElideRight, box.width() - 8 * STEP))
    assert item.text(0).endswith("…")
    assert palette.tree.viewport().grab(box).toImage() == shown


def test_arrows_walk_over_headings(palette: Palette) -> None:
    heading(palette, "Block library").setExpanded(True)
    seen = []
    for _ in kinds(palette):
        QTest.keyClick(palette.search, Qt.Key.Key_Down)
        seen.append(palette.tree.kind())
    assert seen == kinds(palette)


def test_typing_in_the_list_goes_to_the_search_field(palette: Palette) -> None:
    palette.tree.setFocus()
    QTest.keyClicks(palette.tree, "p")
    assert palette.search.text() == "p"
    assert palette.search.hasFocus()


def test_escape_empties_the_search(palette: Palette) -> None:
    QTest.keyClicks(palette.search, "relu")
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert palette.search.text() == ""
    assert len(kinds(palette)) > len(catalogue())


def test_nothing_found_says_so(palette: Palette) -> None:
    QTest.keyClicks(palette.search, "xyzzy")
    assert not palette.tree.isVisible()
    assert "xyzzy" in palette._nothing.text()
    assert palette._nothing.isVisible()
    QTest.keyClick(palette.search, Qt.Key.Key_Return)


def test_a_double_click_adds_below_the_last_node_wired(palette: Palette, document: Document, qtbot: QtBot) -> None:
    for kind in ("input", "conv2d", "relu"):
        with qtbot.waitSignal(palette.added):
            double_click(palette, row(palette, kind))
    assert list(document.graph.wires()) == [
        Wire(Outlet("input1", "output"), Inlet("conv1", "image")),
        Wire(Outlet("conv1", "output"), Inlet("relu1", "value")),
    ]
    assert document.graph.places["relu1"] == Place(0, 192)
    assert document.selection == {"relu1"}


def test_a_double_click_on_a_heading_adds_nothing(palette: Palette, document: Document) -> None:
    heading = palette.tree.topLevelItem(0)
    assert heading is not None
    double_click(palette, heading)
    assert not document.graph.nodes


def test_the_context_menu_adds_the_layer(palette: Palette, document: Document) -> None:
    palette.search.setText("Conv2d")
    (add,) = (action for action in palette.tree.actions() if action.isVisible())
    add.trigger()
    assert list(document.graph.nodes) == ["conv1"]
