"""NPZ files as people have them."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from engine.data.dataset import DataSet
from engine.data.faults import BadData
from engine.data.sources import open_data, survey

RANDOM = np.random.default_rng(0)
IMAGES = RANDOM.integers(0, 256, (12, 5, 4), np.uint8)
LABELS = np.arange(12) % 3


def opened(path: Path, **arrays: object) -> DataSet:
    np.savez(path / "data.npz", **arrays)  # type: ignore[arg-type]
    return open_data(f"npz:{path / 'data.npz'}")


@pytest.mark.parametrize(("x", "y"), [("x", "y"), ("image", "label"), ("images", "labels"), ("X", "target")])
def test_images_and_labels_under_their_usual_names(tmp_path: Path, x: str, y: str) -> None:
    data = opened(tmp_path, **{x: IMAGES, y: LABELS})
    assert np.array_equal(data.parts["training"]["image"], IMAGES[:, None])
    assert np.array_equal(data.parts["training"]["label"], LABELS)
    assert data.columns[1].classes == ("0", "1", "2")


@pytest.mark.parametrize(
    "names",
    [("x_train", "y_train", "x_test", "y_test"), ("train_images", "train_labels", "test_images", "test_labels")],
)
def test_parts_as_keras_and_others_name_them(tmp_path: Path, names: tuple[str, ...]) -> None:
    data = opened(tmp_path, **dict(zip(names, (IMAGES, LABELS, IMAGES[:5], LABELS[:5]), strict=True)))
    assert (data.count(), data.count("test"), data.held_back) == (12, 5, 0)
    assert [column.name for column in data.columns] == ["image", "label"]


def test_an_own_validation_part_is_what_the_split_gives(tmp_path: Path) -> None:
    data = opened(tmp_path, train_x=IMAGES, train_y=LABELS, val_x=IMAGES[:4], val_y=LABELS[:4])
    training, validation = data.split(0.5, seed=3)
    assert training.tolist() == list(range(12))
    assert np.array_equal(data.parts["training"]["image"][validation], IMAGES[:4, None])


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_the_channels_are_found_where_they_are(tmp_path: Path, channels: int) -> None:
    images = RANDOM.integers(0, 256, (12, channels, 7, 9), np.uint8)
    for form in (images, images.transpose(0, 2, 3, 1)):
        assert np.array_equal(opened(tmp_path, x=form, y=LABELS).parts["training"]["image"], images)


@pytest.mark.parametrize("dtype", [np.int64, np.int32, np.uint16])
def test_integers_up_to_255_are_bytes(tmp_path: Path, dtype: type) -> None:
    assert opened(tmp_path, x=IMAGES.astype(dtype), y=LABELS).parts["training"]["image"].dtype == np.uint8


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_floats_stay_floats(tmp_path: Path, dtype: type) -> None:
    image = opened(tmp_path, x=(IMAGES / 255).astype(dtype), y=LABELS).parts["training"]["image"]
    assert image.dtype == np.float32
    assert np.allclose(image[:, 0], IMAGES / 255, atol=1e-3)


def test_float_images_are_scaled_too(tmp_path: Path) -> None:
    np.savez(tmp_path / "data.npz", x=IMAGES / 255, y=LABELS)
    data = open_data(f"npz:{tmp_path / 'data.npz'}", sizes={"image": (1, 10, 8)})
    bytes_ = opened(tmp_path, x=IMAGES, y=LABELS)
    assert data.parts["training"]["image"].shape == (12, 1, 10, 8)
    assert abs(data.parts["training"]["image"].mean() - bytes_.parts["training"]["image"].mean() / 255) < 0.02


def test_a_table_of_features(tmp_path: Path) -> None:
    data = opened(tmp_path, x=RANDOM.normal(size=(12, 4)), y=LABELS)
    assert data.columns[0].name == "features"
    assert data.parts["training"]["features"].shape == (12, 4)
    assert data.parts["training"]["features"].dtype == np.float32


def test_numbers_to_be_predicted(tmp_path: Path) -> None:
    data = opened(tmp_path, x=RANDOM.normal(size=(12, 4)), y=RANDOM.normal(size=12))
    assert (data.columns[1].name, data.columns[1].dtype, data.columns[1].classes) == ("target", "float32", ())


@pytest.mark.parametrize("labels", [LABELS[:, None], np.eye(3)[LABELS], np.eye(3, dtype=int)[LABELS]])
def test_labels_in_columns_and_one_hot(tmp_path: Path, labels: np.ndarray) -> None:
    assert np.array_equal(opened(tmp_path, x=IMAGES, y=labels).parts["training"]["label"], LABELS)


def test_several_labels_at_once_are_numbers(tmp_path: Path) -> None:
    several = np.array([[1, 1, 0]] * 12)
    data = opened(tmp_path, x=IMAGES, y=several)
    assert (data.columns[1].name, data.columns[1].shape, data.columns[1].dtype) == ("target", (3,), "float32")


def test_labels_in_words_are_classes(tmp_path: Path) -> None:
    data = opened(tmp_path, x=IMAGES, y=np.array(["dog", "cat", "dog"] * 4))
    assert data.columns[1].classes == ("cat", "dog")
    assert data.parts["training"]["label"][:3].tolist() == [1, 0, 1]


def test_names_of_classes_in_an_array_of_their_own(tmp_path: Path) -> None:
    data = opened(tmp_path, x=IMAGES, y=LABELS, class_names=np.array(["cat", "dog", "cow"]))
    assert data.columns[1].classes == ("cat", "dog", "cow")
    assert len(data.columns) == 2


def test_other_arrays_are_columns_by_their_names(tmp_path: Path) -> None:
    data = opened(tmp_path, image=IMAGES, size=RANDOM.normal(size=(12, 2)), words=RANDOM.integers(0, 9, (12, 6)))
    assert {(c.name, c.shape, c.dtype) for c in data.columns[1:]} == {
        ("size", (2,), "float32"),
        ("words", (6,), "int64"),
    }


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"x": IMAGES, "y": LABELS[:5]}, "“x” has 12 samples and “y” has 5"),
        ({"x": IMAGES, "y": LABELS * 0}, "too few classes to tell apart: 1"),
        ({"x": IMAGES, "y": np.array(["a"] * 12)}, "too few classes to tell apart: 1"),
        ({"x": IMAGES[:0], "y": LABELS[:0]}, "empty"),
        ({"x": np.full((12, 3), np.nan), "y": LABELS}, "“x” holds NaN"),
        ({"x": IMAGES.astype(complex), "y": LABELS}, "complex128"),
        ({"x_test": IMAGES, "y_test": LABELS}, "no arrays to train on"),
        ({"x_train": IMAGES, "y_train": LABELS, "x_test": IMAGES}, "“y” has no test part"),
        ({"x_train": IMAGES, "x_test": IMAGES[:, :3]}, "differ in shape"),
        ({"x": np.array(5)}, "no arrays to train on"),
        ({"x": np.array([None, {}], dtype=object)}, "no NPZ file of plain arrays"),
    ],
)
def test_arrays_that_do_not_go_together_are_named(tmp_path: Path, arrays: dict[str, np.ndarray], words: str) -> None:
    with pytest.raises(BadData, match=words):
        opened(tmp_path, **arrays)


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    touched = tmp_path / "touched"

    class Trap:
        def __reduce__(self) -> object:
            return (Path.touch, (touched,))

    np.savez(tmp_path / "data.npz", x=np.array([Trap()], dtype=object))
    with pytest.raises(BadData):
        survey(f"npz:{tmp_path / 'data.npz'}")
    assert not touched.exists()


@pytest.mark.parametrize("kind", ["text", "npy", "cut", "flipped", "empty zip", "foreign zip"])
def test_damaged_files_are_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "data.npz"
    whole = io.BytesIO()
    np.savez_compressed(whole, x=IMAGES, y=LABELS)
    content = bytearray(whole.getvalue())
    if kind == "text":
        path.write_text("hello")
    elif kind == "npy":
        with path.open("wb") as file:
            np.save(file, IMAGES)
    elif kind == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif kind == "flipped":
        content[120] ^= 0xFF
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            if kind == "foreign zip":
                archive.writestr("a.txt", "hello")
    with pytest.raises(BadData, match=r"data\.npz"):
        survey(f"npz:{path}")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"gone\.npz is not there"):
        survey(f"npz:{tmp_path / 'gone.npz'}")
