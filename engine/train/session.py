"""Everything that a training needs, made from a project: network, optimizer and data on their device."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from msgspec.structs import replace
from numpy.typing import NDArray
from torch.optim import Optimizer

from engine.check.report import Column, Report
from engine.data.dataset import TRAINING, DataSet
from engine.data.feed import Feed
from engine.data.preparation import Preparation
from engine.data.sources import open_data, survey
from engine.memory import bytes_text
from engine.messages import Event, Note, Progress
from engine.project.project import Data, Project
from engine.project.recipe import Recipe
from engine.project.settings import contradictions, with_settings
from engine.text import Failure, Text, text
from engine.train.checkpoints import Checkpoint
from engine.train.columns import input_sizes, learn_preparations
from engine.train.devices import choose_device, device_name, free_on, use_all_cores
from engine.train.memory import need
from engine.train.network import Network, checked, make_network
from engine.train.optimizers import make_optimizer, state_copies
from engine.train.randomness import seed_all
from engine.train.state import restore_optimizer

Emit = Callable[[Event], None]
Stopped = Callable[[], bool]

# Of the memory that is free on the device, how much the samples of a part may take to lie there as a whole.
SHARE_FOR_DATA = 0.25


@dataclass
class Session:
    """A training before its first step."""

    project: Project
    columns: tuple[Column, ...]
    preparations: Mapping[str, Preparation]
    network: Network
    optimizer: Optimizer
    training: Feed
    validation: Feed
    device: torch.device

    @property
    def recipe(self) -> Recipe:
        return self.project.recipe

    @property
    def parameters(self) -> int:
        return sum(weights.numel() for weights in self.network.module.parameters())

    def restore(self, checkpoint: Checkpoint) -> None:
        """Takes weights and the optimizer's state from a checkpoint. Raises Failure where they do not fit."""
        self.network.load(checkpoint.weights)
        restore_optimizer(self.network.module, self.optimizer, checkpoint.training)


def settled(project: Project, data: str, settings: Mapping[str, str]) -> Project:
    """The project with the data and the settings of this training. Raises Failure where they do not go together."""
    recipe = with_settings(project.recipe, settings)
    if wrong := contradictions(recipe):
        raise wrong[0]
    return replace(project, recipe=recipe, data=Data(data) if data else project.data)


def prepare(project: Project, emit: Emit, stopped: Stopped = lambda: False) -> Session:
    """Checks, reads the data, builds the network. Raises Failure with the first thing that stands in the way."""
    recipe = project.recipe
    report = checked(project.graph, survey(source_of(project)).columns)
    use_all_cores()
    device = choose_device(recipe.device)
    need_memory(report, recipe, device)
    data = read_data(project, emit, stopped)
    chosen, held_back = data.split(recipe.validation, recipe.seed)
    preparations = learn_preparations(project.graph, data, chosen)
    for preparation in preparations.values():
        if preparation.note:
            emit(Note(text=preparation.note))
    seed_all(recipe.seed)
    network = make_network(project.graph, report)
    network.to(device)
    optimizer = make_optimizer(recipe.optimizer, network.module, device)
    training, validation = (
        make_feed(network, data, TRAINING, preparations, device, part) for part in (chosen, held_back)
    )
    return Session(project, data.columns, preparations, network, optimizer, training, validation, device)


def make_feed(
    network: Network,
    data: DataSet,
    part: str,
    preparations: Mapping[str, Preparation],
    device: torch.device,
    indices: NDArray[np.int64] | None = None,
) -> Feed:
    """A part of the data, or the samples of it that the indices name: what the network takes and is compared with."""
    arrays = {name: data.parts[part][name] for name in network.all_columns}
    room = int(free_on(device) * SHARE_FOR_DATA)
    return Feed(arrays, preparations, indices, device, room)


def source_of(project: Project) -> str:
    """What names the project's data. Raises Failure where none is chosen."""
    if project.data.source:
        return project.data.source
    raise Failure(text("No data is chosen. Choose some (sample:digits is there at once), or give it with --data."))


def read_data(project: Project, emit: Emit, stopped: Stopped = lambda: False) -> DataSet:
    """The project's data, images in the sizes that its inputs declare; says how far it is. Raises Failure."""

    def progress(what: Text, done: int, total: int) -> None:
        if stopped():
            raise Failure(text("Stopped while the data was read; nothing was trained yet."))
        emit(Progress(what=what, done=done, total=total))

    data = open_data(source_of(project), progress, input_sizes(project.graph))
    for note in data.notes:
        emit(Note(text=note))
    return data


def need_memory(report: Report, recipe: Recipe, device: torch.device) -> None:
    """Raises Failure where training would take more memory than the device has free."""
    needed = need(report.total, recipe.batch_size, state_copies(recipe.optimizer))
    free = free_on(device)
    if needed.total > free:
        raise Failure(
            text(
                "Training needs about {needed} of memory: {weights} for the weights with gradients and the optimizer's "
                "state, {activations} for a batch of {batch} on its way. {device} has {free} free. Set a smaller batch "
                "size, or draw a smaller network.",
                needed=bytes_text(needed.total),
                weights=bytes_text(needed.weights),
                activations=bytes_text(needed.activations),
                batch=recipe.batch_size,
                device=device_name(device),
                free=bytes_text(free),
            )
        )
