"""A fault while something is painted is a fault like any other: the process goes on, and so does the painting."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from designer.canvas.view import Canvas
from designer.document import Document
from designer.theme import icons
from designer.theme.labels import Sign


def failed(paint: Callable[[], object]) -> bool:
    """Whether it could not be painted. Nothing holds on to the fault, so what it was painted into goes."""
    try:
        paint()
    except AttributeError:
        return True
    return False


def complaints(log: Any) -> list[str]:
    """What Qt says of painters and what they paint into: the process may die of it."""
    return [record.message for record in log.records if "paint" in record.message.lower()]


def test_an_icon_that_cannot_be_painted_takes_nothing_with_it(
    qtbot: QtBot, qtlog: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = icons.icon("play")
    with monkeypatch.context() as patch:
        patch.setattr(icons, "theme", None)
        assert failed(lambda: drawn.pixmap(QSize(16, 16)))
    assert not complaints(qtlog) and not drawn.pixmap(QSize(16, 16)).isNull()


def test_a_widget_that_cannot_be_painted_takes_nothing_with_it(qtbot: QtBot, qtlog: Any) -> None:
    sign = Sign("play", "text")
    qtbot.addWidget(sign)
    glyph, sign._icon = sign._icon, None  # type: ignore[assignment]
    assert all(failed(sign.grab) for _ in range(3))
    sign._icon = glyph
    assert not sign.grab().isNull() and not complaints(qtlog)


def test_a_canvas_that_could_not_be_painted_is_painted_the_next_time(
    qtbot: QtBot, qtlog: Any, document: Document
) -> None:
    canvas = Canvas(document)
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    good = canvas.grab().toImage()
    ground = canvas.stage._ground
    paint = ground._paint

    def fails(*_: object) -> None:
        raise AttributeError("not painted")

    ground._paint = fails
    for side in (400, 700):  # the picture that was begun goes
        ground.forget()
        canvas.resize(side, 400)
        assert failed(canvas.grab)
    ground._paint = paint
    ground.forget()
    canvas.resize(600, 400)
    assert canvas.grab().toImage() == good and not complaints(qtlog)
