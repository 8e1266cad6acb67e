"""Training in the tour: the recipe typed, the run watched to its end."""

from PySide6.QtWidgets import QLineEdit

from designer.tour.camera import Camera
from designer.tour.hands import click, fill, found
from designer.tour.script import Broken, Rest, Steps, Until
from designer.window.main_window import MainWindow
from engine.messages import Done
from engine.text import text

LONGEST_TRAINING = 1800.0


def train(window: MainWindow, camera: Camera, epochs: int) -> Steps:
    """Types the number of epochs, trains, and waits for the end."""
    space = window.spaces.training
    yield from camera.take("recipe")
    yield from fill(found(space.recipe.form.fields["epochs"].editor, QLineEdit), str(epochs))
    yield from click(window.top.train)
    yield Until(lambda: space.training, "training")
    yield Until(lambda: _seen(window), "first curve", seconds=LONGEST_TRAINING)
    yield from camera.take("training")
    yield Until(lambda: not space.training, "end of the training", seconds=LONGEST_TRAINING)
    yield Rest(0.5)
    end = space.view.state.end if space.view.state else None
    if not isinstance(end, Done):
        raise Broken(text("the training failed: {why}", why=end.text if end else text("no run")))
    yield from camera.take("trained")


def _seen(window: MainWindow) -> bool:
    """Whether a validation has been drawn, or the training is over."""
    space = window.spaces.training
    state = space.view.state
    return not space.training or bool(state and state.history.validation)
