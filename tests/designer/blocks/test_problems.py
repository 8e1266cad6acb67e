"""Problems of blocks: told outside, followed to the node inside, mended there."""

import pytest
from pytestqt.qtbot import QtBot

from designer.blocks import commands
from designer.blocks.problems import problems
from designer.document import Document
from designer.problems.panel import ProblemsPanel
from engine.graph import Inlet, Outlet, edits
from engine.layers import with_parameters
from engine.text import say, text


@pytest.fixture
def panel(qtbot: QtBot, document: Document) -> ProblemsPanel:
    panel = ProblemsPanel(document)
    qtbot.addWidget(panel)
    panel.resize(900, 200)
    panel.show()
    return panel


def narrow(document: Document) -> None:
    """Makes what the first instance adds up differ, for its own value of a lifted parameter alone."""
    layer = with_parameters(document.graph.nodes["res1"].layer, channels=4)
    document.edit(text("set"), edits.set_layer(document.graph, "res1", layer))


def test_a_problem_inside_is_told_outside_and_names_the_inner_node(document: Document) -> None:
    narrow(document)
    first = problems(document)[0]
    assert (first.problem.node, first.where) == ("res1", ())
    assert "add1" in say(first.problem.text)
    assert (first.goal, first.at) == (("res1",), "add1")
    assert (first.place(()), first.place(("res1",))) == ("res1 ▸ add1", "add1")


def test_asking_leads_inside_to_the_node(panel: ProblemsPanel, document: Document, qtbot: QtBot) -> None:
    narrow(document)
    with qtbot.waitSignal(panel.asked) as asked:
        panel.go(1)
    assert asked.args == ["add1"]
    assert (document.where, document.selection) == (("res1",), {"add1"})


def test_inside_each_problem_is_told_once(document: Document) -> None:
    narrow(document)
    commands.enter(document, "res1")
    found = [(one.where, one.problem.node) for one in problems(document) if one.problem.severity == "error"]
    assert found == [(("res1",), "add1")]


def test_a_problem_of_another_instance_is_still_told(document: Document) -> None:
    narrow(document)
    commands.open_block(document, "residual")
    assert [one.place(document.where) for one in problems(document)] == ["res1 ▸ add1"]


def test_a_fix_is_made_in_the_drawing_that_it_is_for(panel: ProblemsPanel, document: Document) -> None:
    narrow(document)
    before = document.project.blocks["residual"]
    commands.open_block(document, "residual")
    panel.fix_first()
    assert document.where == ()
    assert document.report.ok
    assert document.project.blocks["residual"] is before


def test_going_on_comes_to_every_problem(panel: ProblemsPanel, document: Document) -> None:
    graph = document.graph
    for name in ("res1", "res2"):
        graph = edits.set_layer(graph, name, with_parameters(graph.nodes[name].layer, channels=4))
    graph = edits.disconnect(graph, Inlet("res2", "x"))
    graph = edits.connect(graph, Outlet("stem", "output"), Inlet("res2", "x"))
    graph = edits.disconnect(graph, Inlet("label", "value"))
    document.edit(text("set"), graph)
    count = len(problems(document))
    seen = []
    for _ in range(2 * count):
        panel.go(1)
        seen.append((document.where, *document.selection))
    assert {(("res1",), "add1"), (("res2",), "add1"), ((), "label")} < set(seen)
    assert seen[count:] == seen[:count]
