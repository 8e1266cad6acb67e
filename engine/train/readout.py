"""Reading sums back from the device a few times a second, so that no step waits for it."""

import time

import msgspec
import torch

from engine.train.metrics import Sums
from engine.train.optimizers import NoStep

# Each reading makes the window repaint its curves, 40 ms of a core that training then lacks: with four a second a
# training on two cores lost a tenth of its speed.
SECONDS_BETWEEN = 0.5


class Reading(msgspec.Struct, frozen=True):
    """Sums over the steps up to `step` since the last reading; `left_out`: of them, steps that were not finite."""

    step: int
    samples: int
    seconds: float
    sums: dict[str, float]
    left_out: int

    def means(self) -> dict[str, float]:
        return {name: value / self.samples for name, value in self.sums.items()}


class Readout:
    """Counts steps, asks the device for its sums now and then, and has them when they have come."""

    def __init__(self, sums: Sums, no_step: NoStep) -> None:
        self._sums = sums
        self._no_step = no_step
        self._asynchronous = sums.vector.device.type == "cuda"
        host = torch.empty(len(sums.names) + 1, dtype=torch.float64, pin_memory=self._asynchronous)
        self._host = host
        self._arrived: torch.Event | None = torch.Event(sums.vector.device) if self._asynchronous else None
        self._asked: tuple[int, int] | None = None
        self._samples = 0
        self._last = time.perf_counter()
        self._due = self._last + SECONDS_BETWEEN

    def step(self, step: int, samples: int) -> Reading | None:
        """Notes a step; gives a reading where one is due and has come."""
        self._samples += samples
        if self._asked is None:
            if time.perf_counter() < self._due:
                return None
            self._ask(step)
        if self._arrived is not None and not self._arrived.query():
            return None
        return self._read()

    def wait(self, step: int) -> Reading | None:
        """The sums of all steps up to now, however long that takes; None where there was no step."""
        earlier = self._read() if self._asked is not None and self._arrived is not None else None
        if not self._samples:
            return earlier
        self._ask(step)
        return _joined(earlier, self._read())

    def restart_clock(self) -> None:
        """Leaves out of the next reading's time what lay between, such as a validation."""
        self._last = time.perf_counter()
        self._due = self._last + SECONDS_BETWEEN

    def _ask(self, step: int) -> None:
        vector = torch.cat([self._sums.vector, self._no_step.left_out.double().reshape(1)])
        self._host.copy_(vector, non_blocking=True)
        self._sums.vector.zero_()
        if self._arrived is not None:
            self._arrived.record()
        self._asked = (step, self._samples)
        self._samples = 0

    def _read(self) -> Reading:
        assert self._asked is not None
        if self._arrived is not None:
            self._arrived.synchronize()
        step, samples = self._asked
        *values, left_out = self._host.tolist()
        self._asked = None
        now = time.perf_counter()
        seconds, self._last = now - self._last, now
        self._due = now + SECONDS_BETWEEN
        return Reading(step, samples, seconds, dict(zip(self._sums.names, values, strict=True)), int(left_out))


def _joined(first: Reading | None, second: Reading) -> Reading:
    if first is None:
        return second
    sums = {name: first.sums[name] + value for name, value in second.sums.items()}
    return Reading(second.step, first.samples + second.samples, first.seconds + second.seconds, sums, second.left_out)
