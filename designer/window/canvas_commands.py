"""The commands that the canvas carries out, and when they can be given."""

from designer.blocks.on_canvas import possible
from designer.canvas.first_look import LookBeforePainting
from designer.document import Document
from designer.order.commands import LEAST, enough
from designer.window.main_window import MainWindow

OWN = {"undo", "redo"}
NEED_NODES = {"cut", "copy", "duplicate", "replace_layer"}
NEED_NETWORK = {"select_all", "arrange", "fit"}


def wire_canvas(window: MainWindow) -> None:
    """Connects the Edit and Network menus to the canvas. They hold where the canvas is seen."""
    canvas, commands = window.design.canvas, window.commands
    ids = [id for id in canvas.actions_by_id if id not in OWN]
    for id in ids:
        commands.on(id, canvas.actions_by_id[id].trigger)
    canvas.open_requested.connect(window.files.open)
    window.files.opening.ahead.append(canvas.stage.drawing.ahead)
    LookBeforePainting(canvas.stage)

    def allow() -> None:
        for id in ids:
            able = possible(canvas, id) if id in canvas.blocks.calls() else _possible(id, window.document)
            commands[id].setEnabled(window.spaces.current == "design" and able)

    window.document.selected.connect(lambda _: allow())
    window.document.changed.connect(lambda _: allow())
    window.spaces.shown.connect(lambda _: allow())
    allow()


def _possible(id: str, document: Document) -> bool:
    """True where the command has something to work on."""
    if id == "rename":
        return len(document.selection) == 1
    if id == "delete":
        return bool(document.selection or document.selected_wires)
    if id in NEED_NODES:
        return bool(document.selection)
    if id in LEAST:
        return enough(id, document)
    return bool(document.graph.nodes) or id not in NEED_NETWORK
