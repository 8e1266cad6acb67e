"""Edits that are not taken, because the project can only be looked at or a large step is given up, break nothing."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.annotations.commands import add_note
from designer.inspector.node_page import NodePage
from designer.keyboard.connecting import disconnect
from designer.keyboard.quick_add import quick_add
from designer.outline.tools import disconnect_from
from designer.problems.panel import ProblemsPanel
from designer.window.main_window import MainWindow
from engine.graph import edits
from engine.text import text


@pytest.fixture(params=["given up", "read only"])
def net(design: MainWindow, request: pytest.FixtureRequest) -> Iterator[MainWindow]:
    """The window with a network that lacks a layer, and takes no edit."""
    document = design.document
    document.edit(text("delete"), edits.remove(document.graph, ["flatten1"]))
    if request.param == "given up":
        document.prepare = lambda project, title: False
    else:
        document.read_only = text("It is shown.")
    before = document.project
    yield design
    QApplication.processEvents()
    assert document.project is before


@pytest.mark.parametrize("id", ["add_note", "add_frame", "duplicate", "cut", "arrange", "flow_right", "delete"])
def test_commands(net: MainWindow, id: str) -> None:
    net.document.select(["conv1"])
    net.commands[id].trigger()


def test_a_layout_that_was_not_taken_is_not_told_as_taken(net: MainWindow, qtbot: QtBot) -> None:
    arranger = net.design.canvas.arranger
    with qtbot.waitSignal(arranger.ended, timeout=30_000) as ended:
        arranger.start(None, "right")
    assert ended.args == [False]


def test_what_is_typed_into_a_note_that_is_only_shown_is_refused_with_a_sentence(
    design: MainWindow, qtbot: QtBot
) -> None:
    spot = add_note(design.document, QRectF(0, 0, 400, 400))
    before, design.document.read_only = design.document.project, text("It is shown.")
    remarks = design.design.canvas.remarks
    remarks.edit(spot)
    field = remarks.field
    assert field is not None
    qtbot.keyClicks(field, "words")
    assert "cannot be edited" not in design.status.currentMessage()
    with qtbot.waitSignal(design.document.refused):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert "cannot be edited" in design.status.currentMessage() and design.document.project is before


def test_a_layer_that_was_not_added_is_not_said_to_be(net: MainWindow) -> None:
    net.document.select(["conv1"])
    told: list[str] = []
    net.design.canvas.told.connect(told.append)
    quick_add(net.design.canvas).chosen.emit("relu", frozenset())
    assert not any("Added" in words for words in told)


def test_a_wire_that_was_not_taken_away_is_not_said_to_be(net: MainWindow) -> None:
    wire, told = min(net.document.graph.wires()), list[str]()
    net.document.select((), [wire])
    net.design.canvas.told.connect(told.append)
    disconnect(net.design.canvas)
    disconnect_from(net, net.document, wire.target.node, QPoint(), told.append)
    assert told == [] and net.document.selected_wires == {wire}


def test_a_fix_that_was_not_made_is_not_said_to_be_done(net: MainWindow) -> None:
    panel, told = net.findChild(ProblemsPanel), list[str]()
    assert panel is not None
    panel.told.connect(told.append)
    panel.fix_first()
    assert told == []


def test_a_name_that_was_not_taken_is_not_shown(net: MainWindow) -> None:
    net.document.select(["conv1"])
    QApplication.processEvents()
    page = net.design.inspector.page
    assert isinstance(page, NodePage)
    page.name.setText("other")
    page.name.setModified(True)
    page.name.editingFinished.emit()
    QApplication.processEvents()
    page = net.design.inspector.page
    assert isinstance(page, NodePage) and page.name.text() == page.node == "conv1"
