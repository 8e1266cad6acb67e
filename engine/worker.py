"""The child process that does the work: requests come in on stdin, events go out on stdout, one JSON object a line.

It does one job at a time and outlives any job's failure. When stdin ends, it keeps what it has learned, and goes.
"""

import logging
import os
import queue
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import BinaryIO

import msgspec
from msgspec.structs import replace

from engine.jobs import run_job
from engine.messages import FRAME_LIMIT, REQUESTS, Event, Failed, Progress, Step, Stop, frame, read_request
from engine.text import text

log = logging.getLogger(__name__)

# Of events that only tell how far something is, so many may wait for a slow reader; older ones are dropped.
MOST_WAITING = 64

# How long a job may go on when whoever asked for it is gone: a training writes its checkpoint at the next step.
LINGER_SECONDS = 300.0


def main() -> int:
    """Works until stdin ends. What libraries print goes to stderr: stdout carries messages alone."""
    requests, messages = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(name)s: %(message)s")
    writer = Writer(messages)
    desk = Desk(writer.send)
    reader = threading.Thread(target=_read_to_the_end, args=(desk, requests), name="reader", daemon=True)
    reader.start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to answer; it ends our stdin
    signal.signal(signal.SIGTERM, lambda *_: desk.end())
    desk.work()
    writer.close()
    return 0


def _read_to_the_end(desk: "Desk", requests: BinaryIO) -> None:
    """Reads requests; when there are no more, a job that does not stop by itself ends with the process."""
    desk.read(requests)
    time.sleep(LINGER_SECONDS)
    os._exit(1)


class Writer:
    """Sends events from a thread of its own, so that a slow reader never stops the work.

    Where the reader lags, the oldest events that only tell how far something is are dropped, nothing else.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._waiting: deque[Event] = deque()
        self._passing = 0
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="writer")
        self._thread.start()

    def send(self, event: Event) -> None:
        """Puts an event into the line."""
        with self._changed:
            self._waiting.append(event)
            if isinstance(event, Step | Progress):
                self._passing += 1
                if self._passing > MOST_WAITING:
                    self._drop_oldest()
            self._changed.notify()

    def close(self) -> None:
        """Sends what waits, and ends."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _drop_oldest(self) -> None:
        oldest = next(event for event in self._waiting if isinstance(event, Step | Progress))
        self._waiting.remove(oldest)
        self._passing -= 1

    def _work(self) -> None:
        while event := self._next():
            try:
                self._stream.write(_framed(event))
                self._stream.flush()
            except (OSError, ValueError):
                return  # nobody reads any more; stdin ends as well, and with it the work

    def _next(self) -> Event | None:
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            if not self._waiting:
                return None
            event = self._waiting.popleft()
            self._passing -= isinstance(event, Step | Progress)
            return event


class Desk:
    """Takes requests in, one job at a time, and knows whether the running one is to stop."""

    def __init__(self, send: Callable[[Event], None]) -> None:
        self._send = send
        self._requests: queue.SimpleQueue[REQUESTS | None] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._stopped_jobs: set[int] = set()

    def read(self, stream: BinaryIO) -> None:
        """Reads requests until there are no more; then the running job stops and keeps what it has."""
        try:
            while line := stream.readline(FRAME_LIMIT + 1):
                self._take(line, stream)
        finally:
            self.end()

    def end(self) -> None:
        """Lets the running job stop and keep what it has, and takes no other."""
        self._ended.set()
        self._requests.put(None)

    def work(self) -> None:
        """Does one job after another until there are no more."""
        while request := self._requests.get():
            if self._ended.is_set():
                return
            self._do(request)

    def _take(self, line: bytes, stream: BinaryIO) -> None:
        if len(line) > FRAME_LIMIT:
            while line and not line.endswith(b"\n"):
                line = stream.readline(FRAME_LIMIT)
            self._send(Failed(text=text("A request was longer than {limit} bytes.", limit=FRAME_LIMIT)))
            return
        try:
            request = read_request(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._send(Failed(text=text("A request could not be understood: {reason}", reason=str(error))))
            return
        if isinstance(request, Stop):
            self._stopped_jobs.add(request.job)
        else:
            self._requests.put(request)

    def _do(self, request: REQUESTS) -> None:
        def stopped() -> bool:
            return request.job in self._stopped_jobs or self._ended.is_set()

        def emit(event: Event) -> None:
            self._send(replace(event, job=request.job))

        run_job(request, emit, stopped)
        self._stopped_jobs.discard(request.job)


def _framed(event: Event) -> bytes:
    try:
        return frame(event)
    except ValueError as error:
        log.error("an event was too long: %s", error)
        return frame(Failed(job=event.job, text=text("The answer was longer than {limit} bytes.", limit=FRAME_LIMIT)))


if __name__ == "__main__":
    sys.exit(main())
