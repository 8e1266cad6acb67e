"""Work beside the window: what comes of it, what goes wrong, and giving it up."""

import sys
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QProgressDialog
from pytestqt.qtbot import QtBot

from designer import aside
from designer.aside import Aside, beside, short_turns


def test_what_comes_of_it_is_given_and_what_goes_wrong_is_raised(qtbot: QtBot) -> None:
    assert beside(lambda: threading.current_thread() is threading.main_thread(), "look") is False

    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        beside(fail, "fail")


def test_it_says_that_it_works_and_then_can_be_given_up(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "ASKED_AFTER_MS", aside.SHOWN_AFTER_MS + 50)
    goes_on, seen = threading.Event(), list[object]()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QProgressDialog):
            seen.append(dialog.labelText())
            dialog.cancel()
            return
        if not seen and QGuiApplication.overrideCursor():
            seen.append("busy")
        QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)
    assert beside(lambda: goes_on.wait(60), "count sheep") is None
    assert seen == ["busy", "count sheep…"] and QGuiApplication.overrideCursor() is None
    goes_on.set()


def test_what_comes_later_is_told_in_the_windows_thread(qtbot: QtBot) -> None:
    told: list[tuple[int, bool]] = []
    one = Aside()
    for number in range(5):
        one.start(
            lambda number=number: number,  # type: ignore[misc]
            lambda task: told.append((task.result(), threading.current_thread() is threading.main_thread())),
        )
    qtbot.waitUntil(lambda: len(told) == 5)
    assert sorted(told) == [(number, True) for number in range(5)]


def test_nothing_is_told_to_what_is_gone(qtbot: QtBot) -> None:
    goes_on, told = threading.Event(), list[object]()
    one = Aside()
    task = one.start(lambda: goes_on.wait(60), told.append)
    one.deleteLater()
    del one
    qtbot.wait(10)
    goes_on.set()
    qtbot.waitUntil(task.done.is_set)
    qtbot.wait(20)
    assert told == []


def test_turns_are_short_until_the_last_has_ended() -> None:
    usual = sys.getswitchinterval()
    first, second = short_turns(), short_turns()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert sys.getswitchinterval() < usual
    second.__exit__(None, None, None)
    assert sys.getswitchinterval() == usual
