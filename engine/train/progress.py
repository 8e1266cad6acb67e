"""A training from where it stands to its end: epochs, each validated and kept in a checkpoint."""

import time
from collections.abc import Callable

from msgspec.structs import replace

from engine.messages import Began, Done, Epoch, Step
from engine.train.checkpoints import Standing, has_checkpoint, write_checkpoint
from engine.train.devices import device_name
from engine.train.keeping import KeptRun
from engine.train.loop import EpochEnd, Loop, validate
from engine.train.metrics import better, finite
from engine.train.readout import Reading
from engine.train.session import Session
from engine.train.state import optimizer_state, weights_of

CHECKPOINT_SECONDS = 300.0


class Progress:
    """Takes a session through the rest of its epochs, and tells the run of it."""

    def __init__(self, session: Session, run: KeptRun, standing: Standing, stopped: Callable[[], bool]) -> None:
        self._session = session
        self._run = run
        self._standing = standing
        self._stopped = stopped
        recipe = session.recipe
        self._loop = Loop(
            session.network, session.optimizer, session.training, recipe.batch_size, recipe.seed, session.device
        )
        self._loop.step = standing.step
        self._total = recipe.epochs * self._loop.steps_in_epoch
        self._checkpoint_due = time.monotonic() + CHECKPOINT_SECONDS
        self._seconds_a_step = 0.0

    def to_the_end(self) -> Done:
        """Trains until all epochs are done or somebody stops it. Raises NotFinite, and what torch raises."""
        self._begin()
        while self._standing.epoch < self._session.recipe.epochs and not self._stopped():
            standing = self._standing
            end = self._loop.epoch(standing.epoch, standing.position, standing.sums, self._read, self._pause)
            validation = self._validate() if end.whole else {}
            if validation:
                self._finish_epoch(end, validation)
            else:
                self._keep(replace(standing, step=self._loop.step, position=end.position, sums=end.sums))
        return self._run.end(stopped=self._standing.epoch < self._session.recipe.epochs)

    def _begin(self) -> None:
        session = self._session
        self._run.emit(
            Began(
                run=str(self._run.folder),
                device=device_name(session.device),
                epochs=session.recipe.epochs,
                steps=self._total,
                training_samples=len(session.training),
                validation_samples=len(session.validation),
                parameters=session.parameters,
            )
        )

    def _pause(self) -> bool:
        due = time.monotonic() > self._checkpoint_due and self._loop.step > self._standing.step
        return due or self._stopped()

    def _validate(self) -> dict[str, float]:
        session = self._session
        batch_size = 2 * session.recipe.batch_size  # no activation is kept for a way back: twice as many fit
        return validate(session.network, session.validation, batch_size, session.device, self._stopped)

    def _read(self, reading: Reading) -> None:
        """Tells where training stands."""
        steps = reading.samples / self._session.recipe.batch_size
        now = reading.seconds / steps
        self._seconds_a_step = 0.7 * self._seconds_a_step + 0.3 * now if self._seconds_a_step else now
        self._run.emit(
            Step(
                step=reading.step,
                epoch=min(self._standing.epoch + 1, self._session.recipe.epochs),
                metrics=finite(reading.means()),
                samples_per_second=reading.samples / reading.seconds,
                seconds_left=self._seconds_a_step * (self._total - reading.step),
            )
        )

    def _finish_epoch(self, end: EpochEnd, validation: dict[str, float]) -> None:
        """Keeps the epoch's checkpoint, then says that it is there."""
        standing, step = self._standing, self._loop.step
        validation = finite(validation)
        best = better(self._session.network.criteria, validation, standing.best)
        following = Standing(step, standing.epoch + 1, 0, {}, standing.best_epoch, standing.best)
        if best:
            following = replace(following, best_epoch=following.epoch, best=validation)
        self._keep(following, best)
        samples = len(self._session.training)
        training = finite({name: value / samples for name, value in end.sums.items()})
        self._run.epoch(Epoch(epoch=following.epoch, step=step, training=training, validation=validation, best=best))

    def _keep(self, standing: Standing, best: bool = False) -> None:
        """Writes a checkpoint of where training stands; the first one is the best there is."""
        module, optimizer = self._session.network.module, self._session.optimizer
        first = not has_checkpoint(self._run.folder, "best")
        write_checkpoint(
            self._run.folder, standing, weights_of(module), optimizer_state(module, optimizer), best or first
        )
        self._standing = standing
        self._checkpoint_due = time.monotonic() + CHECKPOINT_SECONDS
