"""The training loop: epochs of steps, each a batch through the network, its loss back, and a step of the optimizer.

It knows no files and no people: it is told where to begin, and tells what it read.
"""

from collections.abc import Callable, Iterator, Mapping

import msgspec
import torch
from torch import Tensor
from torch.optim import Optimizer

from engine.data.feed import Feed
from engine.text import Failure
from engine.train.health import Finding, find_fault
from engine.train.losses import fitted_target, loss_of, total_loss
from engine.train.metrics import Sums, Validation, Values
from engine.train.network import Network
from engine.train.optimizers import NoStep
from engine.train.randomness import epoch_order, seed_step
from engine.train.readout import Reading, Readout


class NotFinite(Failure):
    """Numbers stopped being finite; says at which step, and the node where it began, if one is known."""

    def __init__(self, step: int, finding: Finding) -> None:
        super().__init__(finding.text)
        self.step = step
        self.node = finding.node


class EpochEnd(msgspec.Struct, frozen=True):
    """What an epoch gave: `position` steps of it were taken, `whole` if that is all of them."""

    position: int
    whole: bool
    sums: dict[str, float]


class Loop:
    """A network in training. `step` counts all steps ever taken."""

    def __init__(
        self, network: Network, optimizer: Optimizer, feed: Feed, batch_size: int, seed: int, device: torch.device
    ) -> None:
        self.network = network
        self.optimizer = optimizer
        self.step = 0
        self._feed = feed
        self._spans = batch_spans(len(feed), batch_size)
        self._seed = seed
        self._device = device
        self._no_step = NoStep(optimizer, device)
        self._sums = Sums(network.criteria, device)
        self._readout = Readout(self._sums, self._no_step)

    @property
    def steps_in_epoch(self) -> int:
        return len(self._spans)

    def epoch(
        self,
        number: int,
        position: int,
        sums: Mapping[str, float],
        read: Callable[[Reading], None],
        pause: Callable[[], bool],
    ) -> EpochEnd:
        """Goes through the training samples from step `position` on, in the order of this epoch (0-based).

        `sums` are what the metrics of its earlier steps add up to. `read` is given a reading a few times a second
        and one at the end. When `pause`, asked before every step, says so, the epoch ends where it is.
        Raises NotFinite.
        """
        totals = dict(sums)
        self.network.module.train()
        self._readout.restart_clock()
        for batch, samples in self._batches(number, position):
            if pause():
                break
            self._step(batch)
            position += 1
            if reading := self._readout.step(self.step, samples):
                self._take(reading, totals, read)
        if reading := self._readout.wait(self.step):
            self._take(reading, totals, read)
        return EpochEnd(position, position == self.steps_in_epoch, totals)

    def _step(self, batch: Mapping[str, Tensor]) -> None:
        seed_step(self._seed, self.step, self._device)
        network = self.network
        answers = network.answers(batch)
        targets = network.targets(batch)
        losses = [
            loss_of(criterion, answer, fitted_target(criterion, answer, target))
            for criterion, answer, target in zip(network.criteria, answers, targets, strict=True)
        ]
        total = total_loss(network.criteria, losses)
        torch.autograd.backward(total)
        self._no_step.step(total)
        self.optimizer.zero_grad(set_to_none=True)
        self._sums.add(answers, targets, losses, total)
        self.step += 1

    def _take(self, reading: Reading, totals: dict[str, float], read: Callable[[Reading], None]) -> None:
        if reading.left_out:
            step = reading.step - reading.left_out
            raise NotFinite(step + 1, self._find_fault(step))
        for name, value in reading.sums.items():
            totals[name] = totals.get(name, 0.0) + value
        read(reading)

    def _find_fault(self, step: int) -> Finding:
        """Repeats the step (counted from 0). The weights are still as they were before it."""
        epoch, position = divmod(step, self.steps_in_epoch)
        batch, _ = next(self._batches(epoch, position))
        seed_step(self._seed, step, self._device)
        return find_fault(self.network, step + 1, batch)

    def _batches(self, epoch: int, position: int) -> Iterator[tuple[Mapping[str, Tensor], int]]:
        order = epoch_order(self._seed, epoch, len(self._feed))
        if self._feed.resident:
            order = order.to(self._device)
        for start, end in self._spans[position:]:
            yield self._feed.batch(order[start:end]), end - start


def batch_spans(samples: int, batch_size: int) -> list[tuple[int, int]]:
    """Where batches begin and end. A single sample left over joins the batch before: batch norm takes no one."""
    spans = [(start, min(start + batch_size, samples)) for start in range(0, samples, batch_size)]
    if len(spans) > 1 and batch_size > 1 and spans[-1][1] - spans[-1][0] == 1:
        spans[-2:] = [(spans[-2][0], samples)]
    return spans


def validate(
    network: Network, feed: Feed, batch_size: int, device: torch.device, stopped: Callable[[], bool] = lambda: False
) -> Values:
    """Loss and metrics over a whole part of the data. Empty where it was stopped."""
    module = network.module.eval()
    validation = Validation(network.criteria, device)
    with torch.inference_mode():
        for start in range(0, len(feed), batch_size):
            if stopped():
                return {}
            batch = feed.batch(torch.arange(start, min(start + batch_size, len(feed)), device=device))
            validation.add(network.answers(batch), network.targets(batch))
    module.train()
    return validation.values()
