"""A run as it can be used again: its network with a checkpoint's weights, its project, its data."""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import torch

from engine.data.dataset import TEST, TRAINING, VALIDATION, DataSet
from engine.data.feed import Feed
from engine.data.preparation import Preparation
from engine.messages import Event
from engine.project.file import load
from engine.project.project import Project
from engine.text import Failure, text
from engine.train.checkpoints import read_checkpoint
from engine.train.network import Network, checked, make_network
from engine.train.runs import PROJECT, Run, read_run
from engine.train.session import make_feed, read_data

Emit = Callable[[Event], None]


class LoadedRun(msgspec.Struct):
    """A run's network with the weights of a checkpoint, on the CPU and in eval mode. `preparations` by column."""

    folder: Path
    run: Run
    project: Project
    network: Network
    preparations: Mapping[str, Preparation]

    def open_data(self, emit: Emit = lambda event: None) -> DataSet:
        """The data that it was trained on, images in the size that the network takes. Raises Failure."""
        return read_data(self.project, emit)

    def feed(self, data: DataSet, part: str, device: torch.device) -> Feed:
        """The samples of "training", "validation" or "test", prepared as in training. Raises Failure."""
        indices = None
        if part != TEST:
            recipe = self.project.recipe
            chosen, held_back = data.split(recipe.validation, recipe.seed)
            indices = held_back if part == VALIDATION else chosen
        return make_feed(self.network, data, TEST if part == TEST else TRAINING, self.preparations, device, indices)


def load_run(folder: Path, checkpoint: str = "best") -> LoadedRun:
    """Opens a run with its checkpoint "best" or "last". Raises Failure."""
    run = read_run(folder)
    project = load(folder / PROJECT)
    kept = read_checkpoint(folder, checkpoint)
    network = make_network(project.graph, checked(project.graph, run.columns))
    network.load(kept.weights)
    network.module.eval()
    return LoadedRun(folder, run, project, network, _preparations(run))


def _preparations(run: Run) -> dict[str, Preparation]:
    try:
        return msgspec.convert(run.preparation, dict[str, Preparation])
    except msgspec.ValidationError as error:
        sentence = text("The preparation in run.json is damaged: {reason}. Train it again.", reason=str(error))
        raise Failure(sentence) from error
