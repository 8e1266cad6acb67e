"""The recipe's form: plain fields, and an optimizer with a form of its own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from designer.inspector.struct_form import StructForm
from engine.project.recipe import SGD, Adam, Recipe


@pytest.fixture
def form(qtbot: QtBot) -> StructForm:
    form = StructForm(Recipe())
    qtbot.addWidget(form)
    form.show()
    return form


def type_over(qtbot: QtBot, box: QLineEdit, words: str) -> None:
    qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(box, words)


def test_a_plain_field_changes_the_value(form: StructForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.edited) as told:
        type_over(qtbot, form.form.fields["epochs"].findChild(QLineEdit), "7")
    assert told.args[0].epochs == 7 and form.value.epochs == 7  # type: ignore[attr-defined]


def test_another_optimizer_brings_its_own_fields(form: StructForm, qtbot: QtBot) -> None:
    variant = form.variants["optimizer"]
    qtbot.keyClicks(variant.choice, "SGD")
    assert form.value.optimizer == SGD()  # type: ignore[attr-defined]
    assert "momentum" in variant._form.form.fields
    type_over(qtbot, variant._form.form.fields["lr"].findChild(QLineEdit), "3e-2")
    assert form.value.optimizer.lr == 0.03  # type: ignore[attr-defined]


def test_a_wrong_value_is_not_taken(form: StructForm, qtbot: QtBot) -> None:
    field = form.variants["optimizer"]._form.form.fields["beta1"]
    type_over(qtbot, field.findChild(QLineEdit), "1")
    assert form.value.optimizer == Adam()  # type: ignore[attr-defined]
    assert "< 1" in field.note.text()


def test_another_value_is_shown(form: StructForm) -> None:
    form.show_value(Recipe(epochs=9, optimizer=SGD(momentum=0.5)))
    assert form.form.fields["epochs"].editor.read() == 9
    assert form.variants["optimizer"]._form.form.fields["momentum"].editor.read() == 0.5
