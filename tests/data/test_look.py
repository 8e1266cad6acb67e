"""A look through a source, as the window shows it."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.data.look import balanced, look, write_samples
from engine.messages import Looked, Part, frame, read_event
from engine.text import Failure


def pixels(path: str) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image)


def test_parts_counts_and_balance(idx_folder: Path, tmp_path: Path) -> None:
    found = look(f"idx:{idx_folder}", tmp_path / "seen")
    assert found.parts == (Part("training", 30, (10, 10, 10)), Part("test", 10, (4, 3, 3)))
    assert [column.name for column in found.columns] == ["image", "label"]
    assert read_event(frame(found)) == found


def test_samples_are_the_training_images_with_their_labels(idx_folder: Path, tmp_path: Path) -> None:
    found = look(f"idx:{idx_folder}", tmp_path / "seen", samples=7)
    assert [sample.label for sample in found.samples] == ["0", "1", "2", "0", "1", "2", "0"]
    for sample in found.samples:
        assert sample.index % 3 == int(sample.label)
        assert pixels(sample.image).shape == (6, 5)
    assert len({sample.image for sample in found.samples}) == 7


def test_only_the_images_that_are_shown_are_decoded(image_folder: Path, tmp_path: Path) -> None:
    found = look(f"images:{image_folder}", tmp_path / "seen", samples=2)
    assert [sample.label for sample in found.samples] == ["cat", "dog"]
    assert [pixels(sample.image)[0, 0].tolist() for sample in found.samples] == [[250, 0, 0], [0, 0, 250]]
    shown = {sample.index for sample in found.samples}
    for index, path in enumerate(sorted((image_folder / "train").rglob("*.png"))):
        if index not in shown:
            path.write_bytes(b"damaged")
    assert look(f"images:{image_folder}", tmp_path / "seen", samples=2) == found


def test_a_table_has_no_pictures(tmp_path: Path) -> None:
    np.savez(tmp_path / "t.npz", x=np.zeros((6, 3)), y=np.arange(6) % 2)
    found = look(f"npz:{tmp_path / 't.npz'}", tmp_path / "seen")
    assert found.samples == ()
    assert found.parts == (Part("training", 6, (3, 3)),)


def test_float_images_are_shown_from_their_least_to_their_largest_value(tmp_path: Path) -> None:
    images = np.array([[[[-2.0, 0.0], [1.0, 2.0]]]], np.float32)
    (sample,) = write_samples(images, None, (), [5], tmp_path)
    assert pixels(sample.image).tolist() == [[0, 128], [191, 255]]
    assert (sample.label, sample.index) == ("", 5)


def test_rare_classes_are_seen_too() -> None:
    labels = np.array([0] * 98 + [1, 2])
    chosen = balanced(labels, 10)
    assert {98, 99} < set(chosen)
    assert len(chosen) == len(set(chosen)) == 10
    assert balanced(labels, 10) == chosen


def test_more_samples_than_there_are_give_all() -> None:
    assert sorted(balanced(np.array([0, 1, 1]), 60)) == [0, 1, 2]


def test_a_folder_that_cannot_be_written_is_named(idx_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Failure, match="cannot be written"):
        look(f"idx:{idx_folder}", tmp_path / "file" / "seen")


def test_the_digits(tmp_path: Path) -> None:
    found = look("sample:digits", tmp_path)
    assert isinstance(found, Looked)
    assert sum(part.count for part in found.parts) == 1797
    assert len(found.samples) == 60
