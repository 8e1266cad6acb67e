"""A canvas on the screen with the network of blocks, and a hand that works it with real events."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.canvas.view import Canvas
from designer.document import Document
from designer.theme import theme
from tests.designer.blocks.drawings import project
from tests.designer.canvas.conftest import Hand
from tests.designer.shown import in_front

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def dark() -> Iterator[None]:
    yield
    if theme.tokens.name != "dark":
        theme.choose("dark")


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    document = Document()
    document.start(project())
    return document


@pytest.fixture
def canvas(qtbot: QtBot, document: Document) -> Canvas:
    canvas = in_front(qtbot, Canvas(document), 900, 700)
    canvas.show_start()
    canvas.stage.setFocus()
    return canvas


@pytest.fixture
def hand(canvas: Canvas) -> Hand:
    return Hand(canvas)


def type_name(words: str) -> None:
    """Types into the field that has the focus, in place of what is in it, and takes it."""
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)
