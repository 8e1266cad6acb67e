"""A real worker process: requests go in, events come out."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from engine.environment import worker_environment
from engine.messages import EVENTS, Request, frame, read_event

ROOT = Path(__file__).parents[2]
EventT = TypeVar("EventT")


class Worker:
    """A worker that a test talks to."""

    def __init__(self, stderr: Path) -> None:
        environment = {**os.environ, **worker_environment(), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        self.stderr = stderr
        with stderr.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "engine.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                env=environment,
                cwd=stderr.parent,
            )

    def send(self, request: Request | bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(request if isinstance(request, bytes) else frame(request))
        self.process.stdin.flush()

    def events(self) -> Iterator[EVENTS]:
        """Events as they come, until the worker ends."""
        assert self.process.stdout is not None
        return (read_event(line) for line in self.process.stdout)

    def until(self, kind: type[EventT] | tuple[type[EventT], ...]) -> EventT:
        """The next event of this kind."""
        return next(event for event in self.events() if isinstance(event, kind))

    def hang_up(self) -> int:
        """Ends its stdin, and gives its exit status."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(60)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    workers: list[Worker] = []

    def start() -> Worker:
        workers.append(Worker(tmp_path / f"stderr{len(workers)}.txt"))
        return workers[-1]

    yield start
    for worker in workers:
        worker.close()


@pytest.fixture
def worker(start_worker: Callable[[], Worker]) -> Worker:
    return start_worker()
