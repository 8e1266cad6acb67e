"""The few questions and messages that stop a person: what cannot be undone, and what went wrong with a file."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from designer.theme import tokens
from engine.text import tr

Answer: TypeAlias = Literal["save", "discard", "cancel"]


def tell(parent: QWidget, title: str, sentence: str) -> None:
    """Shows a sentence until it is read."""
    box = _box(parent, title, sentence, QMessageBox.Icon.Warning)
    box.addButton(tr("Close"), QMessageBox.ButtonRole.AcceptRole)
    _ask(box)


def ask_unsaved(parent: QWidget, name: str) -> Answer:
    """Asks what to do with changes that are not saved."""
    sentence = tr("“{name}” has changes that are not saved. Save them?", name=name)
    box = _box(parent, tr("Unsaved changes"), sentence, QMessageBox.Icon.Question)
    save = box.addButton(tr("Save"), QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton(tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(cancel)
    _ask(box)
    clicked = box.clickedButton()
    return "save" if clicked is save else "discard" if clicked is discard else "cancel"


def confirm(parent: QWidget, title: str, sentence: str, yes: str, no: str) -> bool:
    """Asks before something is ended; both buttons say what they do."""
    box = _box(parent, title, sentence, QMessageBox.Icon.Question)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    kept = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(kept)
    box.setEscapeButton(kept)
    _ask(box)
    return box.clickedButton() is agreed


def choose(
    parent: QWidget, title: str, sentence: str, buttons: Mapping[str, tuple[str, QMessageBox.ButtonRole]]
) -> str:
    """Asks for one of several ways; the first is proposed, and Escape takes the last."""
    box = _box(parent, title, sentence, QMessageBox.Icon.Question)
    made = {id: box.addButton(words, role) for id, (words, role) in buttons.items()}
    first, *_, last = made.values()
    box.setDefaultButton(first)
    box.setEscapeButton(last)
    _ask(box)
    return next((id for id, button in made.items() if button is box.clickedButton()), list(made)[-1])


def _box(parent: QWidget, title: str, sentence: str, picture: QMessageBox.Icon) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setIcon(picture)
    return box


def _ask(box: QMessageBox) -> None:
    for button in box.buttons():  # the default one is written in bold, which its size does not know of
        button.setMinimumWidth(button.sizeHint().width() + 5 * tokens.STEP)
    box.exec()
    box.deleteLater()
