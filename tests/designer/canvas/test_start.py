"""A drawing that was just opened can be read at once."""

from PySide6.QtCore import QPointF

from designer.canvas.view import READABLE, Canvas
from designer.document import Document
from engine.project.starters import make_starter


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
