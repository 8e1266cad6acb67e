"""How each drawing was looked at last: its zoom and what was in the middle, so that one comes back to what one left."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF

from designer.blocks.places import Where
from designer.canvas.stage import Stage
from designer.document import Document


class View(NamedTuple):
    zoom: float
    middle: QPointF


class Views:
    """Keeps the stage's view for each place of the document. `first` shows a drawing that was not yet seen."""

    def __init__(self, document: Document, stage: Stage, first: Callable[[], object]) -> None:
        self._document, self._stage, self._first = document, stage, first
        self._kept: dict[Where, View] = {}
        self._here = document.where
        self._arriving = False
        document.went.connect(self._leave)
        document.changed.connect(self._arrive)
        document.moved_to.connect(lambda _: self._kept.clear() if not document.undo_stack.count() else None)

    @property
    def arriving(self) -> bool:
        """Whether one has gone elsewhere and its drawing is about to be shown."""
        return self._document.where != self._here

    def _leave(self, where: Where) -> None:
        self._kept[self._here] = View(self._stage.zoom, self._stage.seen().center())

    def _arrive(self, _: object) -> None:
        if not self.arriving:
            return
        self._here = self._document.where
        if view := self._kept.get(self._here):
            self._stage.zoom_to(view.zoom)
            self._stage.centerOn(view.middle)
        else:
            self._first()
