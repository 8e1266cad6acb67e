"""One worker process as the window sees it: requests go in, events come out, its end is told at once."""

import os
import signal
from collections.abc import Iterator, Mapping
from time import perf_counter

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from engine.messages import FRAME_LIMIT, Event, Request, Step, frame, read_event
from engine.text import Text, text

TURN_SECONDS = 0.008
LOG_LINE = 4000


class Process(QObject):
    """A worker over QProcess. Lines are read in slices of a few milliseconds, so that a flood never stalls the window.

    `received` carries this process and an Event, `said` a line of the log, `died` this process and the Text of how
    it ended; after that nothing comes.
    """

    received = Signal(object, object)
    said = Signal(str)
    died = Signal(object, object)

    def __init__(self, command: list[str], environment: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = bytearray()
        self._end: Text | None = None
        self._dead = False
        self._process = QProcess(self)
        self._process.setProgram(command[0])
        self._process.setArguments(command[1:])
        self._process.setProcessEnvironment(_environment(environment))
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._hear)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._turn)
        self._process.start()

    @property
    def pid(self) -> int:
        """The system's number of the process; 0 where it does not run."""
        return self._process.processId()

    def send(self, request: Request) -> None:
        """Hands a request over; it waits in the pipe until the worker is up."""
        self._process.write(frame(request))

    def close(self) -> None:
        """Ends its input: the worker writes its checkpoint, if it is training, and goes."""
        self._process.closeWriteChannel()

    def kill(self) -> None:
        """Ends it at once, as a last resort."""
        self._process.kill()

    def wait(self, milliseconds: int) -> bool:
        """Waits for its end without the event loop; True where it has ended."""
        return self._process.state() == QProcess.ProcessState.NotRunning or self._process.waitForFinished(milliseconds)

    def _read(self) -> None:
        self._lines += self._process.readAllStandardOutput().data()
        self._later.start()

    def _turn(self) -> None:
        """Reads lines for a few milliseconds, then leaves the rest to the next turn of the event loop."""
        for event in _merged(self._events()):
            self.received.emit(self, event)
        if b"\n" in self._lines:
            self._later.start()
        elif len(self._lines) > FRAME_LIMIT:
            self._lines.clear()
            self.kill()
        elif self._end and not self._dead:
            self._dead = True
            self.died.emit(self, self._end)

    def _events(self) -> Iterator[Event]:
        until, start = perf_counter() + TURN_SECONDS, 0
        while (stop := self._lines.find(b"\n", start)) >= 0 and perf_counter() < until:
            line, start = bytes(self._lines[start:stop]), stop + 1
            try:
                yield read_event(line)
            except msgspec.DecodeError:
                self.said.emit(line[:LOG_LINE].decode(errors="replace"))
        del self._lines[:start]

    def _hear(self) -> None:
        heard = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        for line in heard.splitlines():
            self.said.emit(line[:LOG_LINE])

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._hear()
        self._end = _how_it_ended(code, crashed=status == QProcess.ExitStatus.CrashExit)

    def _failed(self, error: QProcess.ProcessError) -> None:
        """A program that could not start never finishes, so its end is told from here."""
        if error == QProcess.ProcessError.FailedToStart:
            self._end = text("could not start: {reason}", reason=self._process.errorString())
            self._later.start()


def _environment(extra: Mapping[str, str]) -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    for name, value in extra.items():
        environment.insert(name, value)
    return environment


def _how_it_ended(code: int, crashed: bool) -> Text:
    if not crashed:
        return text("exit code {code}", code=code)
    if os.name == "posix":
        return text("killed by signal {number}", number=code) if code in set(signal.Signals) else text("crashed")
    return text("crashed")


def _merged(events: Iterator[Event]) -> Iterator[Event]:
    """The events of one turn; steps that directly follow one another become one, with the mean of their metrics."""
    steps: list[Step] = []
    for event in events:
        if isinstance(event, Step) and (not steps or steps[-1].job == event.job):
            steps.append(event)
            continue
        if steps:
            yield _one_step(steps)
        steps = []
        if isinstance(event, Step):
            steps.append(event)
        else:
            yield event
    if steps:
        yield _one_step(steps)


def _one_step(steps: list[Step]) -> Step:
    last = steps[-1]
    means = {name: sum(s.metrics.get(name, last.metrics[name]) for s in steps) / len(steps) for name in last.metrics}
    return msgspec.structs.replace(last, metrics=means)
