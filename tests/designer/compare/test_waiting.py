"""Long work leaves the window alive, gives what it made, raises what it raised, and can be given up."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressDialog, QWidget
from pytestqt.qtbot import QtBot

from designer.compare.waiting import waited

NO_KEYS = Qt.KeyboardModifier.NoModifier


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


def nothing_goes_on() -> bool:
    return not any(thread.name == "aside" for thread in threading.enumerate())


def shown() -> list[QProgressDialog]:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, QProgressDialog)]
    return [one for one in found if one.isVisible()]


def when_shown(call: Callable[[QProgressDialog], object]) -> None:
    """Calls this once the dialog can be seen."""
    if dialogs := shown():
        call(dialogs[0])
    else:
        QTimer.singleShot(20, lambda: when_shown(call))


def test_the_dialog_is_shown_after_a_moment(parent: QWidget) -> None:
    """Qt's own default is four seconds, which a value before the duration does not change."""
    seen = threading.Event()
    QTimer.singleShot(0, lambda: when_shown(lambda _: seen.set()))
    assert waited(parent, "Comparing…", lambda: seen.wait(3.5)) is True


def test_work_is_given_up_with_an_escape_that_is_no_shortcut(parent: QWidget, qtbot: QtBot) -> None:
    """A dialog that is not yet the active window gets the key itself."""
    free = threading.Event()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, NO_KEYS)
    QTimer.singleShot(0, lambda: when_shown(lambda dialog: QApplication.sendEvent(dialog, key)))
    assert waited(parent, "Comparing…", lambda: free.wait(20)) is None
    free.set()
    qtbot.waitUntil(nothing_goes_on)


def test_work_is_given_up_with_escape(parent: QWidget, qtbot: QtBot) -> None:
    free, over = threading.Event(), threading.Event()

    def give_up() -> None:
        """Until it is taken: a dialog takes keys only once it is the active window."""
        if over.is_set():
            return
        for dialog in shown():
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        QTimer.singleShot(20, give_up)

    QTimer.singleShot(20, give_up)
    assert waited(parent, "Comparing…", lambda: free.wait(20)) is None
    over.set()
    free.set()
    qtbot.waitUntil(nothing_goes_on)
