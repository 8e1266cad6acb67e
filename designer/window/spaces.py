"""The workspaces, each made at its first use: what they import costs time that a start does not have."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from designer.document import Document
from designer.window.design import DesignWorkspace
from designer.workers import Workers

if TYPE_CHECKING:
    from designer.export.workspace import ExportWorkspace
    from designer.training.workspace import TrainWorkspace


class Spaces(QStackedWidget):
    """A stack of workspaces by id; `before` is the one that was left last.

    `shown(id)` tells which one is seen, `made(id)` that one was just made.
    """

    shown = Signal(str)
    made = Signal(str)

    def __init__(self, document: Document, workers: Workers, design: DesignWorkspace) -> None:
        super().__init__()
        self._document, self._workers = document, workers
        self._spaces: dict[str, QWidget] = {}
        self.put("design", design)
        self.current = self.before = "design"

    def put(self, id: str, space: QWidget) -> None:
        """Adds a workspace that is already made."""
        self._spaces[id] = space
        self.addWidget(space)

    def get(self, id: str) -> QWidget:
        """The workspace of this id, made now where it is not there yet."""
        if id not in self._spaces:
            self.put(id, _MAKERS[id](self._document, self._workers))
            self.made.emit(id)
        return self._spaces[id]

    def has(self, id: str) -> bool:
        """True where the workspace was made."""
        return id in self._spaces

    def show_space(self, id: str) -> None:
        """Shows the workspace of this id."""
        self.setCurrentWidget(self.get(id))
        if id != self.current:
            self.before, self.current = self.current, id
        self.shown.emit(id)

    @property
    def training(self) -> "TrainWorkspace":
        """The training workspace."""
        from designer.training.workspace import TrainWorkspace

        space = self.get("training")
        assert isinstance(space, TrainWorkspace)
        return space

    @property
    def exporting(self) -> "ExportWorkspace":
        """The export workspace."""
        from designer.export.workspace import ExportWorkspace

        space = self.get("exporting")
        assert isinstance(space, ExportWorkspace)
        return space


def _data(document: Document, workers: Workers) -> QWidget:
    from designer.data.workspace import DataWorkspace

    return DataWorkspace(document, workers)


def _training(document: Document, workers: Workers) -> QWidget:
    from designer.training.workspace import TrainWorkspace

    return TrainWorkspace(document, workers)


def _trying(document: Document, workers: Workers) -> QWidget:
    from designer.trying.workspace import TryWorkspace

    return TryWorkspace(document, workers)


def _exporting(document: Document, workers: Workers) -> QWidget:
    from designer.export.workspace import ExportWorkspace

    return ExportWorkspace(document, workers)


_MAKERS: dict[str, Callable[[Document, Workers], QWidget]] = {
    "data": _data,
    "training": _training,
    "trying": _trying,
    "exporting": _exporting,
}
