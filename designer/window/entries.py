"""What the command palette lists: every command with its keys, every layer to add, every node to go to."""

from collections.abc import Iterator
from functools import partial

from designer.blocks.kinds import layer_of, offered
from designer.canvas import commands as drawing
from designer.window.bottom_wiring import show_node
from designer.window.command_palette import Entry
from designer.window.commands import BREAK, MENUS, keys_of, plain_title
from designer.window.main_window import MainWindow
from designer.window.settings import recent_files
from engine.text import say, tr


def entries(window: MainWindow) -> list[Entry]:
    """Everything that can be called now."""
    return [*_commands(window), *_layers(window), *_nodes(window), *_files(window)]


def _commands(window: MainWindow) -> Iterator[Entry]:
    for title, group in MENUS.items():
        for command in group:
            if command is not BREAK and command.id != "commands":
                action = window.commands[command.id]
                menu = say(title).replace("&", "")
                yield Entry(plain_title(action), menu, keys_of(action), action.trigger, action.isEnabled())


def _layers(window: MainWindow) -> Iterator[Entry]:
    for id, cls in offered(window.document).items():
        about = cls.about
        words = " ".join((id, *about.also))
        yield Entry(tr("Add {layer}", layer=about.title), tr(about.family), "", partial(_add, window, id), also=words)


def _add(window: MainWindow, id: str) -> None:
    window.spaces.show_space("design")
    show_node(window, drawing.add_below(window.document, layer_of(window.document, id)))


def _nodes(window: MainWindow) -> Iterator[Entry]:
    for name in window.document.graph.nodes:
        yield Entry(tr("Go to {node}", node=name), tr("Nodes"), "", partial(show_node, window, name))


def _files(window: MainWindow) -> Iterator[Entry]:
    for path in recent_files():
        words = tr("Open {file}", file=path.name)
        yield Entry(words, tr("Recent files"), "", partial(window.files.open, path), also=str(path))
