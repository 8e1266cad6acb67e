"""What is foreseen of a fix is what comes of it."""

import pytest

from designer.arranging import arranged
from designer.canvas import commands
from designer.document import Document
from designer.preview.foreseen import Foresight
from engine.check.report import Suggestion
from engine.graph import edits
from engine.graph.edits import add
from engine.layers import make_layer
from engine.project.starters import make_starter
from engine.text import say, text


@pytest.fixture
def broken(qtbot: object) -> Document:
    """Without its flatten and with a kernel larger than its image: fixes of several kinds are offered."""
    document = Document()
    document.start(make_starter("mnist-cnn"))
    graph = edits.remove(document.graph, ["flatten1"])
    graph = edits.set_layer(graph, "conv1", make_layer("conv2d", {"kernel_size": 40}))
    graph = add(graph, "lonely", make_layer("relu", {}))
    document.edit(text("break"), graph)
    return document


def fixes(document: Document) -> list[Suggestion]:
    return [fix for problem in document.report.problems for fix in problem.fixes]


def test_every_offered_fix_is_foreseen_as_it_comes_out(broken: Document) -> None:
    foresight = Foresight()
    offered = fixes(broken)
    assert len(offered) >= 3
    for fix in offered:
        before, report = broken.graph, broken.report
        seen = foresight.foresee(before, report, fix, inner=False)
        commands.mend(broken, fix)
        after = broken.graph
        kinds = {card.name: card.kind for card in seen.cards}
        assert {n for n, kind in kinds.items() if kind == "added"} == after.nodes.keys() - before.nodes.keys()
        assert {n for n, kind in kinds.items() if kind == "removed"} == before.nodes.keys() - after.nodes.keys()
        for card in seen.cards:
            if card.kind == "added":
                assert (card.at.x(), card.at.y()) == tuple(after.places[card.name])
        for name, words in seen.shapes.items():
            assert words and broken.report.specs[name] != report.specs[name]
        assert f"problems {len(report.problems)} → {len(broken.report.problems)}," in say(seen.words)
        broken.undo_stack.undo()
        assert broken.graph == before


def test_foresight_depends_on_its_arguments_alone(broken: Document) -> None:
    one = Foresight()
    for fix in (*fixes(broken), *reversed(fixes(broken))):
        fresh = Foresight().foresee(broken.graph, broken.report, fix, inner=False)
        again = one.foresee(broken.graph, broken.report, fix, inner=False)
        assert (again.shapes, again.words) == (fresh.shapes, fresh.words)
        assert [(c.name, c.kind, c.face) for c in again.cards] == [(c.name, c.kind, c.face) for c in fresh.cards]


def test_wires_of_a_drawing_that_flows_to_the_right_are_foreseen_there(qtbot: object) -> None:
    document = Document()
    document.start(make_starter("mnist-cnn"))
    document.edit(text("break"), arranged(edits.remove(document.graph, ["flatten1"]), flow="right"))
    fix = document.report.problems[0].fixes[0]
    seen = Foresight().foresee(document.graph, document.report, fix, inner=False)
    (card,) = (card for card in seen.cards if card.kind == "added")
    into, out = (strand for strand in seen.strands if strand.kind == "added")
    ends = {into.end.x(), out.start.x()} if into.start.x() < out.start.x() else {out.end.x(), into.start.x()}
    assert ends == {card.box.left(), card.box.right()}
    assert {strand.flow for strand in seen.strands} == {"right"}
