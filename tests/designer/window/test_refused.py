"""Edits that are not taken, because the project can only be looked at or a large step is given up, break nothing."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.inspector.node_page import NodePage
from designer.keyboard.connecting import disconnect
from designer.keyboard.quick_add import quick_add
from designer.outline.tools import disconnect_from
from designer.problems.panel import ProblemsPanel
from designer.window.main_window import MainWindow
from engine.graph import edits
from engine.text import text


@pytest.fixture(params=["given up", "read only"])
def net(design: MainWindow, request: pytest.FixtureRequest) -> MainWindow:
    """The window with a network that lacks a layer, and takes no edit."""
    document = design.document
    document.edit(text("delete"), edits.remove(document.graph, ["flatten1"]))
    if request.param == "given up":
        document.prepare = lambda project, title: False
    else:
        document.read_only = text("It is shown.")
    return design


@pytest.fixture(autouse=True)
def nothing_changes(net: MainWindow) -> object:
    before = net.document.project
    yield
    QApplication.processEvents()
    assert net.document.project is before


@pytest.mark.parametrize("id", ["add_note", "add_frame", "duplicate", "cut", "arrange", "flow_right", "delete"])
def test_commands(net: MainWindow, id: str) -> None:
    net.document.select(["conv1"])
    net.commands[id].trigger()


def test_a_layout_that_was_not_taken_is_not_told_as_taken(net: MainWindow, qtbot: QtBot) -> None:
    arranger = net.design.canvas.arranger
    with qtbot.waitSignal(arranger.ended, timeout=30_000) as ended:
        arranger.start(None, "right")
    assert ended.args == [False]


def test_a_layer_that_was_not_added_is_not_said_to_be(net: MainWindow) -> None:
    net.document.select(["conv1"])
    told: list[str] = []
    net.design.canvas.told.connect(told.append)
    quick_add(net.design.canvas).chosen.emit("relu")
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
