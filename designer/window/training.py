"""What the window knows of training: may it begin and why not, is it running, and may the window close meanwhile."""

from PySide6.QtCore import QObject, Signal

from designer.document import Document
from designer.training.blocked import why_blocked
from designer.window.bottom_wiring import show_path
from designer.window.commands import keys_of
from designer.window.dialogs import confirm
from designer.window.main_window import MainWindow
from engine.text import Text, say, tr


def wire_training(window: MainWindow) -> None:
    """Connects the Train button and menu, and the question when the window is closed meanwhile."""
    training = Training(window)
    window.commands.on("train", training.start)
    window.commands.on("stop", training.stop)
    training.changed.connect(training.show)
    window.may_close = lambda: training.may_close() and window.files.may_leave()
    window.workers.ready.connect(lambda ready: window.top.show_devices(ready.devices))
    training.show()


class Training(QObject):
    """Starts and stops trainings from the top bar and the menu, without making the workspace before it is needed."""

    changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document: Document = window.document
        self._document.reported.connect(lambda _: self.changed.emit())
        window.spaces.made.connect(self._made)

    @property
    def running(self) -> bool:
        """True while a run is being trained."""
        return self._window.spaces.has("training") and self._window.spaces.training.training

    def blocked(self) -> Text | None:
        """Why no training can begin now; None where it can."""
        return why_blocked(self._document, self.running)

    def start(self) -> None:
        """Shows the training workspace and trains."""
        if self.blocked() is None:
            self._window.spaces.show_space("training")
            self._window.spaces.training.start()

    def stop(self) -> None:
        """Ends the training soon; what was learned is kept."""
        if self.running:
            self._window.spaces.training.stop()

    def may_close(self) -> bool:
        """Asks before a training is ended by closing the window."""
        return not self.running or confirm(
            self._window,
            tr("A run is being trained"),
            tr("Closing stops the training. What was learned so far is kept as a checkpoint."),
            tr("Stop and close"),
            tr("Keep training"),
        )

    def show(self) -> None:
        """Brings button and menu up to date."""
        reason = self.blocked()
        self._window.commands["train"].setEnabled(reason is None)
        self._window.commands["stop"].setEnabled(self.running)
        self._window.top.allow_training(say(reason) if reason else "", keys_of(self._window.commands["train"]))

    def _made(self, id: str) -> None:
        if id == "training":
            self._window.spaces.training.training_changed.connect(lambda _: self.changed.emit())
            self._window.spaces.training.blocked_changed.connect(lambda _: self.changed.emit())
            self._window.spaces.training.node_requested.connect(lambda name: show_path(self._window, name))
