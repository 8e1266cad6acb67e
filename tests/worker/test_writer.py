"""The writer behind a slow reader: what only tells how far something is may be dropped, nothing else."""

import io
import threading
from collections.abc import Iterator

import pytest

from engine.messages import EVENTS, Event, Failed, Note, Step, read_event
from engine.text import text
from engine.worker import MOST_WAITING, Writer


class Gate(io.RawIOBase):
    """A stream that takes nothing until it is opened."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self.opened.wait(10)
        self.content += content
        return len(content)

    def events(self) -> list[EVENTS]:
        return [read_event(line) for line in self.content.splitlines()]


@pytest.fixture
def gate() -> Iterator[Gate]:
    with Gate() as gate:
        yield gate


def step(number: int) -> Step:
    return Step(step=number, epoch=1, metrics={}, samples_per_second=0, seconds_left=0)


def write_all(gate: Gate, events: list[Event]) -> None:
    writer = Writer(gate)  # type: ignore[arg-type]
    for event in events:
        writer.send(event)
    gate.opened.set()
    writer.close()


def test_events_come_out_in_order(gate: Gate) -> None:
    events: list[Event] = [step(1), Note(text=text("hello")), step(2)]
    write_all(gate, events)
    assert gate.events() == events


def test_a_slow_reader_gets_the_newest_steps_and_all_that_matters(gate: Gate) -> None:
    events: list[Event] = []
    for number in range(1000):
        events.append(step(number))
        if number % 100 == 0:
            events.append(Note(text=text("note {number}", number=number)))
    write_all(gate, events)
    came = gate.events()
    assert [event for event in came if isinstance(event, Note)] == [e for e in events if isinstance(e, Note)]
    steps = [event.step for event in came if isinstance(event, Step)]
    assert steps[-MOST_WAITING:] == list(range(1000 - MOST_WAITING, 1000))
    assert len(steps) <= MOST_WAITING + 1


def test_an_event_over_the_limit_becomes_a_failure(gate: Gate) -> None:
    write_all(gate, [Note(job=4, text=text("x" * 9_000_000))])
    (event,) = gate.events()
    assert isinstance(event, Failed) and event.job == 4
