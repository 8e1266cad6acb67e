"""Long work leaves the window alive, gives what it made, raises what it raised, and can be given up."""

import threading

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressDialog, QWidget
from pytestqt.qtbot import QtBot

from designer.compare import waiting
from designer.compare.waiting import waited


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_the_window_lives_while_work_is_done(parent: QWidget) -> None:
    beaten = threading.Event()
    QTimer.singleShot(0, beaten.set)
    assert waited(parent, "Comparing…", lambda: beaten.wait(20)) is True


def test_what_work_raises_is_raised(parent: QWidget) -> None:
    def fail() -> None:
        raise KeyError("conv1")

    with pytest.raises(KeyError):
        waited(parent, "Comparing…", fail)


def test_work_is_given_up_with_escape(parent: QWidget, qtbot: QtBot) -> None:
    free, over = threading.Event(), threading.Event()

    def give_up() -> None:
        """Until it is taken: a dialog takes keys only once it is the active window."""
        if over.is_set():
            return
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QProgressDialog) and dialog.isVisible():
                QTest.keyClick(dialog, Qt.Key.Key_Escape)
        QTimer.singleShot(20, give_up)

    QTimer.singleShot(20, give_up)
    assert waited(parent, "Comparing…", lambda: free.wait(20)) is None
    over.set()
    free.set()
    qtbot.waitUntil(lambda: not waiting._given_up)
