"""The sheets of the drawings that one went through on the way into blocks: they wait until one comes back."""

from designer.blocks.places import Where
from designer.canvas.sheet import Sheet
from designer.document import Document
from engine.graph import diff


class Shelf:
    """Holds a sheet for each drawing along the way to the one that is shown, which is that at `where`."""

    def __init__(self, where: Where) -> None:
        self.where = where
        self._kept: dict[Where, Sheet] = {}

    def change(self, sheet: Sheet, document: Document) -> tuple[bool, Sheet]:
        """Whether the sheet shown until now is kept, and the one to show: brought up to date, or made."""
        self._kept[self.where] = sheet
        self.where = document.where
        along = [document.where[:depth] for depth in range(len(document.where) + 1)]
        kept = {where: one for where, one in self._kept.items() if where in along}
        for where, one in self._kept.items():
            if where not in kept and one is not sheet:
                one.let_go()
        self._kept = kept
        waiting = kept.pop(document.where, None)
        if waiting is None:
            return sheet in kept.values(), Sheet(document.graph, document.report)
        waiting.apply(document.graph, diff(waiting.graph, document.graph))
        return sheet in kept.values(), waiting

    def empty(self, where: Where) -> None:
        """Lets all go that wait: another project is shown."""
        self.where = where
        for sheet in self._kept.values():
            sheet.let_go()
        self._kept.clear()
