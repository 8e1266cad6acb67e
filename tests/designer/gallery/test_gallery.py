"""The gallery: templates drawn for what is wished for, found by words, begun by a click."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.gallery.gallery import Gallery
from designer.gallery.making import Made, Wish
from engine.check.checker import check
from engine.project.templates import TEMPLATES


@pytest.fixture
def gallery(qtbot: QtBot, nothing_leaks: None) -> Iterator[Gallery]:
    gallery = Gallery()
    gallery.resize(1200, 800)
    gallery.show()
    qtbot.waitExposed(gallery)
    gallery.open()
    yield gallery
    gallery.maker.close()
    gallery.close()
    gallery.deleteLater()


def drawn(gallery: Gallery, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(card.made for card in gallery.cards.values()), timeout=30_000)


def wish(gallery: Gallery, qtbot: QtBot, **numbers: str) -> None:
    for name, words in numbers.items():
        box = gallery.boxes[name]
        box.selectAll()
        QTest.keyClicks(box, words)
    gallery.draw()


def test_every_template_is_shown_as_published(gallery: Gallery, qtbot: QtBot) -> None:
    drawn(gallery, qtbot)
    assert set(gallery.cards) == {template.id for template in TEMPLATES}
    for template in TEMPLATES:
        card = gallery.cards[template.id]
        assert f"{template.parameters:,}" in card.cost_words.text()
        assert not card.picture.pixmap().isNull() and card.isEnabled()


def test_cards_follow_the_wish(gallery: Gallery, qtbot: QtBot) -> None:
    drawn(gallery, qtbot)
    wish(gallery, qtbot, channels="1", height="28", width="28", classes="10")
    drawn(gallery, qtbot)
    lenet, vgg = gallery.cards["lenet5"], gallery.cards["vgg11"]
    assert lenet.made and lenet.made.project and "1×28×28" in lenet.size_words.text()
    assert check(lenet.made.project.graph).ok
    assert vgg.made and vgg.made.project is None and "32" in vgg.fault_words.text() and vgg.fault_words.isVisible()


def test_a_card_that_cannot_be_begins_nothing(gallery: Gallery, qtbot: QtBot) -> None:
    begun: list[Made] = []
    gallery.begun.connect(begun.append)
    wish(gallery, qtbot, height="8", width="8")
    drawn(gallery, qtbot)
    gallery.cards["vgg11"].click()
    assert [made for made in begun if made.project] == []
    gallery.cards["resnet18"].click()
    assert begun[-1].project is not None and begun[-1].id == "resnet18"


def test_what_is_typed_is_drawn_after_a_pause_and_wrong_numbers_are_said(gallery: Gallery, qtbot: QtBot) -> None:
    drawn(gallery, qtbot)
    QTest.keyClicks(gallery.boxes["classes"], "7")
    qtbot.waitUntil(lambda: "7 classes" in gallery.cards["lenet5"].size_words.text())
    QTest.keyClicks(gallery.boxes["classes"], "x")
    qtbot.waitUntil(gallery.says.isVisible)
    assert "7 classes" in gallery.cards["lenet5"].size_words.text()
    wish(gallery, qtbot, classes="0")
    assert gallery.says.isVisible()
    wish(gallery, qtbot, classes="3")
    assert not gallery.says.isVisible()


def test_an_older_wish_is_forgotten(gallery: Gallery, qtbot: QtBot) -> None:
    for classes in ("2", "3", "4"):
        wish(gallery, qtbot, classes=classes)
    drawn(gallery, qtbot)
    for card in gallery.cards.values():
        assert card.made and card.made.project
        assert Wish(classes=4).count(card.template) == 4 and "4 classes" in card.size_words.text()


def test_words_find_templates(gallery: Gallery, qtbot: QtBot) -> None:
    QTest.keyClicks(gallery.search, "residual")
    shown = {id for id, card in gallery.cards.items() if card.isVisible()}
    assert {"resnet18", "resnet34"} <= shown and "lenet5" not in shown
    gallery.search.setText("no such network")
    assert gallery.nothing.isVisible()


def test_keys_alone_begin_a_network(gallery: Gallery, qtbot: QtBot) -> None:
    drawn(gallery, qtbot)
    card = gallery.cards["lenet5"]
    card.setFocus()
    with qtbot.waitSignal(gallery.begun):
        QTest.keyClick(card, Qt.Key.Key_Space)


@pytest.mark.parametrize("width", [640, 900, 1600])
def test_cards_fill_the_width(gallery: Gallery, qtbot: QtBot, width: int) -> None:
    gallery.resize(width, 700)
    qtbot.waitUntil(lambda: width - 120 < max(card.geometry().right() for card in gallery.cards.values()) < width)
