"""Why a command cannot be given now: said beside it in the command palette."""

from designer.document import Document
from designer.order.commands import LEAST
from designer.training.blocked import why_blocked
from designer.window.canvas_commands import NEED_NETWORK, NEED_NODES
from designer.window.main_window import MainWindow
from engine.text import Text, say, text, tr

ONE_NODE = {"rename", "edit_parameters"}
ONE_BLOCK = {"enter_block", "unpack", "make_unique"}
NEXT = {"find_next", "find_previous"}
FIXED: dict[str, Text] = {
    "undo": text("Nothing was changed yet."),
    "redo": text("Nothing was undone."),
    "next_problem": text("There are no problems."),
    "previous_problem": text("There are no problems."),
    "fix_problem": text("No problem here has a fix."),
    "stop": text("Nothing is being trained."),
    "delete": text("Select a layer or a wire first."),
    "leave_block": text("You are in the network, not in a block."),
    "recover": text("There is nothing to recover."),
    "compare_saved": text("This project was not saved yet."),
}


def why_not(window: MainWindow, id: str) -> str:
    """Why this command, which is disabled, can do nothing now."""
    document: Document = window.document
    drawn = {*window.design.canvas.actions_by_id, "find", *NEXT} - {"undo", "redo"}
    if id in drawn and window.spaces.current != "design":
        return tr("Only in the Design workspace.")
    if id == "train":
        reason = why_blocked(document, training=False)
        return say(reason or text("A run is being trained. Stop it first, or wait for its end."))
    if id in FIXED:
        return say(FIXED[id])
    if not document.graph.nodes or id in NEED_NETWORK:
        return tr("Nothing is drawn yet.")
    if id in NEXT:
        return tr("Nothing is looked for yet: use Find first.")
    if id in ONE_BLOCK:
        return tr("Select one block first.")
    if id in LEAST:
        return tr("Select {count} layers or more first.", count=LEAST[id])
    if id in ONE_NODE:
        return tr("Select one layer first.")
    if id in NEED_NODES or not document.selection:
        return tr("Select a layer first.")
    return tr("Not with what is selected.")
