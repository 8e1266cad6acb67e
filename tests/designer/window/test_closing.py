"""A closed window goes whole: nothing of it is held by what outlives it, nor by its own connections."""

import gc
import weakref

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.window.appearance import Appearance
from designer.window.main_window import MainWindow
from designer.window.wiring import wire

USED = (
    "design",
    "select_all",
    "show_outline",
    "show_code",
    "find",
    "group",
    "undo",
    "arrange",
    "training",
    "design",
    "show_log",
    "next_panel",
    "theme_light",
    "theme_dark",
)


def parts(window: MainWindow) -> dict[str, object]:
    """What a window is made of."""
    design = window.design
    return {
        "window": window,
        "document": window.document,
        "history": window.document.undo_stack,
        "canvas": design.canvas,
        "scene": design.canvas.stage.drawing,
        "palette": design.palette_panel,
        "inspector": design.inspector,
        "code": design.code,
        "outline": design.outline,
        "files": window.files,
    }


def used_and_closed(qtbot: QtBot) -> dict[str, "weakref.ref[object]"]:
    """A window in which something was done, closed and taken down; what is left of it."""
    window = MainWindow()
    wire(window, Appearance())
    window.show()
    qtbot.waitExposed(window)
    window.spaces.get("welcome").cards["mnist-cnn"].click()  # type: ignore[attr-defined]
    for id in USED:
        window.commands[id].trigger()
        QApplication.processEvents()
    left = {name: weakref.ref(part) for name, part in parts(window).items()}
    window.may_close = lambda: True
    window.close()
    shiboken6.delete(window)
    return left


def test_nothing_is_left_of_a_closed_window(qtbot: QtBot, nothing_leaks: None) -> None:
    left = used_and_closed(qtbot)
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        gc.collect()
    assert [name for name, part in left.items() if part() is not None] == []
