"""What the command palette lists: every command with its keys, fixes, every layer to add, every node to go to."""

from collections.abc import Iterator
from functools import partial

from designer.annotations.painting import rectangle
from designer.annotations.remarks import Spot
from designer.blocks.kinds import layer_of, offered
from designer.canvas import commands as drawing
from designer.keyboard.keymap import keymap, shown
from designer.keyboard.reasons import why_not
from designer.window.bottom_wiring import show_node
from designer.window.command_palette import Entry
from designer.window.commands import BREAK, MENUS, Command, plain_title
from designer.window.main_window import MainWindow
from designer.window.settings import recent_files
from engine.check.report import Suggestion
from engine.text import Failure, say, tr

FIXES = 20


def entries(window: MainWindow) -> list[Entry]:
    """Everything that can be called now."""
    return [*_commands(window), *_fixes(window), *_layers(window), *_nodes(window), *_remarks(window), *_files(window)]


def _commands(window: MainWindow) -> Iterator[Entry]:
    for title, group in MENUS.items():
        for command in group:
            if command is not BREAK and command.id != "commands":
                yield _command(window, command, say(command.under or title).replace("&", ""))


def _command(window: MainWindow, command: Command, group: str) -> Entry:
    action = window.commands[command.id]
    keys = ", ".join(shown(key) for key in keymap.keys(command.id))
    why = "" if action.isEnabled() else why_not(window, command.id)
    return Entry(plain_title(action), group, keys, action.trigger, not why, id=command.id, why=why)


def _fixes(window: MainWindow) -> Iterator[Entry]:
    """What mends the problems of the selected nodes; of all, where none is selected."""
    document = window.document
    problems = [p for p in document.report.problems if not document.selection or p.node in document.selection]
    found = [(problem, fix) for problem in problems for fix in problem.fixes]
    for problem, fix in found[:FIXES]:
        words = f"{say(fix.title)} — {problem.node}" if problem.node else say(fix.title)
        yield Entry(words, tr("Fixes"), "", partial(_mend, window, fix), also=say(problem.text))


def _mend(window: MainWindow, fix: Suggestion) -> None:
    try:
        drawing.mend(window.document, fix)
    except (Failure, KeyError):
        window.status.showMessage(tr("This fix no longer fits the drawing."))


def _layers(window: MainWindow) -> Iterator[Entry]:
    for id, cls in offered(window.document).items():
        about = cls.about
        words = " ".join((about.id, *about.also))
        title = tr("Add {layer}", layer=about.title)
        yield Entry(title, tr(about.family), "", partial(_add, window, id), also=words, id=f"add {id}")


def _add(window: MainWindow, id: str) -> None:
    window.spaces.show_space("design")
    show_node(window, drawing.add_below(window.document, layer_of(window.document, id)))


def _nodes(window: MainWindow) -> Iterator[Entry]:
    for name in window.document.graph.nodes:
        yield Entry(tr("Go to {node}", node=name), tr("Nodes"), "", partial(show_node, window, name))


def _remarks(window: MainWindow) -> Iterator[Entry]:
    """Frames, notes and bookmarks to go to."""
    from designer.annotations.markdown import first_line

    canvas, held = window.design.canvas, window.document.graph.annotations
    for id, frame in held.frames.items():
        go = partial(canvas.remarks.go, Spot("frames", id))
        yield Entry(tr("Go to frame {title}", title=frame.title), tr("Frames"), "", go)
    for id, note in held.notes.items():
        go = partial(canvas.remarks.go, Spot("notes", id))
        first = first_line(note.text) or id
        yield Entry(tr("Go to note {title}", title=first[:60]), tr("Notes"), "", go, also=note.text)
    for bookmark in held.bookmarks.values():
        show = partial(canvas.remarks.show_box, rectangle(bookmark.box))
        yield Entry(tr("Go to bookmark {title}", title=bookmark.title), tr("Bookmarks"), "", show)


def _files(window: MainWindow) -> Iterator[Entry]:
    for path in recent_files():
        words = tr("Open {file}", file=path.name)
        yield Entry(words, tr("Recent files"), "", partial(window.files.open, path), also=str(path))
