"""Windows that are used and then end, each in a process of its own and in its own way.

Run as `python -m tests.recovery.ends TIMES WAY…`: imports everything once, forks a process for each end, and prints a
line of JSON with the exit codes of each way; negative is the number of the signal that a process died of.
"""

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from designer.aside import Aside
from designer.canvas import clipboard, commands
from designer.picturing.wish import Wish, mime
from designer.window import app
from designer.window.ahead import _steps
from designer.window.main_window import MainWindow
from designer.workers import Workers
from engine.graph import Place
from engine.project.starters import make_starter
from tests.benchmarks.canvas_window import chain, project
from tests.benchmarks.random_edits import RandomEdits

EDITS = 5
PATIENCE_SECONDS = 30


def main(times: int, names: list[str]) -> int:
    Workers.warm = lambda self: None  # type: ignore[method-assign]  # no training here
    for read in _steps(()):  # once for all
        read()
    codes = {name: [ended(name, seed) for seed in range(times)] for name in names}
    print(json.dumps(codes), flush=True)
    return 0


def ended(name: str, seed: int) -> int:
    """How the process of a window went that ended in this way."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.alarm(PATIENCE_SECONDS)
    folder = tempfile.mkdtemp(prefix="tensorloom-ends-", dir=os.environ["XDG_DATA_HOME"])
    os.environ.update(XDG_DATA_HOME=folder, XDG_CONFIG_HOME=folder)
    try:
        WAYS[name](seed)
    except RuntimeError:
        sys.exit(1)
    raise AssertionError("it has not ended")


def used(window: MainWindow, seed: int) -> None:
    """A person has worked in it: layers, blocks, a note, undo, and both kinds of copies."""
    window.files.begin(make_starter("mnist-cnn"))
    window.spaces.show_space("design")
    window.commands["show_outline"].trigger()
    window.commands["show_code"].trigger()
    person = RandomEdits(window.document, seed, window.design.canvas)
    for _ in range(EDITS):
        person.step()
        QApplication.processEvents()
    commands.add(window.document, "relu", Place(0, 0))
    QGuiApplication.clipboard().setMimeData(mime(window.document, Wish(scale=1)))
    if seed % 2:
        window.document.select(window.document.graph.nodes)
        clipboard.copy(window.document)


def made() -> MainWindow:
    """The window as a script makes it: nothing runs, nothing ends it."""
    app.make_application()
    window = app.make_window(None)
    window.show()
    QApplication.processEvents()
    return window


def left_open(seed: int) -> None:
    """A script that comes to its end with the window open."""
    made.window = window = made()  # type: ignore[attr-defined]
    used(window, seed)
    sys.exit(0)


def let_go(seed: int) -> None:
    """The only name of the window goes before the program does."""
    used(made(), seed)
    sys.exit(0)


def failed(seed: int) -> None:
    """A script that fails: its frames hold the window until the very end."""
    window = made()
    used(window, seed)
    raise RuntimeError(window)


def running(end: Callable[[MainWindow], object]) -> Callable[[int], None]:
    """The program as it is started by a person, with an end that comes while it runs."""

    def way(seed: int) -> None:
        make = app.make_window

        def made_and_used(path: object) -> MainWindow:
            window = make(None)

            def work() -> None:
                used(window, seed)
                QTimer.singleShot(seed, lambda: end(window))

            window.painted.connect(work)
            return window

        app.make_window = made_and_used
        sys.exit(app.run([]))

    return way


def close(window: MainWindow) -> None:
    window.may_close = lambda: True
    window.close()


def quit_all(window: MainWindow) -> None:
    window.may_close = lambda: True
    QApplication.quit()


def amid_work(window: MainWindow) -> None:
    """A layout runs in a process, a thread works, a card is dragged, a question stands open: the session ends."""
    window.document.start(project(chain(300)))
    canvas = window.design.canvas
    canvas.arranger.start(None)
    Aside(window).start(lambda: sum(range(3_000_000)))
    at = canvas.stage.mapFromScene(canvas.stage.drawing.nodes["conv0"].card().center())
    QTest.mousePress(canvas.stage.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(canvas.stage.viewport(), at + QPoint(40, 40))
    QTimer.singleShot(10, lambda: os.kill(os.getpid(), signal.SIGTERM))
    QMessageBox.question(window, "", "?")


def leave_at_once(window: MainWindow) -> None:
    """Within what Qt calls: Python ends the process there and then."""
    sys.exit(0)


WAYS: dict[str, Callable[[int], None]] = {
    "left open": left_open,
    "let go": let_go,
    "failed": failed,
    "closed": running(close),
    "quit": running(quit_all),
    "Ctrl+C": running(lambda window: os.kill(os.getpid(), signal.SIGINT)),
    "amid work": running(amid_work),
    "at once": running(leave_at_once),
}

if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:] or list(WAYS)))
