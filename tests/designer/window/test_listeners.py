"""What listens to what lasts does so once, however long the window is used."""

from collections import Counter

from PySide6.QtCore import SIGNAL, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.canvas import commands
from designer.theme import theme
from designer.window.main_window import MainWindow
from engine.graph import Place

ROUNDS = 10


def listeners(senders: list[QObject]) -> Counter[str]:
    """How many each signal has."""
    found: Counter[str] = Counter()
    for index, sender in enumerate(senders):
        about = sender.metaObject()
        for number in range(about.methodCount()):
            method = about.method(number)
            if method.methodType() == method.MethodType.Signal:
                signature = bytes(method.methodSignature().data()).decode()
                found[f"{index} {sender.objectName()} {signature}"] = sender.receivers(SIGNAL(signature))
    return found


def edited(window: MainWindow) -> None:
    """Edits, undo and redo: each changes what the buttons of both say."""
    document = window.document
    for number in range(ROUNDS):
        commands.add(document, "conv2d" if number % 2 else "relu", Place(0, 96 * number))
        document.select(document.graph.nodes)
        document.undo()
        QApplication.processEvents()
        document.redo()
        document.select(())
        QApplication.processEvents()


def test_edits_make_no_listeners(qtbot: QtBot, window: MainWindow) -> None:
    window.spaces.show_space("design")
    edited(window)
    senders = [*window.commands, window.document, window.document.undo_stack, theme]
    before = listeners(senders)
    edited(window)
    assert listeners(senders) - before == Counter()
