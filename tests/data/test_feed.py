"""Batches on the device: the same bits however the data lies there."""

import numpy as np
import pytest
import torch

from engine.data.feed import Feed
from engine.data.preparation import learn, prepare

RANDOM = np.random.default_rng(0)
ARRAYS = {
    "image": RANDOM.integers(0, 256, (5000, 3, 6, 5), np.uint8),
    "features": RANDOM.normal(3, 2, (5000, 4)).astype(np.float32),
    "label": RANDOM.integers(0, 10, 5000),
}
PREPARATIONS = {name: learn(ARRAYS[name], ARRAYS[name].shape[1:]) for name in ("image", "features")}
CHOSEN = RANDOM.permutation(5000)[:4500]
CPU = torch.device("cpu")
RAW = sum(array[0].nbytes for array in ARRAYS.values()) * len(CHOSEN)
ROOMS = {"prepared": 2**31, "raw": RAW, "streamed": RAW - 1}

torch.set_num_threads(1)


def feed(room: int, chosen: np.ndarray | None = CHOSEN, device: torch.device = CPU) -> Feed:
    return Feed(ARRAYS, PREPARATIONS, chosen, device, room)


@pytest.mark.parametrize("room", ROOMS)
def test_a_batch_holds_the_named_samples_prepared(room: str) -> None:
    indices = torch.randperm(len(CHOSEN))[:64]
    rows = CHOSEN[indices.numpy()]
    batch = feed(ROOMS[room]).batch(indices)
    assert np.array_equal(batch["image"].numpy(), prepare(PREPARATIONS["image"], ARRAYS["image"][rows]))
    assert np.array_equal(batch["features"].numpy(), prepare(PREPARATIONS["features"], ARRAYS["features"][rows]))
    assert np.array_equal(batch["label"].numpy(), ARRAYS["label"][rows])


def test_room_decides_how_the_samples_lie() -> None:
    assert [feed(room).resident for room in ROOMS.values()] == [True, True, False]


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
def test_images_lie_in_the_order_in_which_convolutions_are_fast(room: int) -> None:
    image = feed(room).batch(torch.arange(32))["image"]
    assert image.dtype == torch.float32
    assert image.is_contiguous(memory_format=torch.channels_last)


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
def test_the_source_is_left_as_it_was(room: int) -> None:
    before = {name: array.copy() for name, array in ARRAYS.items()}
    samples = feed(room)
    for start in range(0, 128, 64):
        samples.batch(torch.arange(start, start + 64))
    assert all(np.array_equal(before[name], ARRAYS[name]) for name in ARRAYS)


def test_all_samples_are_taken_where_none_are_named() -> None:
    assert len(feed(2**31, None)) == 5000
    assert len(feed(2**31)) == len(CHOSEN)


def test_words_stay_whole_numbers() -> None:
    words = {"words": RANDOM.integers(0, 99, (20, 7))}
    batch = Feed(words, {"words": learn(words["words"], (7,))}, None, CPU).batch(torch.tensor([3, 1]))
    assert batch["words"].dtype == torch.int64
    assert np.array_equal(batch["words"].numpy(), words["words"][[3, 1]])


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA GPU")
@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
def test_a_gpu_gives_the_same_bits(room: int) -> None:
    cuda = torch.device("cuda")
    samples = feed(room, device=cuda)
    order = torch.randperm(len(CHOSEN))
    for indices in (order[:64], order[:64].to(cuda)):
        batch, plain = samples.batch(indices), feed(2**31).batch(order[:64])
        assert {tensor.device.type for tensor in batch.values()} == {"cuda"}
        assert all(torch.equal(batch[name].cpu(), plain[name]) for name in plain)
