"""A list of the project's runs to choose one from, the newest first."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QTimer, Signal

from designer.inspector.editors import Choice
from designer.theme import tokens
from designer.training.home import RunsHome
from designer.training.runs_table import state_words, when
from engine.text import tr
from engine.train.runs import RunSummary

REFRESH_MS = 500
WIDTH = 105 * tokens.STEP


class RunChoice(Choice):
    """Runs that have a checkpoint. `chosen` carries the RunSummary, or None where there is none.

    The newest stays chosen as runs are added, until a person chooses another.
    """

    chosen = Signal(object)

    def __init__(self, home: RunsHome) -> None:
        super().__init__(())
        self._home = home
        self._runs: list[RunSummary] = []
        self._newest = True
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        self.setAccessibleName(tr("Run"))
        self.setMinimumWidth(WIDTH)
        self.activated.connect(self._activated)
        home.changed.connect(self._refresh_soon)
        home.left.connect(self.refresh)
        home.moved.connect(self._forget)

    @property
    def run(self) -> RunSummary | None:
        """The run that is chosen."""
        index = self.currentIndex()
        return self._runs[index] if 0 <= index < len(self._runs) else None

    def choose(self, folder: Path) -> None:
        """Chooses a run by its folder."""
        self.refresh()
        folders = [run.folder for run in self._runs]
        if folder in folders:
            self._newest = False
            self.setCurrentIndex(folders.index(folder))
            self.chosen.emit(self.run)

    def refresh(self) -> None:
        """Reads the runs again; tells where the choice, or what is known of it, is another one."""
        before = self.run
        self._runs = [run for run in self._home.runs() if run.checkpoints]
        with QSignalBlocker(self):
            self.clear()
            self.addItems([_words(run) for run in self._runs])
            folders = [run.folder for run in self._runs]
            kept = not self._newest and before is not None and before.folder in folders
            self.setCurrentIndex(folders.index(before.folder) if kept and before else 0 if self._runs else -1)
        self.setEnabled(bool(self._runs))
        if self.run != before:
            self.chosen.emit(self.run)

    def _refresh_soon(self) -> None:
        """Epochs may end many times a second."""
        if not self._soon.isActive():
            self._soon.start()

    def _activated(self, index: int) -> None:
        self._newest = index == 0
        self.chosen.emit(self.run)

    def _forget(self, _old: object, _new: object) -> None:
        self._newest = True


def _words(run: RunSummary) -> str:
    return tr("{run} · {state} · {when}", run=run.folder.name, state=state_words(run.run), when=when(run.run))
