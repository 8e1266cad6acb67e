"""Which part carries out which command, and who is told of what: the threads between the parts of the window."""

from pathlib import Path

from PySide6.QtCore import QTimer

from designer.canvas.first_look import first_look
from designer.compare.wiring import wire_compare
from designer.disk.wiring import wire_disk
from designer.finding.wiring import wire_finding
from designer.gallery.wiring import wire_gallery
from designer.keyboard.wiring import wire_keyboard
from designer.order.wiring import wire_flow
from designer.picturing.wiring import wire_picturing
from designer.preparing import Preparing
from designer.recovery.wiring import wire_recovery
from designer.window.appearance import Appearance
from designer.window.bottom_wiring import wire_bottom
from designer.window.canvas_commands import wire_canvas
from designer.window.command_palette import CommandPalette
from designer.window.entries import entries
from designer.window.help import wire_help
from designer.window.main_window import MainWindow
from designer.window.menus import fill_menus, fill_project_menu
from designer.window.training import wire_training
from designer.window.view import wire_spaces, wire_view
from designer.window.welcome import Welcome
from engine.project import starters
from engine.text import tr

TURN_MS = 1  # a time of 0 is no turn: Qt calls at once, before it looks at input and timers


def wire(window: MainWindow, appearance: Appearance) -> None:
    """Connects everything, once."""
    _wire_menus(window)
    _wire_files(window)
    _wire_history(window)
    wire_canvas(window)
    Preparing(window.document, lambda: [window.design.canvas.stage.drawing.ahead])
    wire_flow(window)
    wire_finding(window)
    wire_gallery(window)
    wire_picturing(window)
    wire_bottom(window)
    wire_training(window)
    wire_view(window, appearance)
    wire_help(window)
    wire_spaces(window)
    wire_compare(window)
    wire_disk(window)
    wire_recovery(window)
    wire_keyboard(window)


def _wire_menus(window: MainWindow) -> None:
    for bar in (window.menuBar(), window.top.menus.menu()):
        fill_menus(bar, window.commands, window.files.open)
    fill_project_menu(window.top.project.menu(), window.commands, window.files.open)
    palette = CommandPalette(window, lambda: entries(window))
    window.commands.on("commands", palette.open)


def _wire_files(window: MainWindow) -> None:
    files, commands = window.files, window.commands
    welcome = Welcome(commands)
    window.spaces.put("welcome", welcome)
    welcome.begun.connect(lambda id: begin(window, id))
    welcome.opened.connect(files.open)
    commands.on("open", files.choose)
    commands.on("recent", lambda: window.top.project.showMenu())
    commands.on("save", files.start_saving)
    commands.on("save_as", files.start_saving_as)
    commands.on("save_code", lambda: save_code(window))
    commands.on("quit", window.close)
    files.opened.connect(window.status.forget_saved)
    files.opened.connect(lambda: _show_drawing(window))
    files.opened.connect(welcome.refresh)
    files.kept.connect(window.status.note_saved)
    files.kept.connect(welcome.refresh)
    window.design.save_code.connect(commands["save_code"].trigger)
    window.document.moved_to.connect(lambda _: _show_title(window))
    window.document.undo_stack.cleanChanged.connect(lambda _: _show_title(window))
    files.opened.connect(lambda: _show_title(window))
    _show_title(window)


def _show_drawing(window: MainWindow) -> None:
    """Shows what was opened from its beginning; painted once, in a turn of its own after all that was told of it."""
    canvas = window.design.canvas
    canvas.stage.viewport().setUpdatesEnabled(False)
    window.spaces.show_space("design")

    def show() -> None:
        canvas.show_start()  # by now it has its size
        first_look(canvas.stage, lambda: canvas.stage.viewport().setUpdatesEnabled(True))

    QTimer.singleShot(TURN_MS, window, show)


def begin(window: MainWindow, id: str) -> None:
    """Starts a project from a starter."""
    starter = next(starter for starter in starters.STARTERS if starter.id == id)
    window.files.begin(starters.make_starter(id), starter.id)


def save_code(window: MainWindow) -> None:
    """Asks where to, and writes the network as Python."""

    def write(path: Path) -> None:
        path.write_text(window.design.code.source(), "utf-8")

    filters = tr("Python source (*.py)")
    _tell_saved(window, window.files.write(tr("Save as Python"), f"{window.files.name}.py", filters, write))


def _tell_saved(window: MainWindow, path: Path | None) -> None:
    if path:
        window.status.showMessage(tr("Saved {file}", file=path.name), 5000)


def _show_title(window: MainWindow) -> None:
    modified = window.document.modified
    window.setWindowTitle(f"{window.files.name}[*] — Tensorloom")
    window.setWindowModified(modified)
    window.top.show_project(window.files.name, modified)


def _wire_history(window: MainWindow) -> None:
    stack, commands = window.document.undo_stack, window.commands
    commands.on("undo", window.document.undo)
    commands.on("redo", window.document.redo)
    for changed in (stack.undoTextChanged, stack.redoTextChanged, stack.indexChanged):
        changed.connect(lambda _: _show_history(window))
    _show_history(window)


def _show_history(window: MainWindow) -> None:
    """Undo says what it undoes: "Undo connect conv1 → relu1"."""
    stack = window.document.undo_stack
    undo, redo = window.commands["undo"], window.commands["redo"]
    undo.setText(tr("Undo {step}", step=stack.undoText()).strip().replace("&", "&&"))
    redo.setText(tr("Redo {step}", step=stack.redoText()).strip().replace("&", "&&"))
    undo.setEnabled(stack.canUndo())
    redo.setEnabled(stack.canRedo())
