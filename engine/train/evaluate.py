"""Measuring what a run learned on data that it has not learned from."""

from collections.abc import Callable
from pathlib import Path

from engine.data.dataset import TEST, VALIDATION
from engine.messages import Evaluated, Event
from engine.text import Failure, text
from engine.train.devices import choose_device, use_all_cores
from engine.train.failures import as_failure
from engine.train.loading import load_run
from engine.train.loop import validate
from engine.train.metrics import finite

Emit = Callable[[Event], None]


def evaluate(
    folder: Path,
    checkpoint: str = "best",
    emit: Emit = lambda event: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Evaluated:
    """Measures a checkpoint on the test part, or on the validation part where the data has none. Raises Failure."""
    loaded = load_run(folder, checkpoint)
    use_all_cores()
    device = choose_device("auto")
    data = loaded.open_data(emit)
    part = TEST if data.count(TEST) else VALIDATION
    batch_size = 2 * loaded.project.recipe.batch_size
    try:
        loaded.network.to(device)
        feed = loaded.feed(data, part, device)
        metrics = validate(loaded.network, feed, batch_size, device, stopped)
    except Exception as error:
        raise as_failure(error, loaded.network, batch_size) from error
    if stopped():
        raise Failure(text("Stopped."))
    return Evaluated(run=str(folder), checkpoint=checkpoint, part=part, samples=len(feed), metrics=finite(metrics))
