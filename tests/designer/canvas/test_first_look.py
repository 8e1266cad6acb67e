"""What was opened is made ready in several turns of the event loop, and shown after them."""

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from designer.canvas import first_look as module
from designer.canvas import scene
from designer.canvas.clipboard import duplicate
from designer.canvas.first_look import first_look
from designer.canvas.near import NearView
from designer.canvas.node_item import NodeItem
from designer.window.main_window import MainWindow
from engine.project.project import Project
from tests.designer.window.conftest import design, window

__all__ = ["design", "window"]


def test_other_things_are_done_between_a_few_cards(
    design: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, done = design.design.canvas.stage, list[str]()
    qtbot.waitUntil(stage.viewport().updatesEnabled)
    prepare = NearView.prepare

    def noted(view: NearView, card: NodeItem) -> None:
        done.append(card.name)
        prepare(view, card)

    def other() -> None:
        if "then" not in done:
            done.append("")
            QTimer.singleShot(0, stage, other)

    monkeypatch.setattr(NearView, "prepare", noted)
    monkeypatch.setattr(module, "TURN_SECONDS", 0)
    other()
    first_look(stage, lambda: done.append("then"))
    qtbot.waitUntil(lambda: "then" in done)
    cards = [card.name for card in stage.drawing.cards_in(stage.seen())]
    assert len(cards) > 3 and [name for name in done if name] == [*cards, "then"]
    assert done.count("") >= len(cards)


def test_what_comes_with_a_large_step_is_made_ready_before_it_is_painted(
    design: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, document = design.design.canvas.stage, design.document
    qtbot.waitUntil(stage.viewport().updatesEnabled)
    document.select(document.graph.nodes)
    stage.viewport().repaint()
    monkeypatch.setattr(scene, "MUCH", 3)
    ready, painted = list[str](), list[str]()
    prepare, show = NearView.prepare, NearView.show

    def noted(view: NearView, card: NodeItem) -> None:
        ready.append(card.name)
        prepare(view, card)

    def shown(view: NearView, *arguments: object) -> None:
        painted.extend(ready or ["nothing"])
        show(view, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(NearView, "prepare", noted)
    monkeypatch.setattr(NearView, "show", shown)
    duplicate(document)
    assert not stage.viewport().updatesEnabled()
    qtbot.waitUntil(lambda: bool(painted))
    assert stage.viewport().updatesEnabled()
    assert {card.name for card in stage.drawing.cards_in(stage.seen())} <= set(painted)
    ready.clear()
    document.undo()
    assert stage.viewport().updatesEnabled()


def test_nothing_is_waited_for_where_nothing_is_drawn(window: MainWindow) -> None:
    done: list[str] = []
    window.document.start(Project())
    first_look(window.design.canvas.stage, lambda: done.append("then"))
    assert done == ["then"]
