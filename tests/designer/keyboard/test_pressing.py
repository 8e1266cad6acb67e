"""How a press is written, on any keyboard."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from designer.keyboard.pressing import pressed
from tests.designer.keyboard.hands import ALT, CTRL, NONE, SHIFT

Key = Qt.Key
KEYPAD = Qt.KeyboardModifier.KeypadModifier


@pytest.mark.parametrize(
    ("key", "held", "sign", "written"),
    [
        (Key.Key_C, NONE, "c", ["C"]),
        (Key.Key_C, SHIFT, "C", ["Shift+C"]),
        (Key.Key_Slash, NONE, "/", ["/"]),
        (Key.Key_Slash, SHIFT, "/", ["Shift+/", "/"]),  # where / takes Shift
        (Key.Key_Slash, KEYPAD, "/", ["/"]),
        (Key.Key_Up, SHIFT, "", ["Shift+Up"]),
        (Key.Key_Up, ALT | SHIFT, "", ["Alt+Shift+Up"]),
        (Key.Key_Tab, NONE, "\t", ["Tab"]),
        (Key.Key_Backtab, SHIFT, "\t", ["Shift+Tab"]),
        (Key.Key_Period, CTRL, ".", ["Ctrl+."]),
        (Key.Key_Enter, KEYPAD, "\r", ["Enter"]),
    ],
)
def test_a_press_as_the_table_writes_it(key: Qt.Key, held: Qt.KeyboardModifier, sign: str, written: list[str]) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, held, sign)
    assert [keys.replace("Shift+Alt", "Alt+Shift") for keys in pressed(event)] == written
