"""The outline panel: selection both ways, and everything that it does by keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from designer.document import Document
from designer.keyboard.keymap import keymap
from designer.keyboard.pick_list import PickList
from designer.outline.panel import Outline
from engine.graph import Graph, Inlet, Outlet, Place, edits
from engine.layers import Layer, make_layer
from engine.project.project import Project
from engine.project.starters import make_starter
from engine.text import text
from tests.designer.shown import activate

Key = Qt.Key


@pytest.fixture
def outline(qtbot: QtBot) -> Iterator[Outline]:
    keymap.reset_all()
    document = Document()
    document.start(make_starter("mnist-cnn"))
    outline = Outline(document)
    outline.resize(240, 600)
    activate(qtbot, outline)
    outline.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
    qtbot.waitUntil(outline.tree.hasFocus)
    yield outline
    delete(outline)
    delete(document)


@pytest.fixture
def document(outline: Outline) -> Document:
    return outline._document


def press(outline: Outline, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        popup = QApplication.activePopupWidget()
        QTest.keyClick((popup.focusWidget() if popup else None) or QApplication.focusWidget() or outline, key, held)


def listed() -> PickList:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PickList)
    return popup


def test_the_focus_brings_a_row_to_begin_with(outline: Outline, document: Document) -> None:
    assert document.selection == {"image"}


def test_what_is_selected_here_is_selected_there_and_back(outline: Outline, document: Document) -> None:
    press(outline, Key.Key_Down)
    assert document.selection == {"conv1"}
    press(outline, Key.Key_Down, held=Qt.KeyboardModifier.ShiftModifier)
    assert document.selection == {"conv1", "relu1"}
    document.select(["pool2", "linear1"])
    rows = {index.data() for index in outline.tree.selectionModel().selectedRows()}
    assert rows == {"pool2", "linear1"}
    assert outline.node() == "pool2"


def test_a_name_is_changed_in_place(outline: Outline, document: Document) -> None:
    press(outline, Key.Key_Down, Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, "stem")
    press(outline, Key.Key_Return)
    QApplication.processEvents()
    assert "stem" in document.graph.nodes
    assert outline.node() == "stem"


def test_a_wrong_name_is_said(outline: Outline, document: Document, qtbot: QtBot) -> None:
    press(outline, Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText("class")
    with qtbot.waitSignal(outline.told):
        press(outline, Key.Key_Return)
    assert "image" in document.graph.nodes


def test_delete_heals_the_wire(outline: Outline, document: Document) -> None:
    document.select(["relu1"])
    press(outline, Key.Key_Delete)
    assert document.graph.source(Inlet("pool1", "image")) == Outlet("conv1", "output")


def test_connect_from_lists_what_fits_first(outline: Outline, document: Document) -> None:
    document.select(["pool2"])
    press(outline, Key.Key_C)
    notes = [row.note for row in listed()._rows]
    fits = [note == "fits" for note in notes]
    assert fits == sorted(fits, reverse=True) and True in fits and False in fits
    QTest.keyClicks(listed().search, "conv2")
    press(outline, Key.Key_Return)
    assert document.graph.source(Inlet("pool2", "image")) == Outlet("conv2", "output")


def test_a_circle_is_refused_with_a_sentence(outline: Outline, document: Document, qtbot: QtBot) -> None:
    before = document.project
    document.select(["conv1"])
    press(outline, Key.Key_C)
    QTest.keyClicks(listed().search, "relu1")
    with qtbot.waitSignal(outline.told) as told:
        press(outline, Key.Key_Return)
    assert told.args == ["That wire would close a circle."]
    assert document.project is before


def test_of_several_inputs_it_is_asked_which(outline: Outline, document: Document) -> None:
    graph: Graph[Layer] = Graph()
    for name, kind in (("a", "input"), ("b", "input"), ("sum", "add")):
        graph = edits.add(graph, name, make_layer(kind, {}))
    graph = edits.connect(graph, Outlet("a", "output"), Inlet("sum", "values"))
    document.start(Project().with_graph(graph))
    document.select(["sum"])
    outline.tree.setFocus()
    press(outline, Key.Key_C)
    first = listed()
    assert {row.note for row in first._rows} == {"", "wired to a"}
    press(outline, Key.Key_Return)
    assert listed() is not first
    QTest.keyClicks(listed().search, "b")
    press(outline, Key.Key_Return)
    assert {wire.source.node for wire in document.graph.into("sum")} == {"a", "b"}


def test_a_wire_is_taken_away(outline: Outline, document: Document) -> None:
    document.select(["relu2"])
    press(outline, Key.Key_C, held=Qt.KeyboardModifier.ShiftModifier)
    assert list(document.graph.into("relu2")) == []


def test_enter_asks_for_the_parameters(outline: Outline, qtbot: QtBot) -> None:
    with qtbot.waitSignal(outline.called) as called:
        press(outline, Key.Key_Return)
    assert called.args == ["edit_parameters"]


def test_an_empty_outline_says_what_to_do(outline: Outline, document: Document) -> None:
    document.start(Project())
    assert outline._nothing.isVisible()
    press(outline, Key.Key_Slash)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClicks(popup.focusWidget(), "input")
    press(outline, Key.Key_Return)
    assert list(document.graph.nodes) == ["input1"]
    assert not outline._nothing.isVisible()


def test_ten_thousand_rows_are_followed(outline: Outline, document: Document) -> None:
    node = edits.add(Graph(), "x", make_layer("relu", {})).nodes["x"]
    names = [f"n{number}" for number in range(10_000)]
    graph: Graph[Layer] = Graph(dict.fromkeys(names, node), {name: Place(0, 96 * i) for i, name in enumerate(names)})
    document.start(Project().with_graph(graph))
    assert outline.model.rowCount() == 10_000
    document.edit(text("delete"), edits.remove(document.graph, ["n5000"]))
    assert outline.model.rowCount() == 9_999
    assert outline.model.index(5000, 0).data() == "n5001"
