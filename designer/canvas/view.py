"""The canvas as the window embeds it: the stage, and what lies above it."""

from collections.abc import Callable, Mapping
from heapq import nsmallest
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.annotations.on_canvas import RemarksOnCanvas
from designer.blocks.kinds import after, arriving, offered
from designer.blocks.on_canvas import BlocksOnCanvas
from designer.canvas import clipboard, commands
from designer.canvas.actions import make_actions
from designer.canvas.drops import Drops
from designer.canvas.gestures.base import Pointer
from designer.canvas.hits import Hit
from designer.canvas.menus import aim, menu_for
from designer.canvas.minimap import Minimap
from designer.canvas.name_editor import NameEditor
from designer.canvas.notice import Notice
from designer.canvas.ports import End
from designer.canvas.stage import STEP_FACTOR, Stage
from designer.document import Document
from designer.keyboard.canvas_keys import CanvasKeys
from designer.keyboard.keymap import keymap
from designer.layout import snapped
from designer.order import commands as order
from designer.order.arranger import Arranger
from designer.preview.on_canvas import Preview
from designer.theme.labels import Label
from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH, GRID, STEP
from engine.graph import Diff, Outlet, Place, Wire, node_fault
from engine.layers import Layer
from engine.text import Text, tr

if TYPE_CHECKING:
    from designer.canvas.layer_list import LayerList

READABLE = 0.75  # below it, what a card says is too small


