"""Says in the status line that a save takes a while: for how long by now, with a button that gives it up."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from designer.aside import SHOWN_AFTER_MS
from designer.disk.saving import Saving
from designer.theme import tokens
from designer.theme.labels import Label
from engine.text import tr

CANCEL_AFTER = 1  # seconds


class SavingSign(QWidget):
    """Hidden while nothing is saved, and for the first moment of each save. `instead` is what it takes the place of."""

    def __init__(self, saving: Saving, instead: QWidget) -> None:
        super().__init__()
        self._saving, self._instead = saving, instead
        self.words = Label("", "secondary")
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setProperty("role", "quiet")
        self.cancel.setToolTip(tr("Give the save up: the file stays as it is"))
        self.cancel.clicked.connect(saving.give_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.STEP)
        row.addWidget(self.words)
        row.addWidget(self.cancel)
        self._soon = QTimer(self, singleShot=True, interval=SHOWN_AFTER_MS)
        self._soon.timeout.connect(self._show)
        saving.changed.connect(self._follow)
        self.hide()

    def _follow(self) -> None:
        """Shows nothing of a save that is over within a moment."""
        if self._saving.current is None:
            self._soon.stop()
            self.hide()
            self._instead.show()
        elif self.isHidden():
            self._soon.start()
        else:
            self._show()

    def _show(self) -> None:
        one = self._saving.current
        if one is None:
            return
        seconds = one.seconds
        self.words.setText(tr("saving… {seconds} s", seconds=seconds) if seconds else tr("saving…"))
        self.cancel.setVisible(seconds >= CANCEL_AFTER)
        if self.isHidden():
            self._instead.hide()
            self.show()
            self.setAccessibleName(tr("saving…"))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
