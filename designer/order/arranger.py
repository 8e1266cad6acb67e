"""Arranging from the canvas: small drawings at once, large ones in a process of their own while the window stays."""

import sys
from collections.abc import Callable, Mapping
from time import monotonic
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QEvent, QObject, QProcess, QProcessEnvironment, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from designer.arranging import laid_out, sheet_of
from designer.aside import Aside, Task, calmly
from designer.order.motion import Glide
from designer.theme.labels import Label
from designer.theme.tokens import FIELD_HEIGHT, STEP
from designer.workers import environment_of_workers
from engine.arranging import effort, places_of
from engine.arranging.work import read_places
from engine.graph import Flow, Graph, Place
from engine.layers import Layer
from engine.text import Text, text, tr

if TYPE_CHECKING:
    from designer.canvas.view import Canvas

MANY = 600  # cards from which on also what stands before and after a layout takes longer than a frame
AT_ONCE = 80  # effort up to which a layout takes less than 50 ms on a slow machine
SHOW_AFTER_MS = 100
TICK_MS = 1000
TITLES: Mapping[Flow, Text] = {"down": text("flow: top to bottom"), "right": text("flow: left to right")}


def _request(graph: Graph[Layer], names: frozenset[str] | None, flow: Flow | None) -> bytes:
    """What the layout's process is asked."""
    return calmly(lambda: msgspec.json.encode(sheet_of(graph, names, flow)))


def command() -> list[str]:
    """How this program starts the layout: from source by module, in a frozen build as a command of itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "lay-out"]
    return [sys.executable, "-m", "engine.arranging.work"]


class Arranger(QObject):
    """Lays the drawing out, or what is selected of it, as one step. Escape, or another drawing, gives it up.

    `ended` comes when a layout has come to its end: with True where it was taken.
    """

    ended = Signal(bool)

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self._canvas, self._document = canvas, canvas.document
        self._glide = Glide(canvas.document, canvas.stage.drawing, self)
        self._glide.arrived.connect(canvas.minimap.renew)
        self._process: QProcess | None = None
        self._aside = Aside(self)
        self._request: Task[bytes] | None = None
        self._flow: Flow | None = None
        self._bar: Working | None = None
        self._later = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._later.timeout.connect(self._show_bar)
        self._document.went.connect(lambda _: self.cancel())
        self._document.moved_to.connect(lambda _: self.cancel())
        canvas.stage.installEventFilter(self)

    @property
    def running(self) -> bool:
        return self._process is not None or self._request is not None

    def start(self, names: frozenset[str] | None, flow: Flow | None = None) -> None:
        """Lays out these nodes, or all; with `flow`, to flow another way."""
        self.cancel()
        self._flow = flow
        graph = self._document.graph
        if len(graph.nodes if names is None else names) > MANY:
            self._request = self._aside.start(lambda: _request(graph, names, flow), self._asked)
            self._later.start()
            return
        sheet = sheet_of(graph, names, flow)
        if effort(sheet) <= AT_ONCE:
            places = places_of(sheet)
            self._take(lambda: places)
        else:
            self._begin(msgspec.json.encode(sheet))

    def cancel(self) -> None:
        """Gives up the layout in progress; nothing has changed."""
        if self._request:
            self._end()
            self.ended.emit(False)
            return
        process = self._end()
        if process:
            process.finished.disconnect(self._finished)
            process.errorOccurred.disconnect(self._failed)
            process.finished.connect(process.deleteLater)
            process.kill()
            self.ended.emit(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Escape and self.running:  # type: ignore[attr-defined]
            self.cancel()
            return True
        return False

    def _asked(self, task: "Task[bytes]") -> None:
        """It is known what to lay out."""
        if task is self._request:
            self._request = None
            self._begin(task.result())

    def _begin(self, request: bytes) -> None:
        program, *arguments = command()
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in environment_of_workers().items():
            environment.insert(name, value)
        process = self._process = QProcess(self)
        process.setProcessEnvironment(environment)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        process.start(program, arguments)
        process.write(request)
        process.closeWriteChannel()
        if not self._later.isActive() and self._bar is None:
            self._later.start()

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        process = self._end()
        if process is None:
            return
        data = bytes(process.readAllStandardOutput().data())
        process.deleteLater()
        if code or status != QProcess.ExitStatus.NormalExit:
            self._tell_failed()
        else:
            self._take(lambda: read_places(data))

    def _failed(self, error: QProcess.ProcessError) -> None:
        """A program that could not start never finishes."""
        if error == QProcess.ProcessError.FailedToStart and (process := self._end()):
            process.deleteLater()
            self._tell_failed()

    def _tell_failed(self) -> None:
        stage = self._canvas.stage
        words = tr("The layout ended unexpectedly. Nothing has changed; try it again.")
        stage.hint(words, stage.viewport().rect().center(), fades=True)
        self.ended.emit(False)

    def _take(self, read: Callable[[], dict[str, Place]]) -> None:
        """What was drawn meanwhile stays; places are for what is still there."""
        graph, flow = self._document.graph, self._flow
        drawing = (self._document.id, self._document.where)

        def work() -> tuple[dict[str, Place], Graph[Layer]]:
            places = read()
            return places, laid_out(graph, places, flow)

        if len(graph.nodes) > MANY:
            task = self._aside.start(lambda: calmly(work))
            done = self._aside.live_through(task, tr("Arranging"))
            if not done or drawing != (self._document.id, self._document.where):
                self.ended.emit(False)
                return
            if self._document.graph is not graph:
                self._take(read)
                return
            places, after = task.result()
        else:
            places, after = work()
        taken = self._document.edit(self._title(places), after)
        if flow and self._document.graph.flow == flow != graph.flow:
            self._canvas.show_start()
        before = {name: graph.places[name] for name in places if name in graph.places}
        self._glide.start(before, self._canvas.stage.seen())
        self.ended.emit(taken)

    def _title(self, places: Mapping[str, Place]) -> Text:
        if self._flow:
            return TITLES[self._flow]
        whole = len(places) >= len(self._document.graph.nodes)
        return text("arrange") if whole else text("arrange {count} layers", count=len(places))

    def _end(self) -> QProcess | None:
        process, self._process = self._process, None
        self._request = None
        self._later.stop()
        if self._bar:
            self._bar.deleteLater()
            self._bar = None
        return process

    def _show_bar(self) -> None:
        self._bar = Working(self._canvas)
        self._bar.cancelled.connect(self.cancel)


class Working(QFrame):
    """Says at the canvas's upper edge that a layout is being worked out, and for how long, with a button to give it up.

    How far it is nobody knows: graphlay does not tell.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "notice")
        self.seconds = Label("", "secondary")
        self.seconds.setMinimumWidth(self.seconds.fontMetrics().horizontalAdvance(tr("{seconds} s", seconds=999)))
        self._began = monotonic()
        tick = QTimer(self, interval=TICK_MS)
        tick.timeout.connect(lambda: self.seconds.setText(tr("{seconds} s", seconds=round(monotonic() - self._began))))
        tick.start()
        progress = QProgressBar()
        progress.setRange(0, 0)
        progress.setTextVisible(False)
        progress.setFixedWidth(30 * STEP)
        progress.setAccessibleName(tr("Arranging…"))
        button = QPushButton(tr("Cancel"))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(tr("Esc"))
        button.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        row.setSpacing(3 * STEP)
        for widget in (Label(tr("Arranging…")), progress, self.seconds, button):
            row.addWidget(widget)
        self.setMinimumHeight(FIELD_HEIGHT)
        self.adjustSize()
        self.move((parent.width() - self.width()) // 2, 3 * STEP)
        self.show()
