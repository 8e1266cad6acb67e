"""Hundreds of random edits: the canvas shows what is so, every part of its picture is painted, and nothing is left."""

import gc
import threading
import weakref
from math import inf

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from designer.canvas import scene, sheet
from designer.canvas.view import Canvas
from designer.document import Document
from engine.project.project import Project
from tests.benchmarks.canvas_window import network
from tests.benchmarks.random_edits import RandomEdits
from tests.benchmarks.soundness import objects, stale, unpainted

EDITS = 300
ZOOMS = (0.3, 0.5, 1.0, 0.8, 0.12, 0.64, 1.5)


def test_the_canvas_shows_what_a_fresh_look_would(canvas: Canvas, document: Document) -> None:
    person = RandomEdits(document)
    for number in range(EDITS):
        person.step()
        if number % 4 == 0:
            assert not stale(canvas), f"after edit {number}"


def test_what_is_painted_in_parts_is_what_would_be_painted_anew(
    canvas: Canvas, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scene, "PAINT_SECONDS", inf)  # on a busy machine a wire may find its way between two looks
    monkeypatch.setattr(sheet, "LAYING_SECONDS", inf)
    person = RandomEdits(document, seed=1)
    document.start(Project().with_graph(network(56)))
    canvas.stage.centerOn(0, 0)
    for number in range(EDITS // 3):
        person.step()
        if number % 5 == 0:
            canvas.stage.zoom_to(ZOOMS[number % len(ZOOMS)])
        canvas.stage.scroll_by(QPoint(number % 7 - 3, number % 5 - 2))
        canvas.stage.drawing.hover(min(document.graph.nodes, default=None) if number % 3 else None)
        canvas.stage.viewport().repaint()
        while canvas.stage.drawing.sheet.waiting:
            QApplication.processEvents()
        assert unpainted(canvas) == 0, f"after edit {number}"


def test_edits_leave_nothing_behind(canvas: Canvas, document: Document) -> None:
    person = RandomEdits(document, seed=2)
    document.undo_stack.most_bytes = 50_000
    counts = []
    for _ in range(3):
        for _ in range(EDITS // 3):
            person.step()
        document.start(Project())
        counts.append(objects())
    (_, _), (before, widgets), (after, others) = counts
    assert others == widgets
    assert after - before < 400


def test_a_removed_card_is_let_go(canvas: Canvas, document: Document) -> None:
    before = canvas.stage.drawing.sheet
    ways = weakref.WeakSet([before._cards])
    canvas.stage.drawing.ahead(document.graph, document.report)()
    document.start(Project().with_graph(document.graph))
    assert canvas.stage.drawing.sheet is not before
    for thread in threading.enumerate():
        if thread.name == "letting go":
            thread.join(5)
    gc.collect()
    assert not before.nodes and not before.wires
    assert not ways
