"""Small projects to train, and what a training told."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.messages import Done, Event, Failed
from engine.project.project import Data, Project
from engine.project.recipe import Recipe
from engine.train.training import train
from tests.conftest import Draw

Trained = tuple[Done | Failed, list[Event]]
Trainer = Callable[..., Trained]


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    torch.set_num_threads(1)


@pytest.fixture
def points(tmp_path: Path) -> str:
    """200 points in three well separated classes, as an NPZ source."""
    random = np.random.default_rng(0)
    label = random.integers(0, 3, 200)
    x = (random.normal(size=(200, 4)) + 3 * np.eye(3, 4)[label]).astype(np.float32)
    np.savez(tmp_path / "points.npz", features=x, label=label)
    return f"npz:{tmp_path / 'points.npz'}"


@pytest.fixture
def project(draw: Draw, points: str) -> Project:
    """A small network with dropout and batch norm, on the points."""
    graph = draw(
        {
            "x": ("input", {"shape": [4], "column": "features"}),
            "linear1": ("linear", {"out_features": 8}, "x"),
            "norm1": ("batch_norm1d", {}, "linear1"),
            "relu1": ("relu", {}, "norm1"),
            "dropout1": ("dropout", {}, "relu1"),
            "linear2": ("linear", {"out_features": 3}, "dropout1"),
            "output1": ("output", {}, "linear2"),
        }
    )
    return Project({"main": graph}, data=Data(points), recipe=Recipe(epochs=2, batch_size=32, device="cpu"))


@pytest.fixture
def trained(tmp_path: Path) -> Trainer:
    """Trains a project below tmp_path/runs; gives the last event and all of them."""

    def run(project: Project, stop_after: int = 10**9, **options: object) -> Trained:
        events: list[Event] = []
        asked = iter(range(10**9))
        last = train(project, tmp_path / "runs", events.append, lambda: next(asked) >= stop_after, **options)  # type: ignore[arg-type]
        return last, events

    return run
