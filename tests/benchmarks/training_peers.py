"""The textbook MNIST CNN trained by others, for `training.py`: each peer in a process of its own.

    python training_peers.py PEER FOLDER SAMPLES BATCH

FOLDER holds MNIST as distributed, uncompressed. Prints one JSON object: `seconds` of the second of two epochs over
the first SAMPLES training images, and the `accuracy` on the test images after it. Imports nothing of the engine, so
that it runs in an environment of its own.
"""

import json
import os
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

Result = dict[str, float]


def images(folder: Path, part: str, count: int) -> Any:
    """Images (N, 28, 28) with values from 0 to 1."""
    raw = np.fromfile(folder / f"{part}-images-idx3-ubyte", np.uint8, offset=16)
    return raw.reshape(-1, 28, 28)[:count].astype(np.float32) / 255


def labels(folder: Path, part: str, count: int) -> Any:
    """Digits (N,)."""
    return np.fromfile(folder / f"{part}-labels-idx1-ubyte", np.uint8, offset=8)[:count].astype(np.int64)


def torch_network() -> Any:
    from torch import nn

    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(64, 64, 3), nn.ReLU(),
        nn.Flatten(), nn.Linear(576, 64), nn.ReLU(), nn.Linear(64, 10),
    )  # fmt: skip


def torch_data(folder: Path, part: str, count: int) -> tuple[Any, Any]:
    import torch

    return torch.from_numpy(images(folder, part, count))[:, None], torch.from_numpy(labels(folder, part, count))


def torch_accuracy(network: Any, folder: Path) -> float:
    import torch

    x, y = torch_data(folder, "t10k", 10_000)
    network.eval()
    with torch.inference_mode():
        hits = sum(int((network(a).argmax(1) == b).sum()) for a, b in zip(x.split(500), y.split(500), strict=True))
    return hits / len(x)


def torch_tuned(folder: Path, samples: int, batch: int) -> Result:
    """By hand: data resident, channels_last, fused Adam, nothing read back before the epoch's end."""
    import torch
    from torch.nn import functional as F

    torch.manual_seed(0)
    x, y = torch_data(folder, "train", samples)
    network = torch_network().to(memory_format=torch.channels_last)
    x = x.to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(network.parameters(), fused=True)

    def epoch() -> None:
        loss_sum, hits = torch.zeros(()), torch.zeros((), dtype=torch.int64)
        for chosen in torch.randperm(len(x)).split(batch):
            answer, wanted = network(x[chosen]), y[chosen]
            loss = F.cross_entropy(answer, wanted)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            loss_sum += loss.detach() * len(wanted)
            hits += (answer.argmax(1) == wanted).sum()
        assert torch.isfinite(loss_sum).item() and hits.item() > 0

    return {"seconds": second_of_two(epoch), "accuracy": torch_accuracy(network, folder)}


def torch_plain(folder: Path, samples: int, batch: int) -> Result:
    """As tutorials write it: a DataLoader, and loss and hits read back at every step."""
    import torch
    from torch.nn import functional as F

    torch.manual_seed(0)
    data = torch.utils.data.TensorDataset(*torch_data(folder, "train", samples))
    loader = torch.utils.data.DataLoader(data, batch_size=batch, shuffle=True)
    network = torch_network()
    optimizer = torch.optim.Adam(network.parameters())

    def epoch() -> None:
        loss_sum, hits = 0.0, 0
        for x, y in loader:
            optimizer.zero_grad()
            answer = network(x)
            loss = F.cross_entropy(answer, y)
            loss.backward()
            optimizer.step()
            loss_sum += loss.item() * len(y)
            hits += int((answer.argmax(1) == y).sum().item())

    return {"seconds": second_of_two(epoch), "accuracy": torch_accuracy(network, folder)}


def lightning(folder: Path, samples: int, batch: int) -> Result:
    """Lightning's Trainer with logging and checkpoints off."""
    import logging

    import lightning as pl
    import torch
    from torch.nn import functional as F

    for name in ("lightning.pytorch", "lightning.fabric"):
        logging.getLogger(name).setLevel(logging.ERROR)
    pl.seed_everything(0)
    marks: list[float] = []

    class Module(pl.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.network = torch_network()

        def training_step(self, batch: Any, number: int) -> Any:
            x, y = batch
            answer = self.network(x)
            loss = F.cross_entropy(answer, y)
            hits = (answer.argmax(1) == y).float().mean()
            self.log_dict({"loss": loss, "accuracy": hits}, on_step=False, on_epoch=True)
            return loss

        def configure_optimizers(self) -> Any:
            return torch.optim.Adam(self.parameters())

        def on_train_epoch_start(self) -> None:
            marks.append(time.perf_counter())

        def on_train_epoch_end(self) -> None:
            marks.append(time.perf_counter())

    data = torch.utils.data.TensorDataset(*torch_data(folder, "train", samples))
    loader = torch.utils.data.DataLoader(data, batch_size=batch, shuffle=True)
    module = Module()
    quiet = {"logger": False, "enable_checkpointing": False, "enable_progress_bar": False}
    trainer = pl.Trainer(max_epochs=2, accelerator="cpu", enable_model_summary=False, **quiet)
    trainer.fit(module, loader)
    return {"seconds": marks[3] - marks[2], "accuracy": torch_accuracy(module.network, folder)}


def keras_tensorflow(folder: Path, samples: int, batch: int) -> Result:
    """Keras 3 on TensorFlow: one fit, its second epoch timed, when the graph is compiled."""
    os.environ |= {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    import keras
    from keras import layers

    keras.utils.set_random_seed(0)
    network = keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(64, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(64, 3, activation="relu"),
        layers.Flatten(), layers.Dense(64, activation="relu"), layers.Dense(10),
    ])  # fmt: skip
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    marks: list[float] = []
    mark = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: marks.append(time.perf_counter()),
        on_epoch_end=lambda epoch, logs: marks.append(time.perf_counter()),
    )
    x, y = images(folder, "train", samples)[..., None], labels(folder, "train", samples)
    network.fit(x, y, epochs=2, batch_size=batch, verbose=0, callbacks=[mark])
    test = images(folder, "t10k", 10_000)[..., None], labels(folder, "t10k", 10_000)
    return {"seconds": marks[3] - marks[2], "accuracy": float(network.evaluate(*test, batch_size=500, verbose=0)[1])}


def second_of_two(epoch: Callable[[], None]) -> float:
    """Seconds of the second run; the first one warms up."""
    epoch()
    begin = time.perf_counter()
    epoch()
    return time.perf_counter() - begin


PEERS: dict[str, Callable[[Path, int, int], Result]] = {
    "torch-tuned": torch_tuned,
    "torch-plain": torch_plain,
    "lightning": lightning,
    "keras-tensorflow": keras_tensorflow,
}

if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    peer, folder, samples, batch = sys.argv[1:]
    print(json.dumps(PEERS[peer](Path(folder), int(samples), int(batch))))
