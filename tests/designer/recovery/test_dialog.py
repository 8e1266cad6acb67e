"""The dialog that offers what crashes have left: its rows, their pictures and times."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from designer.document import Document
from designer.recovery.dialog import RecoveryDialog
from designer.recovery.row import PICTURE, OfferRow
from designer.recovery.words import time_words
from designer.theme import theme
from designer.thumbnail import Thumbnail, picture
from designer.window.main_window import MainWindow
from engine.graph import Graph
from engine.project.file import load
from engine.project.journal.offers import Offer
from engine.project.journal.reading import Recovered
from engine.project.starters import make_starter
from tests.designer.recovery.crashed import changed, leave


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "just now"), (70, "a minute ago"), (720, "12 minutes ago"), (3700, "an hour ago"), (90_000, "yesterday")],
)
def test_a_moment_is_told_from_now_and_by_the_clock(seconds: int, words: str) -> None:
    assert time_words(1_000_000.0 - seconds, 1_000_000.0).startswith(f"{words} (")


def test_a_picture_shows_the_families_and_takes_any_drawing(qapp: QApplication) -> None:
    project = make_starter("mnist-cnn")
    document = Document()
    document.start(project)
    image = picture(document.graph, PICTURE, 2.0)
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert theme.tokens.families["Convolution"] in colours
    assert picture(Graph(), PICTURE, 1.0).size() == PICTURE
    delete(document)


def test_many_offers_come_one_by_one_and_are_painted_in_sight(window: MainWindow, qtbot: QtBot) -> None:
    """Fifty at once stopped the window for a second."""
    offers = [Offer(Recovered(Path(str(number)), project=make_starter("mlp"))) for number in range(30)]
    dialog = RecoveryDialog(offers, window)
    assert 0 < len(dialog.rows) < len(offers)
    dialog.open()
    qtbot.waitUntil(lambda: [row.offer for row in dialog.rows] == offers)
    pictures = [row.findChild(Thumbnail) for row in dialog.rows]
    qtbot.waitUntil(lambda: not pictures[0].pixmap().isNull())
    assert pictures[-1].pixmap().isNull()
    bar = dialog.findChild(QScrollArea).verticalScrollBar()

    def is_painted_at_the_end() -> bool:
        bar.setValue(bar.maximum())
        return not pictures[-1].pixmap().isNull()

    qtbot.waitUntil(is_painted_at_the_end)
    dialog.reject()


@pytest.mark.parametrize("count", [1, 2])
def test_few_offers_are_seen_whole_and_leave_no_hole(window: MainWindow, qtbot: QtBot, count: int) -> None:
    offers = [Offer(Recovered(Path(str(number)), project=make_starter("mlp"))) for number in range(count)]
    dialog = RecoveryDialog(offers, window)
    dialog.open()
    qtbot.waitExposed(dialog)
    area, last = dialog.findChild(QScrollArea), dialog.rows[-1]
    assert area.verticalScrollBar().maximum() == 0
    assert area.height() - last.mapTo(area, last.rect().bottomLeft()).y() < last.height()
    dialog.reject()


def test_rows_are_read_out(window: MainWindow, file: Path) -> None:
    from engine.project.journal.offers import look

    row: Callable[[], OfferRow] = lambda: OfferRow(look(leave(changed(load(file)), file)))  # noqa: E731
    made = row()
    assert made.accessibleName() == "net" and "1 removed" in made.accessibleDescription()
    delete(made)
