"""The list beside the comparison."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from designer.compare.painting import colour_of
from designer.compare.rows import SIGNS, Group, Row, kind_words
from designer.theme import fonts, theme, tokens
from engine.text import tr

ROLE = Qt.ItemDataRole.UserRole


class ChangeList(QTreeWidget):
    """The entries in groups. `went` carries the Row that one went to, or None."""

    went = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self.setHeaderHidden(True)
        self.setAccessibleName(tr("What differs"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIndentation(4 * tokens.STEP)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.currentItemChanged.connect(lambda item, _: self.went.emit(self.row_of(item)))

    def show_groups(self, shown: tuple[Group, ...]) -> None:
        """Shows these entries; the one that was current stays so where it is still there."""
        before = self.row_of(self.currentItem())
        self.blockSignals(True)
        self.clear()
        self._rows = []
        for group in shown:
            self._add_group(group)
        if not shown:
            QTreeWidgetItem(self, [tr("Nothing differs.")]).setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.expandAll()
        self.blockSignals(False)
        if before is not None:
            self._choose(lambda row: (row.where, row.words) == (before.where, before.words))

    def chosen(self) -> list[Row]:
        """The selected entries, each once."""
        found = [row for item in self.selectedItems() if (row := self.row_of(item)) is not None]
        return [row for index, row in enumerate(found) if row not in found[:index]]

    def go_to(self, node: str) -> None:
        """Makes the entry of a node the current one, if it has one."""
        self._choose(lambda row: row.node == node)

    def restyle(self) -> None:
        """Takes the colours of the theme in force."""
        for item in self.entries():
            self._paint(item)

    def entries(self) -> list[QTreeWidgetItem]:
        """The items of all entries, without the headlines and without what is below an entry."""
        heads = [item for index in range(self.topLevelItemCount()) if (item := self.topLevelItem(index))]
        return [item for head in heads for index in range(head.childCount()) if (item := head.child(index))]

    def row_of(self, item: QTreeWidgetItem | None) -> Row | None:
        """The entry that an item is of."""
        index = item.data(0, ROLE) if item is not None else None
        return self._rows[index] if isinstance(index, int) and index < len(self._rows) else None

    def _add_group(self, group: Group) -> None:
        head = QTreeWidgetItem(self, [group.title])
        head.setFont(0, fonts.words(bold=True))
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        for row in group.rows:
            item = QTreeWidgetItem(head, [f"{SIGNS[row.kind]}  {row.words}"])
            item.setData(0, ROLE, len(self._rows))
            words = ", ".join((kind_words(row.kind), row.words, *row.below))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, words)
            item.setToolTip(0, "\n".join((row.words, *row.below)))
            for below in row.below:
                inner = QTreeWidgetItem(item, [below])
                inner.setData(0, ROLE, len(self._rows))
                inner.setToolTip(0, below)
            self._rows.append(row)
            self._paint(item)

    def _paint(self, item: QTreeWidgetItem) -> None:
        row = self.row_of(item)
        item.setForeground(0, QBrush(QColor(colour_of(row.kind if row else None))))
        for inner in (item.child(index) for index in range(item.childCount())):
            if inner is not None:
                inner.setForeground(0, QBrush(QColor(theme.tokens.secondary)))

    def _choose(self, fits: Callable[[Row], bool]) -> None:
        for item in self.entries():
            row = self.row_of(item)
            if row is not None and fits(row):
                self.setCurrentItem(item, 0, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                return
