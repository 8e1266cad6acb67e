"""Starting the window: application, look, window, first paint; then what may wait until after it."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from designer.garbage import Collector
from designer.recovery.wiring import leave_work
from designer.theme.emblem import emblem
from designer.theme.style import dress
from designer.window.ahead import Ahead
from designer.window.appearance import Appearance
from designer.window.ending import end_from_outside
from designer.window.faults import catch_faults
from designer.window.main_window import MainWindow
from designer.window.wiring import wire
from engine import __version__
from engine.text import tr


def run(arguments: Sequence[str]) -> int:
    """Opens the window, with a file where one is named, and stays until it is closed. Returns the exit code."""
    if reason := no_display():
        print(reason, file=sys.stderr)
        return 1
    application = make_application()
    window = make_window(Path(arguments[0]).absolute() if arguments else None)
    catch_faults(window)
    window.show()
    end_from_outside(application, window)
    status = application.exec()
    leave(window)
    return status


def leave(window: MainWindow) -> None:
    """Ends what the window keeps running. What is taken down after this tells nobody of it."""
    leave_work(window)
    window.workers.close()
    window.document.undo_stack.blockSignals(True)


def no_display() -> str:
    """Why no window can be opened on this machine; empty where one can. Qt itself would end the process."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    return tr("There is no display to open the window on. `tensorloom --help` lists what can be done without one.")


def make_application() -> QApplication:
    """The application, named and dressed; from now on garbage is searched for in its thread alone."""
    application = QApplication(sys.argv[:1])
    Collector(application)
    application.setApplicationName("Tensorloom")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("tensorloom")
    application.setWindowIcon(emblem())
    return application


def make_window(path: Path | None) -> MainWindow:
    """The window with all its parts connected; the file is opened when the window can be seen."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    appearance = Appearance()
    dress(application)
    window = MainWindow()
    wire(window, appearance)
    window.restore()
    window.painted.connect(window.workers.warm)
    window.painted.connect(Ahead(window, window.design.palette_side.panel, window.design.inspector_side.panel).start)
    if path is not None:
        window.spaces.show_space("design")
        window.painted.connect(lambda: window.files.open(path))
    return window
