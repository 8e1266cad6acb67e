"""Very many cards are carried as a picture: it looks the same, ends the same, and nothing of it stays."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from designer.canvas.gestures import carry
from designer.document import Document
from engine.graph import Place, edits
from engine.text import text

TOLD_APART = 24  # of 255, in one channel
MUCH = 300  # pixels


@pytest.fixture(autouse=True)
def two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carry, "MANY", 2)
    monkeypatch.setattr(carry, "FEW", 0)  # nothing but the grid is snapped to
    monkeypatch.setattr(carry.Carry, "_show_guides", lambda *_: None)


def picture(hand) -> QImage:
    image: QImage = hand.port.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return image


def apart(one: QImage, other: QImage) -> int:
    """How many pixels differ so that it can be seen."""
    assert one.size() == other.size()
    ones, others = (np.frombuffer(image.constBits(), np.uint8).astype(np.int16) for image in (one, other))
    return int((abs(ones - others).reshape(-1, 4)[:, :3].max(1) > TOLD_APART).sum())


@pytest.mark.parametrize(("zoom", "few"), [(1.0, 60), (0.6, 90), (0.3, 200)])
def test_it_looks_as_if_each_card_was_moved(
    hand, document: Document, monkeypatch: pytest.MonkeyPatch, zoom: float, few: int
) -> None:
    """But for a few pixels: wires to what stays lie before its cards while they are carried."""
    hand.stage.zoom_to(zoom)
    document.select({"conv1", "relu1"})
    start = hand.at("conv1")
    end = start + QPoint(90, -30)
    hand.hold(start, end)
    assert hand.stage.carried is not None
    carried = picture(hand)
    hand.stage.scroll_by(QPoint(37, -21))
    scrolled = picture(hand)
    hand.stage.scroll_by(QPoint(-37, 21))
    assert picture(hand) == carried
    hand.key(Qt.Key.Key_Escape)
    hand.release(end)
    monkeypatch.setattr(carry, "MANY", 1000)
    hand.hold(start, end)
    assert hand.stage.carried is None
    assert apart(carried, picture(hand)) < few
    hand.stage.scroll_by(QPoint(37, -21))
    assert apart(scrolled, picture(hand)) < few
    hand.key(Qt.Key.Key_Escape)
    hand.release(end)


def test_they_end_on_the_grid_as_one_step(hand, document: Document) -> None:
    document.select({"conv1", "relu1"})
    start = hand.at("conv1")
    hand.drag(start, start + QPoint(-50, 2))
    assert document.graph.places["conv1"] == Place(-48, 96) and document.graph.places["relu1"] == Place(-48, 192)
    assert document.undo_stack.count() == 1 and hand.stage.carried is None
    after = picture(hand)
    hand.stage.drawing.restyle()
    assert apart(after, picture(hand)) == 0
    document.undo()
    assert document.graph.places["conv1"] == Place(0, 96)


def test_escape_puts_them_down_where_they_were(hand, document: Document, qtbot: QtBot) -> None:
    document.select({"conv1", "relu1"})
    before = picture(hand)
    start = hand.at("conv1")
    hand.hold(start, start + QPoint(120, 80))
    assert apart(before, picture(hand)) > MUCH
    hand.key(Qt.Key.Key_Escape)
    assert hand.stage.carried is None and document.undo_stack.count() == 0
    assert apart(before, picture(hand)) == 0
    hand.release(start)


def test_a_change_of_the_drawing_ends_it(hand, document: Document) -> None:
    document.select({"conv1", "relu1"})
    start = hand.at("conv1")
    hand.hold(start, start + QPoint(120, 80))
    document.edit(text("delete"), edits.remove(document.graph, ["relu1"]))
    assert hand.stage.carried is None
    hand.release(start + QPoint(120, 80))
    assert document.graph.places["conv1"] == Place(0, 96)
    assert not hand.stage.drawing.sheet.lifted
