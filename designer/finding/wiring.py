"""The commands that find layers."""

from designer.finding.bar import FindBar
from designer.window.main_window import MainWindow


def wire_finding(window: MainWindow) -> None:
    """Connects the commands. They hold where the canvas is seen."""
    document, canvas, commands = window.document, window.design.canvas, window.commands
    bar = FindBar(document, canvas)
    commands.on("find", bar.open)
    commands.on("find_next", lambda: bar.step(1))
    commands.on("find_previous", lambda: bar.step(-1))

    def allow() -> None:
        here = window.spaces.current == "design"
        commands["find"].setEnabled(here and bool(document.graph.nodes))
        for id in ("find_next", "find_previous"):
            commands[id].setEnabled(here and bool(bar.field.text().strip()))

    document.changed.connect(lambda _: allow())
    bar.field.textChanged.connect(lambda _: allow())
    window.spaces.shown.connect(lambda _: allow())
    allow()
