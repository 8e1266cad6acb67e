"""The flow of the drawing as the window's menus say it."""

from designer.order.commands import FLOWS
from designer.window.main_window import MainWindow


def wire_flow(window: MainWindow) -> None:
    """Checks the command of the flow that the drawing shown has, whatever was clicked."""
    document, commands = window.document, window.commands

    def show(_: object = None) -> None:
        for flow in FLOWS:
            commands[f"flow_{flow}"].setChecked(document.graph.flow == flow)

    for flow in FLOWS:
        commands.on(f"flow_{flow}", show)
    document.changed.connect(show)
    show()
