"""The dialog that stands open while something is done beside the window: how far it is, and a way to give it up."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from engine.text import tr


class Progress(QProgressDialog):
    """Of so many `steps`; 0 where nobody knows how many. `given_up` comes once, whichever way the person leaves it."""

    given_up = Signal()

    def __init__(self, title: str, words: str, parent: QWidget | None, steps: int = 0) -> None:
        super().__init__(words, tr("Cancel"), 0, steps, parent)
        self.was_given_up = False
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAutoClose(False)
        self.setAutoReset(False)
        self.canceled.connect(self._give_up)
        self.rejected.connect(self._give_up)  # what Escape does before this is the active window; it is no `canceled`

    def cancel(self) -> None:
        """Gives up without a click."""
        super().cancel()
        self._give_up()

    def leave(self) -> None:
        """Goes without a word."""
        self.blockSignals(True)
        self.hide()
        self.deleteLater()

    def _give_up(self) -> None:
        if not self.was_given_up:
            self.was_given_up = True
            self.given_up.emit()
