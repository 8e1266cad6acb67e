"""Train from the top bar: the workspace opens, the run goes on, closing asks; the device is told."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from designer.window.appearance import Appearance
from designer.window.bottom_wiring import LOG, RUNS
from designer.window.main_window import MainWindow
from designer.window.top_bar import TopBar
from designer.window.wiring import wire
from designer.workers import Workers
from engine.project.starters import make_starter

STAND_IN = Path(__file__).parents[1] / "workers" / "stand_in.py"


@pytest.fixture
def window(qtbot: QtBot, nothing_leaks: None) -> Iterator[MainWindow]:
    """The window with a stand-in for the worker, whose training goes on until it is stopped."""
    workers = Workers(command=[sys.executable, str(STAND_IN)])
    window = MainWindow(workers=workers)
    appearance = Appearance()
    wire(window, appearance)
    window.show()
    qtbot.waitExposed(window)
    window.files.begin(make_starter("digits"), "digits")
    yield window
    window.may_close = lambda: True
    window.close()
    window.deleteLater()
    workers.deleteLater()
    appearance.deleteLater()


def answer(button: str) -> None:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    found = next(b for b in box.buttons() if b.text() == button)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def test_train_opens_the_workspace_and_stop_ends_the_run(window: MainWindow, qtbot: QtBot) -> None:
    assert window.top.train.isEnabled()
    qtbot.mouseClick(window.top.train, Qt.MouseButton.LeftButton)
    assert window.spaces.current == "training"
    assert window.spaces.training.training
    assert not window.top.train.isEnabled()
    assert "being trained" in window.top.train.toolTip()
    window.commands["stop"].trigger()
    qtbot.waitUntil(lambda: not window.spaces.training.training)
    assert window.top.train.isEnabled()
    assert not window.commands["stop"].isEnabled()


def test_closing_while_training_asks(window: MainWindow, qtbot: QtBot) -> None:
    window.commands["train"].trigger()
    QTimer.singleShot(0, lambda: answer("Keep training"))
    assert not window.close()
    assert window.isVisible() and window.spaces.training.training
    QTimer.singleShot(0, lambda: answer("Stop and close"))
    assert window.close()


def test_the_device_is_told_when_a_worker_is_ready(window: MainWindow, qtbot: QtBot) -> None:
    before = window.top.search.geometry()
    window.workers.warm()
    qtbot.waitUntil(lambda: window.top.device.text() == "CPU · 2 cores")
    assert window.top.search.geometry() == before


def test_the_room_of_devices_is_that_of_last_time(window: MainWindow) -> None:
    top = window.top
    top.show_devices(["CPU · 2 cores", "NVIDIA H200"])
    later = TopBar(window.commands)
    assert later.device.sizeHint().width() >= top.device.fontMetrics().horizontalAdvance(top.device.text())
    shiboken6.delete(later)


def test_runs_and_log_are_at_the_foot(window: MainWindow) -> None:
    window.commands["show_runs"].trigger()
    assert window.bottom.tabs.currentIndex() == RUNS
    window.commands["show_log"].trigger()
    assert window.bottom.tabs.currentIndex() == LOG
    window.workers.log.emit("a line")
    assert "a line" in window.bottom.page(LOG).page.toPlainText()  # type: ignore[attr-defined]
