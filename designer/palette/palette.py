"""The palette: a search field, and the layers by family, to be dragged or added."""

import json
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QDrag, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from designer.blocks.in_palette import LIBRARY, BlocksInPalette
from designer.blocks.kinds import layer_of, own
from designer.canvas import commands
from designer.canvas.card import layer_pixmap
from designer.canvas.ports import size_of
from designer.document import Document
from designer.palette.mime import layer_data
from designer.palette.ranking import ranked
from designer.palette.rows import FAMILY, KIND, OF, RowDelegate
from designer.theme import theme
from designer.theme.labels import Label, as_tip
from designer.theme.tokens import STEP
from designer.window.settings import remember, remembered
from engine.graph import Node
from engine.layers import About, Layer
from engine.text import tr

WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
FOLDED = "palette/folded"
ADDING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LayerTree(QTreeWidget):
    """The layers under the headings of their families, or in one list while something is searched."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(RowDelegate(self))
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("Layers"))
        self.itemClicked.connect(self._fold)

    def kind(self) -> str | None:
        """The layer of the current row."""
        item = self.currentItem()
        return item.data(0, KIND) if item else None

    def show_families(self, layers: Iterable[type[Layer]], folded: set[str]) -> None:
        """All layers, under headings that can be folded."""
        self.clear()
        headings: dict[str, QTreeWidgetItem] = {}
        for cls in layers:
            family = self._section(cls)
            if family not in headings:
                headings[family] = self._heading(family)
            headings[family].addChild(self._row(cls.about))
        for family, heading in headings.items():
            heading.setExpanded(family not in folded)

    def show_found(self, found: list[About]) -> None:
        """What was found, the best one chosen."""
        self.clear()
        rows = [self._row(about) for about in found]
        self.addTopLevelItems(rows)
        if rows:
            self.setCurrentItem(rows[0])

    def choose(self, kind: str | None) -> None:
        """Makes the row of a layer the current one, where it is there."""
        rows = (item for item in _all(self) if kind and item.data(0, KIND) == kind)
        if row := next(rows, None):
            self.setCurrentItem(row)

    def walk(self, key: int) -> None:
        """Chooses another layer; headings are passed over."""
        rows = [item for item in _all(self) if item.data(0, KIND) and self.visualItemRect(item).isValid()]
        current = self.currentItem()
        here = rows.index(current) if current in rows else -1
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}[Qt.Key(key)]
        if rows:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.setCurrentItem(rows[min(max(here + step, 0), len(rows) - 1)], 0, flags)

    def startDrag(self, actions: Qt.DropAction) -> None:
        kind = self.kind()
        if kind:
            drag = QDrag(self)
            layer = layer_of(self._document, kind)
            drag.setMimeData(layer_data(type(layer).about))
            flow = self._document.graph.flow
            size = size_of(Node(layer), flow)
            drag.setPixmap(layer_pixmap(layer, self.devicePixelRatioF(), flow))
            drag.setHotSpot(QPoint(int(size.width / 2), int(size.height / 2)))
            drag.exec(Qt.DropAction.CopyAction)

    def _heading(self, family: str) -> QTreeWidgetItem:
        heading = QTreeWidgetItem(self, [tr(family)])
        heading.setToolTip(0, tr(family))
        heading.setData(0, FAMILY, family)
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        return heading

    def _section(self, cls: type[Layer]) -> str:
        """The heading that a layer stands under: its family, and for blocks where they come from."""
        about: About = cls.about
        return LIBRARY if about.family == "Blocks" and not own(self._document, about.id) else about.family

    def _row(self, about: About) -> QTreeWidgetItem:
        item = QTreeWidgetItem([about.title])
        item.setData(0, KIND, about.id)
        item.setData(0, OF, about.family)
        item.setToolTip(0, as_tip(tr(about.summary)))
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, tr(about.summary))
        return item

    def _fold(self, item: QTreeWidgetItem) -> None:
        if item.data(0, FAMILY):
            item.setExpanded(not item.isExpanded())


class Palette(QWidget):
    """Every layer; `added` carries the name of a node that was added from here."""

    added = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._folded = _kept()
        self.search = QLineEdit()
        self.tree = LayerTree(document)
        self.blocks = BlocksInPalette(document, self)
        self._nothing = Label("", "secondary", wrap=True)
        self._set_up()
        self._lay_out()
        self.show_found("")
        self.blocks.follow()

    def show_found(self, query: str) -> None:
        """Shows what the query finds; all families where it is empty."""
        layers = self.blocks.offered(whole=bool(query.strip()))
        found = ranked(query, (cls.about for cls in layers))
        if query.strip():
            self.tree.show_found(found)
        else:
            self.tree.show_families(layers, self._folded)
        self._nothing.setText(
            tr("No layer is called “{query}”. Try another word, such as “conv”.", query=query.strip())
        )
        self._nothing.setVisible(not found)
        self.tree.setVisible(bool(found))

    def add_current(self) -> None:
        """Adds the chosen layer after the selected node, wired to it where it fits."""
        kind = self.tree.kind()
        if kind:
            self.added.emit(commands.add_below(self._document, layer_of(self._document, kind)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter work from the search field; letters typed in the list go to the search field."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in ADDING:
            self.add_current()
            return True
        if watched is self.search and event.key() in WALKING:
            self.tree.walk(event.key())
            return True
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        if watched is self.tree and event.text().isprintable() and event.text().strip():
            self.search.setFocus()
            self.search.insert(event.text())
            return True
        return False

    def _set_up(self) -> None:
        self.setAccessibleName(tr("Layer palette"))
        self.search.setPlaceholderText(tr("Search layers"))
        self.search.setAccessibleName(tr("Search layers"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.show_found)
        self.search.installEventFilter(self)
        self.tree.installEventFilter(self)
        self.tree.itemDoubleClicked.connect(lambda item: self.add_current() if item.data(0, KIND) else None)
        self.tree.itemExpanded.connect(lambda item: self._keep(self._folded - {item.data(0, FAMILY)}))
        self.tree.itemCollapsed.connect(lambda item: self._keep(self._folded | {item.data(0, FAMILY)}))
        theme.changed.connect(self.tree.viewport().update)
        add = QAction(tr("Add after the selected layer"), self.tree)
        add.triggered.connect(self.add_current)
        self.tree.addAction(add)
        self.tree.addActions(self.blocks.actions)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _keep(self, folded: set[str]) -> None:
        """Remembers which headings are folded."""
        if folded != self._folded:
            self._folded = folded
            remember(FOLDED, json.dumps(sorted(folded)))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(self.search)
        column.addWidget(self._nothing)
        column.addWidget(self.tree, 1)
        column.addStretch()


def _kept() -> set[str]:
    """The headings that were folded last; at first the library, which would push the layers out of sight."""
    try:
        kept = json.loads(remembered(FOLDED, ""))
    except ValueError:
        return {LIBRARY}
    return {family for family in kept if isinstance(family, str)} if isinstance(kept, list) else {LIBRARY}


def _all(tree: QTreeWidget) -> list[QTreeWidgetItem]:
    """Every row that is unfolded, from top to bottom."""
    found: list[QTreeWidgetItem] = []
    item = tree.topLevelItem(0)
    while item is not None:
        found.append(item)
        item = tree.itemBelow(item)
    return found
