"""Panels that are made when they are first seen, in the place that Tab would find them at."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from designer.window.later import Later


def field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    return made


def panel(*names: str) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    for name in names:
        column.addWidget(field(name))
    return made


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[QWidget]:
    """A field, the place of a panel, another field."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.addWidget(field("first"))
    column.addWidget(Later(lambda: panel("one", "two")))
    column.addWidget(field("last"))
    yield made
    shiboken6.delete(made)


def later(page: QWidget) -> Later:
    found = page.findChild(Later)
    assert isinstance(found, Later)
    return found


def test_a_panel_is_made_when_it_is_first_seen(page: QWidget) -> None:
    place = later(page)
    assert place.made is None
    place.hide()
    page.show()
    assert place.made is None
    place.show()
    made = place.made
    assert made is not None and made.isVisible() and made.width() == place.width()
    place.hide()
    place.show()
    assert place.made is made


def test_a_panel_that_was_asked_for_is_seen_with_its_place(page: QWidget) -> None:
    made = later(page).panel()
    assert not made.isVisible()
    page.show()
    assert made.isVisible() and later(page).panel() is made


@pytest.mark.parametrize("seen", [True, False])
def test_tab_goes_through_it_in_its_place(page: QWidget, seen: bool) -> None:
    if seen:
        page.show()
    else:
        later(page).panel()
        page.show()
    names, one = [], page.nextInFocusChain()
    while one is not None and one is not page:
        names += [one.objectName()] * isinstance(one, QLineEdit)
        one = one.nextInFocusChain()
    assert names == ["first", "one", "two", "last"]
