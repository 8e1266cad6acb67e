"""A drawing that was just opened can be read at once."""

from PySide6.QtCore import QPoint, QPointF

from designer.blocks.commands import group
from designer.canvas.view import READABLE, Canvas
from designer.document import Document
from engine.graph import Diff, edits
from engine.project.project import Project
from engine.project.starters import make_starter
from tests.benchmarks.soundness import stale


def test_a_small_drawing_is_shown_whole(canvas: Canvas) -> None:
    canvas.show_start()
    assert canvas.stage.seen().contains(canvas.stage.drawing.content())
    assert canvas.stage.zoom <= 1


def test_a_long_drawing_is_shown_from_its_top_large_enough_to_read(canvas: Canvas, document: Document) -> None:
    document.start(make_starter("mnist-cnn"))
    canvas.resize(900, 420)
    canvas.show_start()
    assert canvas.stage.zoom == READABLE
    seen, content = canvas.stage.seen(), canvas.stage.drawing.content()
    assert seen.contains(content.topLeft() + QPointF(1, 1)) and seen.contains(content.topRight() + QPointF(-1, 1))
    assert seen.bottom() < content.bottom()


def test_a_panel_that_opens_beside_what_was_just_opened_hides_nothing_of_it(canvas: Canvas) -> None:
    canvas.show_start()
    content = canvas.stage.drawing.content()
    canvas.resize(round(content.width() * 0.9), canvas.height())
    assert canvas.stage.seen().contains(content)
    canvas.stage.scroll_by(QPoint(40, 0))
    here = canvas.stage.mapToScene(QPoint())
    canvas.resize(canvas.width() // 2, canvas.height())
    assert canvas.stage.mapToScene(QPoint()) == here


def test_another_project_takes_the_place_of_one_that_it_has_much_in_common_with(
    canvas: Canvas, document: Document
) -> None:
    document.start(make_starter("mnist-cnn"))
    graph = document.graph
    first, *rest = graph.nodes
    document.select([first], graph.out_of(first))
    canvas.stage.drawing.hover(first)
    differences: list[Diff] = []
    document.changed.connect(differences.append)
    document.start(Project().with_graph(edits.remove(graph, [rest[0]])))
    assert differences == [Diff(added=frozenset(document.graph.nodes), removed=frozenset(graph.nodes), annotated=True)]
    assert not stale(canvas)
    assert not document.selection and not canvas.stage.drawing.sheet.selected
    document.start(make_starter("mnist-cnn"))
    assert document.graph == graph and not stale(canvas)


def test_from_inside_a_block_another_project_is_shown_at_its_network(canvas: Canvas, document: Document) -> None:
    document.start(make_starter("mnist-cnn"))
    names = list(document.graph.nodes)[1:3]
    document.select(names)
    group(document, "stage")
    document.go(tuple(document.selection))
    assert document.where
    document.start(make_starter("mlp"))
    assert document.where == () and not stale(canvas)
    assert canvas.stage.drawing.nodes.keys() == document.graph.nodes.keys()
