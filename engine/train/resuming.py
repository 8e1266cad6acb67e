"""Where a training starts from: the beginning, or the last checkpoint of a run that goes on."""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from engine.messages import Event, Note
from engine.project.file import load
from engine.project.project import Project
from engine.project.settings import with_settings
from engine.text import Failure, text
from engine.train.checkpoints import Checkpoint, Damaged, Standing, read_checkpoint
from engine.train.runs import PROJECT, read_run

# What may change when a run goes on; anything else would make it another run.
CHANGEABLE = ("epochs", "device")


class Start(msgspec.Struct, frozen=True):
    """The project to train, and for a run that goes on its folder and checkpoint."""

    project: Project
    folder: Path | None = None
    checkpoint: Checkpoint | None = None

    @property
    def standing(self) -> Standing:
        return self.checkpoint.standing if self.checkpoint else Standing()


def resumed(folder: Path, settings: Mapping[str, str], emit: Callable[[Event], None]) -> Start:
    """Where a run goes on. Raises Failure where it cannot, or where nothing is left to do."""
    run = read_run(folder)
    project = load(folder / PROJECT)
    if other := [key for key in settings if key not in CHANGEABLE]:
        raise Failure(
            text(
                "A run that goes on keeps its recipe: {keys} cannot be set, only {allowed}. Start a new run for that.",
                keys=", ".join(other),
                allowed=", ".join(CHANGEABLE),
            )
        )
    project = replace(project, recipe=with_settings(project.recipe, settings))
    checkpoint = _checkpoint(folder, emit)
    if checkpoint.standing.epoch >= project.recipe.epochs:
        raise Failure(
            text(
                "{run} has been trained for all of its {epochs} epochs. To go on, set epochs to more.",
                run=run.name,
                epochs=project.recipe.epochs,
            )
        )
    return Start(project, folder, checkpoint)


def _checkpoint(folder: Path, emit: Callable[[Event], None]) -> Checkpoint:
    """The last one; where that is damaged, the best one, and a note that says so."""
    try:
        return read_checkpoint(folder, "last")
    except Damaged as damaged:
        try:
            found = read_checkpoint(folder, "best")
        except Damaged:
            raise damaged from None
        emit(Note(text=damaged.text))
        return found
