"""Blocks in the palette: the section that shows those of the project and of the library, and what can be done there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction

from designer.blocks import commands, kinds
from designer.document import Document
from engine.layers import Layer
from engine.text import Failure, text, tr

if TYPE_CHECKING:
    from designer.palette.palette import Palette

LIBRARY = text("Block library").message
"""The heading of the blocks that come with the program."""

SECOND = "Input and output"
"""The family that the section of blocks comes after."""


class BlocksInPalette(QObject):
    """What the palette offers for the drawing that is shown, kept up as blocks come and go.

    The library is read once the palette is seen, a block at a time; `whole` says that it is.
    """

    def __init__(self, document: Document, palette: "Palette") -> None:
        super().__init__(palette)
        self._document, self._palette = document, palette
        self._shown: tuple[object, ...] = ()
        self.whole = False
        self._reading: Iterator[None] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._read_on)
        self._soon = QTimer(self, singleShot=True, interval=0)  # a row may be what is dragged just now
        self._soon.timeout.connect(self._refresh)
        self.actions = [
            self._action("open", tr("Open block")),
            self._action("duplicate", tr("Duplicate block")),
            self._action("delete", tr("Delete block")),
        ]
        palette.tree.currentItemChanged.connect(lambda _now, _before: self._enable())

    def follow(self) -> None:
        """Keeps the palette with the document from now on."""
        self._document.changed.connect(lambda _: self._soon.start())
        self._palette.tree.viewport().installEventFilter(self)
        self._reading = kinds.read_library()
        self._enable()

    def offered(self, whole: bool = False) -> list[type[Layer]]:
        """The layers and blocks in the order of the palette's sections. `whole`: also where the library is not read."""
        self.whole = self.whole or whole
        found = list(kinds.offered(self._document, self.whole).values())
        first = [cls for cls in found if cls.about.family == SECOND]
        blocks = [cls for cls in found if cls.about.family == "Blocks"]
        return [*first, *blocks, *(cls for cls in found if cls.about.family not in (SECOND, "Blocks"))]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Once the palette is painted there is time for the library."""
        if event.type() == QEvent.Type.Paint and not self.whole:
            self._timer.start()
        return False

    def _read_on(self) -> None:
        for _ in self._reading:
            return
        self._timer.stop()
        self._palette.tree.viewport().removeEventFilter(self)
        self.whole = True
        self._refresh()

    def _refresh(self) -> None:
        """Shows the sections again where others are to be shown."""
        blocks = self._document.project.blocks
        now = (bool(self._document.where), self.whole, *((name, block.summary) for name, block in blocks.items()))
        if now == self._shown:
            return
        self._shown = now
        tree = self._palette.tree
        kind, scrolled = tree.kind(), tree.verticalScrollBar().value()
        self._palette.show_found(self._palette.search.text())
        tree.choose(kind)
        tree.verticalScrollBar().setValue(scrolled)

    def _action(self, id: str, words: str) -> QAction:
        action = QAction(words, self)
        action.triggered.connect(lambda _checked: self._do(id))
        return action

    def _enable(self) -> None:
        name = kinds.own(self._document, self._palette.tree.kind() or "")
        for action in self.actions:
            action.setVisible(bool(name))

    def _do(self, id: str) -> None:
        name = kinds.own(self._document, self._palette.tree.kind() or "")
        if not name:
            return
        try:
            calls = {
                "open": commands.open_block,
                "duplicate": commands.duplicate_block,
                "delete": commands.remove_block,
            }
            calls[id](self._document, name)
        except Failure as failure:
            self._document.refused.emit(failure.text)
