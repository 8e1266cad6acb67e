"""The outline: an accessible tree of the network in which everything can be done that the canvas can."""

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTreeView, QVBoxLayout, QWidget

from designer.canvas import commands
from designer.document import Document
from designer.keyboard.keymap import keymap
from designer.keyboard.pressing import pressed
from designer.keyboard.speech import announce
from designer.outline import tools
from designer.outline.model import OutlineModel, stretches
from designer.outline.rows import OutlineRow, paint_arrow
from designer.theme import theme
from designer.theme.labels import Label
from designer.theme.tokens import STEP
from engine.check.report import Suggestion
from engine.text import Failure, say, tr

FLAGS = QItemSelectionModel.SelectionFlag


class OutlineTree(QTreeView):
    """Rows of one width; only those with something inside have an arrow before them."""

    @property
    def is_editing(self) -> bool:
        """Whether a name is being typed: its keys come by here when the field has no use for them."""
        return self.state() == QAbstractItemView.State.EditingState

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With the focus comes a row to begin with, so that what the keys do has something to do it to."""
        super().focusInEvent(event)
        by_keys = event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)
        if by_keys and self.model().rowCount() and not self.selectionModel().hasSelection():
            first = self.currentIndex() if self.currentIndex().isValid() else self.model().index(0, 0)
            self.selectionModel().setCurrentIndex(first, FLAGS.ClearAndSelect)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.model().hasChildren(index):
            paint_arrow(painter, QPointF(rect.right() - 2 * STEP, rect.center().y()), self.isExpanded(index))


class Outline(QWidget):
    """The document's nodes in their order. `called` carries the id of a command for the window, `told` what was done.

    What is selected here is selected on the canvas, and the other way round.
    """

    called = Signal(str)
    told = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._busy = False
        self.model = OutlineModel(document)
        self.model.setParent(self)
        self.tree = OutlineTree()
        self._nothing = Label("", "secondary", wrap=True)
        self._set_up()
        self.model.refused.connect(self._tell)
        self.model.repainted.connect(self.tree.viewport().update)
        self.model.modelReset.connect(self._show_selection)
        self.model.rowsInserted.connect(lambda *_: self._show_empty())
        self.model.rowsRemoved.connect(lambda *_: self._show_empty())
        keymap.changed.connect(self._show_empty)
        document.selected.connect(lambda _: self._show_selection())
        theme.changed.connect(self.tree.viewport().update)

    def showEvent(self, event: QShowEvent) -> None:
        """Wakes up: until now nothing was read."""
        super().showEvent(event)
        if self.model.asleep:
            self.model.refresh()
            self._show_empty()
            self._show_selection()

    def node(self) -> str | None:
        """The node of the current row; None where there is none, or it is inside of a block."""
        entry = self.model.entry(self.tree.currentIndex())
        return entry.name if entry and not entry.way else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or self.tree.is_editing:
            return False
        ids = [keymap.command(keys) for keys in pressed(event) if keys != "Tab"]
        if event.type() == QEvent.Type.ShortcutOverride and any(id in self._calls() for id in ids):
            event.accept()  # or else the window would do it on the canvas
            return True
        return event.type() == QEvent.Type.KeyPress and any(map(self._call, ids))

    def _call(self, id: str) -> bool:
        call = self._calls().get(id)
        if call:
            call()
        return call is not None

    def _calls(self) -> dict[str, Callable[[], object]]:
        """What the keys of these commands do while the outline has the focus."""
        return {
            "add_layer": lambda: tools.add_after(self, self._document, self._corner(), self._tell),
            "connect": lambda: self._with_node(tools.connect_from),
            "disconnect": lambda: self._with_node(tools.disconnect_from),
            "rename": lambda: self.tree.edit(self.tree.currentIndex()),
            "delete": lambda: commands.delete(self._document),
            "edit_parameters": self._enter,
        }

    def _with_node(self, tool: Callable[..., object]) -> None:
        if name := self.node():
            tool(self, self._document, name, self._corner(), self._tell)

    def _enter(self) -> None:
        """To the parameters; of a row inside a block, to where it is."""
        entry = self.model.entry(self.tree.currentIndex())
        if entry and entry.way:
            self._document.go((*self._document.where, *entry.way), [entry.name])
        else:
            self.called.emit("edit_parameters")

    def _tell(self, words: str) -> None:
        self.told.emit(words)
        announce(self.tree, words)

    def _corner(self) -> QPoint:
        """Where a list opens: below the current row."""
        box = self.tree.visualRect(self.tree.currentIndex())
        return self.tree.viewport().mapToGlobal(box.bottomLeft() + QPoint(4 * STEP, STEP))

    def _select(self) -> None:
        """The document takes what is selected here."""
        if self._busy:
            return
        entries = [self.model.entry(index) for index in self.tree.selectionModel().selectedRows()]
        self._busy = True
        self._document.select([entry.name for entry in entries if entry and not entry.way])
        self._busy = False

    def _show_selection(self) -> None:
        """Takes what the document has selected."""
        if self._busy or self.model.asleep:
            return
        rows = [self.model.index_of(name) for name in self._document.selection]
        wanted = QItemSelection()
        for first, last in stretches(sorted(index.row() for index in rows)):
            wanted.select(self.model.index(first, 0), self.model.index(last, 0))
        self._busy = True
        self.tree.selectionModel().select(wanted, FLAGS.ClearAndSelect)
        if rows and self.node() not in self._document.selection:
            top = min(rows, key=lambda index: index.row())
            self.tree.selectionModel().setCurrentIndex(top, FLAGS.NoUpdate)
        if rows:
            self.tree.scrollTo(self.tree.currentIndex())
        self._busy = False

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = self.node()
        for suggestion in self._fixes(name):
            action = menu.addAction(say(suggestion.title).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, s=suggestion: self._mend(s))
        menu.addSeparator()
        words = {
            "add_layer": tr("Add layer after…"),
            "connect": tr("Connect from…"),
            "disconnect": tr("Disconnect…"),
            "edit_parameters": tr("Edit parameters"),
            "rename": tr("Rename"),
            "delete": tr("Delete"),
        }
        for id, title in words.items():
            action = menu.addAction(title)
            action.setShortcuts(keymap.sequences(id)[-1:] if id == "add_layer" else keymap.sequences(id)[:1])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setEnabled(name is not None or id == "add_layer")
            action.triggered.connect(lambda _checked=False, id=id: self._call(id))
        menu.popup(self.tree.viewport().mapToGlobal(at))

    def _fixes(self, name: str | None) -> list[Suggestion]:
        return [
            fix for problem in self._document.report.problems if name and problem.node == name for fix in problem.fixes
        ]

    def _mend(self, suggestion: Suggestion) -> None:
        try:
            if commands.mend(self._document, suggestion):
                self._tell(tr("Done: {fix}.", fix=suggestion.title))
        except (Failure, KeyError):
            self._tell(tr("This fix no longer fits the drawing."))

    def _show_empty(self) -> None:
        empty = self.model.rowCount() == 0
        self._nothing.setVisible(empty)
        if empty:
            key = keymap.first("add_layer", but=("Tab",))  # which leads to the next field here
            words = tr("Nothing is drawn yet. Press {key} to add a layer.", key=key)
            self._nothing.setText(words if key else tr("Nothing is drawn yet."))

    def _set_up(self) -> None:
        self.setAccessibleName(tr("Outline"))
        tree = self.tree
        tree.setProperty("role", "outline")
        tree.setModel(self.model)
        tree.setItemDelegate(OutlineRow(tree))
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setIndentation(4 * STEP)
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setMouseTracking(True)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        tree.setAccessibleName(tr("Outline: layers in the order in which they run"))
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._open_menu)
        tree.installEventFilter(self)
        tree.selectionModel().selectionChanged.connect(lambda *_: self._select())
        self._nothing.setMargin(3 * STEP)
        self.setFocusProxy(tree)
        column = QVBoxLayout(self)
        column.setContentsMargins(STEP, 2 * STEP, 0, STEP)
        column.setSpacing(0)
        column.addWidget(self._nothing)
        column.addWidget(tree, 1)
