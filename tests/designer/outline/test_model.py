"""The outline's rows follow every edit, and are what is drawn."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from designer.canvas import commands
from designer.document import Document
from designer.outline.model import FACE, OutlineModel, order
from engine.graph import Graph, Inlet, Outlet, edits
from engine.layers import make_layer
from engine.project.project import Project
from engine.project.starters import make_starter
from engine.text import text


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[OutlineModel]:
    document = Document()
    document.start(make_starter("mnist-cnn"))
    model = OutlineModel(document)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.refresh()
    yield model
    for thing in (tester, model, document):
        delete(thing)


def words(model: OutlineModel, name: str) -> str:
    return str(model.data(model.index_of(name), Qt.ItemDataRole.AccessibleTextRole))


def test_rows_are_in_the_order_of_running(model: OutlineModel) -> None:
    assert model.names() == list(model.document.report.order)
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == model.names()


def test_a_row_says_everything_that_is_seen(model: OutlineModel) -> None:
    assert words(model, "conv1") == "2. conv1, Conv2d · 32 · 3×3, gives 32×26×26, 320 parameters, fed by image"
    model.document.edit(text("delete"), edits.remove(model.document.graph, ["flatten1"]))
    assert "Error: linear1 takes" in words(model, "linear1")
    assert model.data(model.index_of("linear1"), FACE).errors


def test_a_row_that_is_renamed_stays_the_row_it_is(model: OutlineModel, qtbot: QtBot) -> None:
    index = model.index_of("conv1")
    with qtbot.assertNotEmitted(model.rowsRemoved), qtbot.assertNotEmitted(model.modelReset):
        assert model.setData(index, "stem")
    assert model.index_of("stem").row() == index.row()
    assert model.document.undo_stack.undoText() == "rename conv1 to stem"


@pytest.mark.parametrize("name", ["relu1", "class", "1st", ""])
def test_a_wrong_name_is_refused_with_a_sentence(model: OutlineModel, qtbot: QtBot, name: str) -> None:
    with qtbot.waitSignal(model.refused):
        assert not model.setData(model.index_of("conv1"), name)
    assert "conv1" in model.document.graph.nodes


def test_an_outline_that_sleeps_reads_nothing(qtbot: QtBot) -> None:
    document = Document()
    model = OutlineModel(document)
    document.start(make_starter("mnist-cnn"))
    assert model.rowCount() == 0
    model.refresh()
    assert model.rowCount() == 14
    delete(model)
    delete(document)


def test_a_new_wire_that_turns_the_order_moves_rows_and_keeps_the_selection(model: OutlineModel) -> None:
    document = model.document
    document.start(Project())
    for name in ("a", "b", "c"):
        document.edit(text("add"), edits.add(document.graph, name, make_layer("relu", {})))
    held = model.persistentIndexList()
    kept = model.index_of("a")
    document.edit(text("wire"), edits.connect(document.graph, Outlet("c", "output"), Inlet("a", "value")))
    assert model.names() == order(document)
    assert model.names().index("c") < model.names().index("a")
    assert kept.isValid() and held == []


NAMES = st.sampled_from([f"n{number}" for number in range(12)])
STEPS = st.lists(st.tuples(st.sampled_from(["add", "remove", "wire", "rename", "undo"]), NAMES, NAMES), max_size=25)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_after_any_edits_the_rows_are_the_order(qapp: object, steps: list[tuple[str, str, str]]) -> None:
    document = Document()
    model = OutlineModel(document)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.refresh()
    for step in steps:
        change(document, *step)
        assert model.names() == order(document)
        assert all(model.index_of(name).data() == name for name in document.graph.nodes)
    for thing in (tester, model, document):
        delete(thing)


def change(document: Document, what: str, one: str, other: str) -> None:
    graph: Graph = document.graph  # type: ignore[type-arg]
    if what == "add" and one not in graph.nodes:
        document.edit(text("add"), edits.add(graph, one, make_layer("add", {})))
    elif what == "remove" and one in graph.nodes:
        document.edit(text("remove"), edits.remove(graph, [one]))
    elif what == "wire" and one in graph.nodes and other in graph.nodes:
        document.edit(text("wire"), edits.connect(graph, Outlet(one, "output"), Inlet(other, "values")))
    elif what == "rename" and one in graph.nodes and other not in graph.nodes:
        commands.rename(document, one, other)
    elif what == "undo":
        document.undo_stack.undo()


def test_a_large_change_is_one_reset(model: OutlineModel, qtbot: QtBot) -> None:
    graph = model.document.graph
    for number in range(300):
        graph = edits.add(graph, f"x{number}", make_layer("relu", {}))
        if number % 2:
            graph = edits.connect(graph, Outlet("image", "output"), Inlet(f"x{number}", "value"))
    model.document.edit(text("paste"), graph)
    assert model.names() == order(model.document)
    assert model.rowCount() == 314
    assert model.rowCount(model.index(0, 0)) == 0
    assert not model.index(400, 0, QModelIndex()).isValid()
