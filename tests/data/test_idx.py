"""IDX folders: whole, or refused with the file's name."""

import gzip
import hashlib
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.data.faults import BadData
from engine.data.known import MNIST
from engine.data.sources import open_data, survey

TRAIN_IMAGES = "train-images-idx3-ubyte.gz"
TRAIN_LABELS = "train-labels-idx1-ubyte"


def idx(shape: tuple[int, ...], content: bytes, kind: int = 8) -> bytes:
    return struct.pack(f">HBB{len(shape)}I", 0, kind, len(shape), *shape) + content


def test_images_and_labels_come_as_columns_of_two_parts(idx_folder: Path) -> None:
    data = open_data(f"idx:{idx_folder}")
    training = data.parts["training"]
    assert training["image"].shape == (30, 1, 6, 5)
    assert training["image"].dtype == np.uint8
    assert training["label"].dtype == np.int64
    assert training["label"][:4].tolist() == [0, 1, 2, 0]
    assert data.count("test") == 10
    assert [(c.name, c.shape, c.dtype, c.classes) for c in data.columns] == [
        ("image", (1, 6, 5), "float32", ()),
        ("label", (), "int64", ("0", "1", "2")),
    ]


def test_values_are_those_of_the_file(idx_folder: Path) -> None:
    with gzip.open(idx_folder / TRAIN_IMAGES) as file:
        content = file.read()[16:]
    assert open_data(f"idx:{idx_folder}").parts["training"]["image"].tobytes() == content


def test_images_come_in_the_wanted_size(idx_folder: Path) -> None:
    data = open_data(f"idx:{idx_folder}", sizes={"image": (3, 12, 10)})
    assert data.parts["training"]["image"].shape == (30, 3, 12, 10)
    assert data.column("image").shape == (1, 6, 5)  # type: ignore[union-attr]


def test_the_test_part_may_be_missing(idx_folder: Path) -> None:
    for path in idx_folder.glob("t10k*"):
        path.unlink()
    assert list(survey(f"idx:{idx_folder}").parts) == ["training"]


def test_other_distributions_name_their_files_alike(idx_folder: Path) -> None:
    for path in list(idx_folder.iterdir()):
        path.rename(path.with_name("emnist-letters-" + path.name.replace("t10k", "test").replace("-idx", ".idx")))
    assert survey(f"idx:{idx_folder}").count("test") == 10


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("file", "damage", "words"),
    [
        (TRAIN_IMAGES, Path.unlink, "holds no train-images-idx3-ubyte"),
        (TRAIN_LABELS, Path.unlink, "holds no train-labels-idx1-ubyte"),
        ("t10k-labels-idx1-ubyte", Path.unlink, "holds no t10k-labels-idx1-ubyte"),
        (TRAIN_IMAGES, cut, "damaged or cut off"),
        (TRAIN_IMAGES, flip, "damaged or cut off"),
        (TRAIN_LABELS, cut, "announces 30 values and holds 27"),
        (TRAIN_IMAGES, lambda p: p.write_bytes(b"hello"), "damaged or cut off"),
        (TRAIN_IMAGES, lambda p: p.write_bytes(gzip.compress(b"hello world")), "no IDX file"),
        (TRAIN_LABELS, lambda p: p.write_bytes(b""), "no IDX file"),
        (TRAIN_LABELS, lambda p: p.write_bytes(idx((30,), b"")[:6]), "first bytes"),
        (TRAIN_LABELS, lambda p: p.write_bytes(idx((30,), bytes(31))), "holds more"),
        (TRAIN_LABELS, lambda p: p.write_bytes(idx((29,), bytes(29))), "30 images and .* 29 labels"),
        (TRAIN_LABELS, lambda p: p.write_bytes(idx((30,), bytes(30))), "too few classes to tell apart: 1"),
        (TRAIN_LABELS, lambda p: p.write_bytes(idx((30,), bytes(120), kind=12)), "type 12"),
        (TRAIN_LABELS, lambda p: p.write_bytes(idx((30, 1), bytes(30))), "2 dimensions"),
        (TRAIN_IMAGES, lambda p: p.write_bytes(gzip.compress(idx((2**31, 2**15, 2**15), b"x"))), "of memory"),
        ("t10k-images-idx3-ubyte.gz", lambda p: p.write_bytes(gzip.compress(idx((10, 7, 7), bytes(490)))), "6×5 / 7×7"),
    ],
)
def test_damage_is_named(idx_folder: Path, file: str, damage: Callable[[Path], None], words: str) -> None:
    damage(idx_folder / file)
    with pytest.raises(BadData, match=words):
        survey(f"idx:{idx_folder}")


def test_a_file_that_announces_more_than_it_holds_takes_no_memory_for_it(idx_folder: Path) -> None:
    (idx_folder / TRAIN_LABELS).write_bytes(idx((2**28,), b"x"))
    with pytest.raises(BadData, match="holds 1"):
        survey(f"idx:{idx_folder}")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="gone is not there"):
        survey(f"idx:{tmp_path / 'gone'}")


def test_the_real_mnist(mnist: Path) -> None:
    data = open_data(f"idx:{mnist}")
    assert data.parts["training"]["image"].shape == (60_000, 1, 28, 28)
    assert data.parts["test"]["image"].shape == (10_000, 1, 28, 28)
    assert np.bincount(data.parts["training"]["label"])[:3].tolist() == [5923, 6742, 5958]


def test_the_real_mnist_has_the_contents_that_a_download_is_verified_by(mnist: Path) -> None:
    for file in MNIST.files:
        with gzip.open(mnist / file.name) as content:
            held = content.read()
        assert (len(held), hashlib.sha256(held).hexdigest()) == (file.content_size, file.sha256)
