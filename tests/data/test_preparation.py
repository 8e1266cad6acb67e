"""One preparation for everyone, learned from the training samples alone."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

from engine.data.faults import BadData
from engine.data.images import read_fitted
from engine.data.preparation import Preparation, learn, prepare
from engine.data.sources import open_data
from engine.text import say

RANDOM = np.random.default_rng(0)
IMAGES = RANDOM.integers(0, 256, (500, 3, 6, 5), np.uint8)


def test_prepared_training_samples_have_mean_0_and_spread_1_in_each_channel() -> None:
    prepared = prepare(learn(IMAGES, (3, 6, 5)), IMAGES)
    assert prepared.dtype == np.float32
    assert np.allclose(prepared.mean((0, 2, 3)), 0, atol=1e-5)
    assert np.allclose(prepared.std((0, 2, 3)), 1, atol=1e-5)


def test_the_numbers_are_those_of_a_plain_computation() -> None:
    found = learn(IMAGES, (3, 6, 5))
    scaled = IMAGES / 255
    assert np.allclose(found.mean, scaled.mean((0, 2, 3)), rtol=1e-12)
    assert np.allclose(found.spread, scaled.std((0, 2, 3)), rtol=1e-9)


def test_only_the_named_samples_teach() -> None:
    chosen = np.arange(0, 500, 3)
    changed = IMAGES.copy()
    changed[np.setdiff1d(np.arange(500), chosen)] = 255
    assert learn(changed, (3, 6, 5), chosen) == learn(IMAGES, (3, 6, 5), chosen) != learn(changed, (3, 6, 5))


def test_the_test_part_teaches_nothing(idx_folder: Path) -> None:
    def learned() -> Preparation:
        data = open_data(f"idx:{idx_folder}")
        training, _ = data.split(0.2, 0)
        return learn(data.parts["training"]["image"], (1, 6, 5), training)

    before = learned()
    for path in idx_folder.glob("t10k*"):
        path.unlink()
    assert learned() == before


def test_a_channel_that_never_changes_stays_finite() -> None:
    images = IMAGES.copy()
    images[:, 1] = 7
    prepared = prepare(learn(images, (3, 6, 5)), images)
    assert np.isfinite(prepared).all()
    assert np.allclose(prepared[:, 1], 0, atol=1e-6)


def test_large_means_lose_no_digits() -> None:
    table = RANDOM.normal(1e6, 1, (5000, 2)).astype(np.float32)
    prepared = prepare(learn(table, (2,)), table)
    assert np.allclose(prepared.mean(0), 0, atol=0.04)  # float32 has steps of 0.06 there
    assert np.allclose(prepared.std(0), 1, atol=1e-2)


def test_index_columns_pass_unchanged() -> None:
    words = RANDOM.integers(0, 99, (20, 7))
    assert np.array_equal(prepare(learn(words, (7,)), words), words)


def test_a_file_and_its_array_give_the_same_numbers(tmp_path: Path) -> None:
    pixels = RANDOM.integers(0, 256, (30, 20, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "x.png")
    found = Preparation((1, 8, 8), (3, 30, 20), scale=1 / 255, mean=(0.3,), spread=(0.2,))
    from_file = prepare(found, read_fitted(tmp_path / "x.png", "x.png", found.shape)[None])
    assert np.array_equal(from_file, prepare(found, pixels.transpose(2, 0, 1)[None]))
    assert from_file.shape == (1, 1, 8, 8)


def test_training_and_prediction_see_the_same_image(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        Image.fromarray(RANDOM.integers(0, 256, (30, 20, 3), np.uint8)).save(tmp_path / name / "x.jpg")
    data = open_data(f"images:{tmp_path}", sizes={"image": (3, 8, 8)})
    trained = data.parts["training"]["image"]
    found = learn(trained, (3, 8, 8))
    alone = prepare(found, read_fitted(tmp_path / "b" / "x.jpg", "x", found.shape)[None])
    assert np.array_equal(prepare(found, trained)[1], alone[0])


def test_it_travels_as_json() -> None:
    found = learn(IMAGES, (3, 6, 5))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Preparation) == found


def test_scaling_is_said() -> None:
    note = Preparation((1, 28, 28), (1, 8, 8)).note
    assert note is not None
    assert say(note) == "Images are scaled from 1×8×8 to 1×28×28, as the input declares."
    assert Preparation((1, 8, 8), (1, 8, 8)).note is None


@pytest.mark.parametrize(
    ("shape", "values"), [((3, 6, 5), IMAGES[:, :, :5]), ((4,), np.zeros((3, 5), np.float32)), ((30,), IMAGES)]
)
def test_samples_of_another_shape_are_refused_in_learning(shape: tuple[int, ...], values: np.ndarray) -> None:
    with pytest.raises(BadData, match="declares"):
        learn(values, shape)


@pytest.mark.parametrize("values", [np.zeros((2, 5), np.float32), np.zeros((2, 2, 6, 5), np.uint8)])
def test_samples_of_another_kind_are_refused_in_preparing(values: np.ndarray) -> None:
    with pytest.raises(BadData):
        prepare(learn(IMAGES, (3, 6, 5)), values)
