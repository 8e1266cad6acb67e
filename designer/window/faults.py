"""Faults of ours: said in a sentence, kept in the log, and the window goes on."""

import sys
import traceback
from types import TracebackType

from designer.window.main_window import MainWindow
from engine.text import tr

SHOWN_MS = 15_000


def catch_faults(window: MainWindow) -> None:
    """From now on an exception that nobody caught is told in the status line and written into the log."""

    def told(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        lines = "".join(traceback.format_exception(kind, fault, trace)).splitlines()
        window.workers.lines.extend(lines)
        for line in lines:
            window.workers.log.emit(line)
        sys.__stderr__.write("\n".join(lines) + "\n") if sys.__stderr__ else None
        words = tr("Something went wrong inside Tensorloom ({kind}). The log has the details.", kind=kind.__name__)
        window.status.showMessage(words, SHOWN_MS)

    sys.excepthook = told
