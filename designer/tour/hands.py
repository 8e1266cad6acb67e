"""The hands of the tour: mouse and keys, posted to the windows as the system would."""

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTabBar, QWidget

from designer.tour.script import Broken, Do, Rest, Steps, Until
from engine.text import text

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_ALT = CTRL | Qt.KeyboardModifier.AltModifier
STRIDES = 8

WidgetT = TypeVar("WidgetT", bound=QWidget)


def click(widget: QWidget, at: QPoint | None = None) -> Steps:
    """A click on a widget, in its middle if not told where."""
    yield Until(lambda: widget.isVisible() and widget.isEnabled(), f"{type(widget).__name__} to click")
    yield from _glide(widget, _middle(widget, at), _middle(widget, at))
    yield Do(lambda: QTest.mouseClick(_window(widget), LEFT, NONE, _place(widget, _middle(widget, at))))
    yield Rest(0.02)


def click_tab(bar: QTabBar, index: int) -> Steps:
    """A click on a tab."""
    yield from click(bar, bar.tabRect(index).center())


def drag(source: QWidget, start: QPoint, target: QWidget, end: QPoint) -> Steps:
    """Presses at one place, moves to another in strides, and lets go there."""
    last = target.mapToGlobal(end)
    yield from _glide(source, start, start)
    yield Do(lambda: QTest.mousePress(_window(source), LEFT, NONE, _place(source, start)))
    first = source.mapToGlobal(start)
    for stride in range(1, STRIDES + 1):
        here = first + (last - first) * (stride / STRIDES)
        yield Do(lambda here=here: QTest.mouseMove(_window(source), _window(source).mapFromGlobal(here)))  # type: ignore[misc]
    yield Rest(0.03)
    yield Do(lambda: QTest.mouseRelease(_window(source), LEFT, NONE, _window(source).mapFromGlobal(last)))
    yield Rest(0.03)


def wheel(widget: QWidget, at: QPoint, notches: int) -> Steps:
    """Turns the wheel with Ctrl held: zoom."""
    for _ in range(abs(notches)):
        turn = QPoint(0, 120 if notches > 0 else -120)
        yield Do(lambda turn=turn: QTest.wheelEvent(_window(widget), _place(widget, at), turn, stateKey=CTRL))  # type: ignore[misc]
        yield Rest(0.02)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> Steps:
    """A key, to whichever window has the focus."""
    yield Until(QGuiApplication.focusWindow, "window in focus")
    yield Do(lambda: QTest.keyClick(_focus(), key, modifiers))
    yield Rest(0.02)


def write(words: str) -> Steps:
    """Types words into what has the focus."""
    yield Until(QGuiApplication.focusWindow, "window in focus")
    for letter in words:
        yield Do(lambda letter=letter: QTest.keyClick(_focus(), letter))  # type: ignore[misc]


def fill(field: QLineEdit, words: str) -> Steps:
    """Puts words into a field in place of what is there."""
    yield from click(field)
    yield from press(Qt.Key.Key_A, CTRL)
    yield from write(words)
    yield from press(Qt.Key.Key_Tab)


def found(window: QWidget, kind: type[WidgetT]) -> WidgetT:
    """The one widget of a kind in a window."""
    widget = window.findChild(kind)
    if widget is None:
        raise Broken(text("there is no {kind}.", kind=kind.__name__))
    return widget


def _glide(widget: QWidget, start: QPoint, end: QPoint) -> Steps:
    for here in {(start.x(), start.y()), (end.x(), end.y())}:
        yield Do(lambda here=here: QTest.mouseMove(_window(widget), _place(widget, QPoint(*here))))  # type: ignore[misc]


def _middle(widget: QWidget, at: QPoint | None) -> QPoint:
    return at if at is not None else widget.rect().center()


def _window(widget: QWidget) -> QWindow:
    window = widget.window().windowHandle()
    assert window is not None
    return window


def _place(widget: QWidget, at: QPoint) -> QPoint:
    return widget.mapTo(widget.window(), at)


def _focus() -> QWindow:
    window = QGuiApplication.focusWindow()
    assert window is not None
    return window
