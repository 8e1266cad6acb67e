"""A fault while something is painted is a fault like any other: the process goes on, and so does the painting."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from pytestqt.qtbot import QtBot

from designer.canvas.view import Canvas
from designer.document import Document
from designer.theme import icons


def test_an_icon_that_cannot_be_painted_takes_nothing_with_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = icons.icon("play")
    with monkeypatch.context() as patch:
        patch.setattr(icons, "theme", None)
        with pytest.raises(AttributeError), qtbot.captureExceptions():
            drawn.pixmap(QSize(16, 16))
    assert not drawn.pixmap(QSize(16, 16), QIcon.Mode.Normal).isNull()


def test_a_canvas_that_could_not_be_painted_is_painted_the_next_time(qtbot: QtBot, document: Document) -> None:
    canvas = Canvas(document)
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    good = canvas.grab().toImage()
    ground = canvas.stage._ground
    paint = ground._paint

    def fails(*_: object) -> None:
        raise ValueError("not painted")

    ground._paint = fails
    for side in (400, 700):  # the picture that was begun goes
        ground.forget()
        canvas.resize(side, 400)
        with pytest.raises(ValueError, match="not painted"), qtbot.captureExceptions():
            canvas.grab()
    ground._paint = paint
    ground.forget()
    canvas.resize(600, 400)
    assert canvas.grab().toImage() == good
