"""The end that comes from outside: Ctrl+C, a closed terminal, the end of the session. Nobody is asked, nothing is lost.

What is unsaved lies in the journal, and is offered at the next start.
"""

import signal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from designer.recovery.wiring import keep_work
from designer.window.main_window import MainWindow

HEARTBEAT_MS = 250
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def end_from_outside(application: QApplication, window: MainWindow) -> None:
    """Has the program end at the system's word, also while a question stands open. A timer lets Python see signals."""
    for name in SIGNALS:
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, lambda number, _: application.exit(128 + number))
    beat = QTimer(window, interval=HEARTBEAT_MS)
    beat.timeout.connect(lambda: None)
    beat.start()
    application.commitDataRequest.connect(lambda _: keep_work(window))
