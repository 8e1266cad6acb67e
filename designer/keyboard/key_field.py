"""A field that takes any keys as they are pressed, Tab and Enter too."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from designer.keyboard.keymap import shown, usable
from designer.keyboard.pressing import pressed
from engine.text import tr

MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class KeyField(QLineEdit):
    """`taken` carries the keys that were pressed, `left` comes when Esc was: it belongs to no command."""

    taken = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(tr("Press the keys"))
        self.setPlaceholderText(tr("Press the keys"))

    def event(self, event: QEvent) -> bool:
        """Before Qt takes Tab for itself, and a shortcut its keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._take(event)
            return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in MODIFIERS or event.isAutoRepeat():
            return
        keys = next(pressed(event))
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif usable(keys):
            self.setText(shown(keys))
            self.taken.emit(keys)
