"""Large steps are worked out beside the window: it lives on, what comes out is the same, and they can be given up."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QProgressDialog
from pytestqt.qtbot import QtBot

from designer import aside, preparing
from designer.canvas import clipboard, commands, piece
from designer.canvas.piece import Piece
from designer.canvas.scene import Scene
from designer.document import Document
from designer.preparing import Preparing, is_large
from engine.check.checker import Checker, check
from engine.graph import Graph, Node, Place, diff, edits
from engine.layers import Layer, make_layer
from engine.project.project import Project
from engine.text import say, text


def row(count: int) -> Graph[Layer]:
    relu = make_layer("relu", {})
    return Graph(
        {f"relu{n}": Node(relu) for n in range(count)}, {f"relu{n}": Place(240.0 * n, 0) for n in range(count)}
    )


@pytest.fixture
def drawing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Document, Scene]]:
    """A document with a few cards, for which a few are many already."""
    monkeypatch.setattr(preparing, "LEAST_NODES", 2)
    monkeypatch.setattr(preparing, "MOST_MS", 0.035)
    document = Document()
    document.start(Project().with_graph(row(4)))
    scene = Scene(document)
    Preparing(document, lambda: [scene.ahead])
    yield document, scene
    document.deleteLater()
    scene.deleteLater()


class Slow:
    """Checks in the window's thread are noted; on others they wait."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = threading.Event()
        self.beside = 0
        update = Checker.update

        def slow(checker: Checker, *arguments: object) -> object:
            if threading.current_thread() is not threading.main_thread():
                self.beside += 1
                assert self.go_on.wait(60)
            return update(checker, *arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(Checker, "update", slow)


def test_what_is_large_is_what_takes_longer_than_the_window_may_stand_still() -> None:
    few, many = row(500), row(4000)
    assert not is_large(few, row(510)) and not is_large(few, row(0)) and not is_large(many, many)
    assert is_large(few, many) and is_large(many, few) and is_large(many, Graph())
    away = {name: Place(place.x, 96) for name, place in many.places.items()}
    assert is_large(many, Graph(many.nodes, away))
    assert not is_large(many, Graph(many.nodes, {**many.places, "relu1": Place(0, 96)}))


def test_the_window_lives_on_and_the_step_is_as_ever(
    drawing: tuple[Document, Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, scene = drawing
    slow, beats = Slow(monkeypatch), [0]

    def beat() -> None:
        beats[0] += 1
        if beats[0] == 30:
            slow.go_on.set()

    timer = QTimer(interval=1)
    timer.timeout.connect(beat)
    timer.start()
    document.select(document.graph.nodes)
    clipboard.duplicate(document)
    timer.stop()
    assert slow.beside == 1 and beats[0] >= 30
    assert len(document.graph.nodes) == 8 and document.selection == document.graph.nodes.keys() - row(4).nodes.keys()
    assert scene.nodes.keys() == document.graph.nodes.keys() and scene.sheet.selected == document.selection
    assert document.report == check(document.graph)
    document.undo()
    assert document.graph.nodes.keys() == scene.nodes.keys() == row(4).nodes.keys() and slow.beside == 2
    document.redo()
    assert len(scene.nodes) == 8 and slow.beside == 3
    commands.nudge(document, 24, 0)
    assert document.report == check(document.graph)


def test_a_step_that_is_given_up_changes_nothing(
    drawing: tuple[Document, Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, scene = drawing
    monkeypatch.setattr(aside, "ASKED_AFTER_MS", aside.SHOWN_AFTER_MS + 1)
    slow, before, seen = Slow(monkeypatch), document.project, list[str]()

    def cancel() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QProgressDialog):
            seen.append(dialog.labelText())
            dialog.cancel()
        else:
            QTimer.singleShot(5, cancel)

    QTimer.singleShot(0, cancel)
    document.select(document.graph.nodes)
    commands.delete(document)
    assert seen == ["delete 4 layers…"]
    assert document.project is before and not document.undo_stack.count()
    assert scene.nodes.keys() == document.graph.nodes.keys()
    slow.go_on.set()
    commands.delete(document)
    assert not document.graph.nodes and not scene.nodes


def test_what_is_done_meanwhile_is_kept_and_the_step_is_not_taken(
    drawing: tuple[Document, Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, scene = drawing
    slow = Slow(monkeypatch)

    def other() -> None:
        commands.add(document, "gelu", Place(0, 240))
        slow.go_on.set()

    told: list[str] = []
    document.refused.connect(lambda why: told.append(say(why)))
    QTimer.singleShot(0, other)
    document.select(document.graph.nodes)
    commands.delete(document)
    assert told == ["Something else was changed meanwhile, so this was not done: delete 4 layers."]
    assert set(document.graph.nodes) == {*row(4).nodes, "gelu1"} and scene.nodes.keys() == document.graph.nodes.keys()
    assert document.undo_stack.count() == 1


def test_what_was_copied_is_read_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "LARGE", 1)
    document = Document()
    document.start(Project().with_graph(row(4)))
    document.select(document.graph.nodes)
    clipboard.copy(document)
    first = clipboard.copied()
    assert first is not None and first.nodes.keys() == row(4).nodes.keys()
    assert clipboard.copied() is first
    document.select(["relu1"])
    clipboard.copy(document)
    again = clipboard.copied()
    assert again is not None and set(again.nodes) == {"relu1"}
    QApplication.clipboard().clear()
    assert clipboard.copied() is None


def test_the_canvas_takes_what_was_laid_out_for_it(
    drawing: tuple[Document, Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And does not do it again."""
    document, scene = drawing
    sheet = scene.sheet
    monkeypatch.setattr(piece, "MOST_REMOVED", 3)
    document.select(document.graph.nodes)
    commands.delete(document)
    assert scene.sheet is not sheet and not scene.nodes


def test_what_comes_is_laid_out_beside_and_what_stays_stays(
    drawing: tuple[Document, Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, scene = drawing
    sheet, cards, made = scene.sheet, dict(scene.nodes), []
    make = Piece.__init__

    def noted(one: Piece, *arguments: object) -> None:
        made.append(threading.current_thread() is threading.main_thread())
        make(one, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Piece, "__init__", noted)
    document.select(document.graph.nodes)
    clipboard.duplicate(document)
    assert made == [False] and scene.sheet is sheet
    assert scene.nodes.keys() == document.graph.nodes.keys() and len(scene.nodes) == 8
    assert all(scene.nodes[name] is card for name, card in cards.items())
    document.undo()
    assert scene.sheet is sheet and scene.nodes == cards


def test_what_was_laid_out_for_another_sheet_is_not_taken(drawing: tuple[Document, Scene]) -> None:
    document, scene = drawing
    more = edits.add(document.graph, "gelu1", make_layer("gelu", {}), Place(0, 240))
    scene.ahead(more, document.report, diff(document.graph, more))()
    document.prepare = lambda project, title: True
    document.edit(text("add"), edits.add(document.graph, "silu1", make_layer("silu", {}), Place(0, 240)))
    assert scene.nodes.keys() == document.graph.nodes.keys() == {*row(4).nodes, "silu1"}
