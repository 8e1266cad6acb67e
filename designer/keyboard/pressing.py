"""From a key event to the way in which keys are written."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from designer.keyboard.keymap import written


def pressed(event: QKeyEvent) -> Iterator[str]:
    """The keys of an event as the table writes them; a sign that takes Shift on this keyboard also without it."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key.Key_Tab if event.key() == Qt.Key.Key_Backtab else Qt.Key(event.key())
    yield _written(held, key)
    sign = event.text()
    if held & Qt.KeyboardModifier.ShiftModifier and sign.isprintable() and sign.strip() and not sign.isalpha():
        yield _written(held & ~Qt.KeyboardModifier.ShiftModifier, key)


def _written(held: Qt.KeyboardModifier, key: Qt.Key) -> str:
    return written(QKeySequence(int(held.value) | int(key)).toString(QKeySequence.SequenceFormat.PortableText))
