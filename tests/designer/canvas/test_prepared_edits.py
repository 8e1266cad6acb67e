"""Random edits that are all worked out beside the window: what is shown and found is as if none of them was."""

import pytest
from PySide6.QtWidgets import QApplication

from designer import preparing
from designer.canvas import clipboard, sheet
from designer.canvas.view import Canvas
from designer.document import Document
from designer.preparing import Preparing
from engine.check.checker import check
from tests.benchmarks.random_edits import RandomEdits
from tests.benchmarks.soundness import stale, unpainted

EDITS = 90


def test_steps_that_are_prepared_are_those_that_are_not(
    canvas: Canvas, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "LEAST_NODES", 0)
    monkeypatch.setattr(preparing, "MOST_MS", 0.0)
    prepared = []
    take = Preparing.prepare

    def noted(one: Preparing, *arguments: object) -> bool:
        done = take(one, *arguments)  # type: ignore[arg-type]
        prepared.append(document.prepared is not None)
        return done

    monkeypatch.setattr(Preparing, "prepare", noted)
    Preparing(document, lambda: [canvas.stage.drawing.ahead])
    person = RandomEdits(document, seed=3)
    for number in range(EDITS):
        person.step()
        if number % 3 == 0:
            assert not stale(canvas), f"after edit {number}"
            document.undo()
            assert not stale(canvas), f"after undoing edit {number}"
            document.redo()
            assert not stale(canvas), f"after redoing edit {number}"
        assert document.network_report == check(document.project.graph, document.project.data.columns)
    assert sum(prepared) > EDITS / 2


def test_steps_of_many_cards_are_taken_as_those_of_few(
    canvas: Canvas, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left to be swept, and what is laid out ahead for a sheet that stays, is never seen."""
    monkeypatch.setattr(preparing, "LEAST_NODES", 0)
    monkeypatch.setattr(preparing, "MOST_MS", 0.0)
    monkeypatch.setattr(sheet, "MOST_SPOTS", 3)
    monkeypatch.setattr(sheet, "SWEPT", 1)
    Preparing(document, lambda: [canvas.stage.drawing.ahead])
    person, littered = RandomEdits(document, seed=5), 0
    for number in range(EDITS):
        person.step()
        littered += canvas.stage.drawing.sheet.littered
        if number % 3 == 0:
            assert not stale(canvas), f"after edit {number}"
            document.undo()
            assert not stale(canvas), f"after undoing edit {number}"
            document.redo()
            assert not stale(canvas), f"after redoing edit {number}"
            canvas.stage.viewport().repaint()
            while canvas.stage.drawing.sheet.waiting:
                QApplication.processEvents()
            assert not unpainted(canvas), f"after edit {number}"
    assert littered > EDITS / 20
    while canvas.stage.drawing.sheet.littered:
        canvas.stage.drawing.sheet.sweep()
    assert not stale(canvas)


def test_what_could_not_be_copied_is_not_cut(
    canvas: Canvas, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "LARGE", 1)
    monkeypatch.setattr(clipboard, "beside", lambda work, title: None)  # given up
    before = document.project
    document.select(document.graph.nodes)
    canvas.actions_by_id["cut"].trigger()
    assert document.project is before
