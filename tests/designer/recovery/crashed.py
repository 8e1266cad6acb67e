"""What a window that crashed leaves, and what the next one shows of it."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from designer.document import Document
from designer.recovery.dialog import RecoveryDialog
from designer.recovery.wiring import Recovery
from designer.window.appearance import Appearance
from designer.window.main_window import MainWindow
from designer.window.wiring import wire
from engine.graph.edits import remove
from engine.project.file import fingerprint
from engine.project.journal import shelf
from engine.project.journal.group import Head
from engine.project.journal.image import Image
from engine.project.journal.reading import JOURNAL, recover
from engine.project.journal.writing import Writing
from engine.project.project import Project
from engine.text import text


def window_of(qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    window.appearance = Appearance()  # type: ignore[attr-defined]
    wire(window, window.appearance)  # type: ignore[attr-defined]
    window.resize(1024, 700)
    return window


def dialogs() -> list[RecoveryDialog]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, RecoveryDialog)]


def shown(qtbot: QtBot) -> RecoveryDialog:
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in dialogs()), timeout=20_000)
    return next(dialog for dialog in dialogs() if dialog.isVisible())


def answered(button: str = "") -> list[str]:
    """Clicks this button, or the first, of the question that will stand open, and gives what that says."""
    said: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(10, answer)
            return
        said.append(box.text())
        next(one for one in box.buttons() if button in ("", one.text())).click()

    QTimer.singleShot(0, answer)
    return said


def journal_of(window: MainWindow) -> Recovery:
    found = window.findChild(Recovery)
    assert isinstance(found, Recovery)
    return found


def kept(window: MainWindow) -> Project | None:
    """What is in the journals of this user, those of living windows too."""
    assert journal_of(window).recorder.journal.flush()
    root = shelf.roots()[0]
    folders = [folder for folder in root.iterdir() if (folder / JOURNAL).is_file()] if root.is_dir() else []
    return recover(folders[0]).project if folders else None


def leave(project: Project, path: Path | None = None, title: str = "") -> Path:
    """What a crashed window leaves."""
    head = Head(str(path) if path else "", title, fingerprint(path) if path else "", 1.0, 1)
    writing = Writing(shelf.roots()[0], head)
    writing.write(Image().take(project))
    writing.release()
    return writing.folder


def changed(project: Project) -> Project:
    """The project without its last node."""
    return project.with_graph(remove(project.graph, [list(project.graph.nodes)[-1]]))


def edit(document: Document) -> None:
    document.edit(text("delete"), changed(document.project).graph)
