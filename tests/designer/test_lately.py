"""What was worked out lately is not worked out again, and is right."""

import pytest

from designer import lately
from designer.document import Document, Prepared
from designer.lately import Lately
from engine.check.checker import Checker, check
from engine.graph import Diff, Graph, Inlet, Outlet, Place, diff, edits
from engine.layers import Layer, make_layer
from engine.project.project import Project
from engine.text import text


def chain() -> Graph[Layer]:
    graph: Graph[Layer] = edits.add(Graph(), "image", make_layer("input", {"shape": [3, 8, 8]}), Place(0, 0))
    graph = edits.add(graph, "conv1", make_layer("conv2d", {}), Place(0, 96))
    return edits.connect(graph, Outlet("image", "output"), Inlet("conv1", "image"))


def test_a_large_step_taken_back_and_done_again_is_neither_compared_nor_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = Document()
    document.start(Project().with_graph(chain()))
    before = document.graph
    after = edits.remove(before, ["conv1"])
    told: list[Diff] = []
    document.changed.connect(told.append)
    checker = document.lately.checker_for(after, ())
    report = checker.update(after)

    def ready(project: Project, title: str) -> bool:
        if project.graph is after:
            document.prepared = Prepared(before, after, checker, diff(before, after))
        return True

    document.prepare = ready
    assert document.edit(text("delete"), after) and document.report is report
    document.prepare = lambda project, title: True
    monkeypatch.setattr(lately, "diff", None)
    monkeypatch.setattr(Checker, "_report", None)
    assert document.lately.checker_for(before, ()).knows(before)
    document.undo()
    assert document.graph is before and document.report.specs.keys() == {"image", "conv1"}
    document.redo()
    assert document.graph is after and document.report is report
    assert told == [diff(before, after), diff(after, before), diff(before, after)]
    document.deleteLater()


def test_what_is_not_known_is_worked_out() -> None:
    one, graph = Lately(), chain()
    assert one.known(Graph(), graph) is None
    assert one.report(graph, ()) == check(graph)
    assert one.difference(Graph(), graph) == diff(Graph(), graph)
    more = edits.add(graph, "relu1", make_layer("relu", {}), Place(0, 192))
    fork = one.checker_for(more, ())
    fork.update(more)
    one.take(fork, graph, more, diff(graph, more))
    moved = edits.move(more, {"relu1": Place(240, 0)})
    assert one.report(moved, ()) == check(moved) and one.difference(more, moved).moved == {"relu1"}
    assert one.report(graph, ()) == check(graph) and one.difference(moved, graph) == diff(moved, graph)
    assert one.report(more, ()) == check(more)