class Canvas(QWidget):
    """Where the network is drawn. `open_requested` carries the Path of a project file that was dropped here.

    `actions_by_id` are the commands that the window's menus and its command palette call. `called` carries the id of
    any other command whose keys were pressed here, `told` what came of keys, for the status line.
    """

    open_requested = Signal(object)
    called = Signal(str)
    told = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.stage = Stage(document)
        self._drops = Drops(self.stage)
        self._notice = Notice(self)
        self._empty = Label("", "secondary", parent=self)
        self.minimap = Minimap(self.stage, self)
        self._editor: NameEditor | None = None
        self._start: tuple[QRectF, float, QPointF] | None = None
        self.keys = CanvasKeys(self)
        self.arranger = Arranger(self)
        self.blocks = BlocksOnCanvas(self)
        self.remarks = RemarksOnCanvas(self)
        self.fix_preview = Preview(self)
        self.actions_by_id = make_actions(self, self._calls())
        self._set_up()
        self._connect()
        self._describe()

    def show_node(self, name: str) -> None:
        """Selects a node and brings it into sight."""
        if name in self.stage.drawing.nodes:
            self.document.select({name})
            self.stage.bring(self.stage.drawing.nodes[name].card())

    def fit(self) -> None:
        """Shows the whole drawing."""
        content = self.stage.drawing.content()
        if not content.isEmpty():
            self.stage.show_rect(content)

    def show_start(self) -> None:
        """Shows a drawing that was just opened: all of it where its cards can be read then, else its beginning."""
        self.fit()
        if self.stage.zoom < READABLE:
            self.stage.zoom_to(READABLE)
            content = self.stage.drawing.content()
            half, middle = self.stage.seen().size() / 2, content.center()
            head = 2 * GRID + (self.blocks.breadcrumb.height() / READABLE if self.document.where else 0)
            if self.document.graph.flow == "right":
                self.stage.centerOn(content.left() - 2 * GRID + half.width(), middle.y())
            else:
                self.stage.centerOn(middle.x(), content.top() - head + half.height())
        self._start = self._shown()

    def rename(self) -> None:
        """Opens the field for the name of the selected node."""
        if len(self.document.selection) == 1:
            self.rename_node(min(self.document.selection))

    def add_layer(self) -> None:
        """Opens the list of layers at what is selected; the chosen one is added after it, or put on the wire."""
        from designer.keyboard.quick_add import quick_add

        quick_add(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_overlays()
        if self._start == self._shown():  # nobody has gone elsewhere since it was opened
            self.show_start()

    def _shown(self) -> tuple[QRectF, float, QPointF]:
        """What there is to see, the zoom, and where in the drawing the view begins."""
        return self.stage.drawing.content(), self.stage.zoom, self.stage.mapToScene(QPoint())

    def _calls(self) -> dict[str, Callable[[], object]]:
        document, stage = self.document, self.stage
        return {
            "add_layer": self.add_layer,
            "cut": self._cut,
            "copy": lambda: clipboard.copy(document),
            "paste": self._paste,
            "duplicate": lambda: clipboard.duplicate(document),
            "delete": lambda: commands.delete(document),
            "rename": self.rename,
            "replace_layer": self._replace,
            "select_all": lambda: document.select(document.graph.nodes),
            "zoom_in": lambda: stage.zoom_to(stage.zoom * STEP_FACTOR),
            "zoom_out": lambda: stage.zoom_to(stage.zoom / STEP_FACTOR),
            "zoom_reset": lambda: stage.zoom_to(1.0),
            "fit": self.fit,
            **order.calls(self, self.arranger),
            "undo": document.undo,
            "redo": document.redo,
            **self.keys.calls(),
            **self.blocks.calls(),
            **self.remarks.calls(),
        }

    def _set_up(self) -> None:
        self.setProperty("role", "canvas")
        self.setFocusProxy(self.stage)
        self.stage.setAccessibleName(tr("Network"))
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._say_how_to_begin()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stage)
        for overlay in (self._empty, self.minimap):
            overlay.raise_()

    def _connect(self) -> None:
        self.stage.hinted.connect(self._notice.say)
        self.stage.offered.connect(self._offer)
        self.stage.asked_menu.connect(self._open_menu)
        self.stage.named.connect(self.blocks.opened)
        self.stage.viewed.connect(self._close_editor)
        self._drops.file_dropped.connect(self.open_requested)
        self.document.went.connect(lambda _: self._notice.say("", QPoint()))
        self.document.changed.connect(self._follow)
        self.document.changed.connect(self._describe)
        self.document.selected.connect(self._describe)
        keymap.changed.connect(self._say_how_to_begin)

    def _say_how_to_begin(self) -> None:
        key = keymap.first("add_layer")
        words = tr("Drag a layer from the left, double-click one, or press {key}.", key=key)
        self._empty.setText(words if key else tr("Drag a layer from the left, or double-click one."))

    def _follow(self, difference: Diff) -> None:
        """Brings what was just added, and is selected, into sight."""
        self._close_editor()
        fresh = difference.added & self.document.selection
        if fresh:
            drawing, seen = self.stage.drawing, self.stage.seen()
            if not any(item.name in fresh and seen.contains(item.card()) for item in drawing.cards_in(seen)):
                self.stage.bring(drawing.nodes[next(iter(fresh))].card())

    def _describe(self, _: object = None) -> None:
        """For screen readers, and for whoever begins: how many layers there are, and which are selected."""
        graph, chosen = self.document.graph, nsmallest(5, self.document.selection)
        self._empty.setVisible(not graph.nodes)
        words = tr("{count} layers", count=len(graph.nodes))
        names = tr("selected: {names}", names=", ".join(chosen)) if chosen else tr("nothing selected")
        self.stage.setAccessibleDescription(f"{words}; {names}")

    def _place_overlays(self) -> None:
        self._empty.setGeometry(self.rect())
        self.minimap.fit_into(self.width())
        corner = self.rect().bottomRight() - self.minimap.rect().bottomRight()
        self.minimap.move(corner - QPoint(3 * STEP, 3 * STEP))

    def _replace(self) -> None:
        from designer.finding.replacing import open_replace

        open_replace(self.document, self)

    def _cut(self) -> None:
        if clipboard.copy(self.document):
            commands.delete(self.document)

    def _paste(self) -> None:
        """Adds what is on the clipboard, or says why it cannot be."""
        if clipboard.copied() is None:
            words = tr("Nothing was pasted. {why}", why=clipboard.fault())
            self.stage.hint(words, self.stage.viewport().rect().center(), fades=True)
        clipboard.paste(self.document)

    def _offer(self, end: End, at: Pointer) -> None:
        """A list of layers for a wire that was dropped on the empty canvas."""
        layers, leaves = offered(self.document), isinstance(end, Outlet)
        if isinstance(end, Outlet):
            kinds = after(self.document, end, layers)
        else:
            kinds = [kind for kind, cls in layers.items() if cls.about.outputs]
        left, top = CARD_WIDTH / 2, 0.0 if leaves else CARD_HEIGHT
        if self.document.graph.flow == "right":
            left, top = 0.0 if leaves else CARD_WIDTH, CARD_HEIGHT / 2
        place = snapped(Place(at.scene.x() - left, at.scene.y() - top))
        chooser = self._layer_list(kinds, layers, end if isinstance(end, Outlet) else None)
        chooser.chosen.connect(lambda layer, typed: commands.add_wired(self.document, layer, place, end, typed))
        chooser.open_at(self.stage.viewport().mapToGlobal(at.view))

    def _offer_between(self, wire: Wire, at: Pointer) -> None:
        """A list of layers to be put on a wire."""
        layers = offered(self.document)
        kinds = [
            k for k in after(self.document, wire.source, layers) if layers[k].about.inputs and layers[k].about.outputs
        ]
        place = snapped(Place(at.scene.x() - CARD_WIDTH / 2, at.scene.y() - CARD_HEIGHT / 2))
        chooser = self._layer_list(kinds, layers, wire.source)
        chooser.chosen.connect(lambda layer, typed: commands.insert(self.document, layer, place, wire, typed))
        chooser.open_at(self.stage.viewport().mapToGlobal(at.view))

    def _layer_list(self, kinds: list[str], layers: Mapping[str, type[Layer]], source: Outlet | None) -> "LayerList":
        """A list of layers to choose from, those that fit first, with what they make of what comes from a source."""
        from designer.canvas.layer_list import LayerList

        return LayerList(self, kinds, tr("does not fit"), arriving(self.document, source), layers=layers)

    def _open_menu(self, found: Hit, at: Pointer) -> None:
        aim(self.document, found)
        menu = menu_for(self, self.document, found, self._ready_actions(), lambda wire: self._offer_between(wire, at))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.aboutToHide.connect(self._enable_actions)
        self.fix_preview.follow(menu)
        menu.popup(self.stage.viewport().mapToGlobal(at.view))

    def _ready_actions(self) -> dict[str, QAction]:
        """The actions, those disabled that would do nothing."""
        actions, stack, selection = self.actions_by_id, self.document.undo_stack, self.document.selection
        for id in ("cut", "copy", "duplicate", "replace_layer"):
            actions[id].setEnabled(bool(selection))
        actions["rename"].setEnabled(len(selection) == 1)
        self.blocks.ready(actions)
        actions["paste"].setEnabled(clipboard.copied() is not None)
        actions["undo"].setEnabled(stack.canUndo())
        actions["redo"].setEnabled(stack.canRedo())
        return actions

    def _enable_actions(self) -> None:
        """Outside of a menu an action is asked whether it can do something when it is triggered."""
        for action in self.actions_by_id.values():
            action.setEnabled(True)

    def rename_node(self, name: str) -> None:
        """Opens the field for the name of a node."""
        self._close_editor()
        item = self.stage.drawing.nodes[name]
        self.stage.bring(item.card())
        self._editor = NameEditor(self, name, self._name_fault)
        self._editor.taken.connect(lambda new: commands.rename(self.document, name, new))
        self._editor.closed.connect(self._forget_editor)
        self._editor.open_at(self.stage.mapFromScene(item.name_box()).boundingRect())

    def _name_fault(self, name: str) -> Text | None:
        return node_fault(name, self.document.graph.nodes)

    def _close_editor(self) -> None:
        if self._editor:
            self._editor.leave()

    def _forget_editor(self) -> None:
        self._editor = None
        self.stage.setFocus()
