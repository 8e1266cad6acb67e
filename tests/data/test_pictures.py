"""Folders and zips of images."""

import stat
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.data import images, stores
from engine.data.faults import BadData
from engine.data.images import fitted, image_size, read_fitted
from engine.data.sources import open_data, survey
from engine.text import say


def zipped(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, file.relative_to(folder.parent))
    return path


def test_folders_are_classes_in_parts(image_folder: Path) -> None:
    data = open_data(f"images:{image_folder}")
    assert data.columns[0].shape == (3, 6, 8)
    assert data.columns[1].classes == ("cat", "dog")
    assert (data.count(), data.count("test"), data.held_back) == (8, 4, 0)
    training = data.parts["training"]
    assert training["label"].tolist() == [0] * 4 + [1] * 4
    assert training["image"].dtype == np.uint8
    assert training["image"][0, :, 0, 0].tolist() == [250, 0, 0]
    assert training["image"][7, :, 0, 0].tolist() == [0, 0, 250]


def test_a_zip_gives_the_same_as_its_folder(image_folder: Path, tmp_path: Path) -> None:
    packed = open_data(f"images:{zipped(image_folder, tmp_path / 'pets.zip')}")
    plain = open_data(f"images:{image_folder}")
    assert packed.columns == plain.columns
    for part in ("training", "test"):
        for name in ("image", "label"):
            assert np.array_equal(packed.parts[part][name], plain.parts[part][name])


def test_files_that_are_no_images_are_noted(image_folder: Path) -> None:
    (note,) = survey(f"images:{image_folder}").notes
    assert say(note) == "1 files that are no images are left out."


def test_classes_may_lie_at_the_top(image_folder: Path) -> None:
    data = survey(f"images:{image_folder / 'train'}")
    assert list(data.parts) == ["training"]
    assert data.count() == 8


def test_a_validation_folder_is_what_the_split_gives(image_folder: Path, paint) -> None:
    paint(image_folder / "val" / "dog" / "v.png", (1, 2, 3))
    data = open_data(f"images:{image_folder}")
    training, validation = data.split(0.5, 0)
    assert (len(training), validation.tolist()) == (8, [8])
    assert data.parts["training"]["image"][8, :, 0, 0].tolist() == [1, 2, 3]


@pytest.mark.parametrize("names", [["1", "2", "10"], ["a", "b", "c"]])
def test_classes_are_in_the_order_in_which_people_count(tmp_path: Path, paint, names: list[str]) -> None:
    for name in names:
        paint(tmp_path / name / "x.png")
    assert survey(f"images:{tmp_path}").columns[1].classes == tuple(names)


@pytest.mark.parametrize("suffix", ["jpg", "JPEG", "png", "bmp", "gif", "webp"])
def test_every_kind_of_image(tmp_path: Path, paint, suffix: str) -> None:
    for name in ("a", "b"):
        paint(tmp_path / name / f"x.{suffix}", (255, 255, 255))
    assert open_data(f"images:{tmp_path}").parts["training"]["image"].min() > 250


@pytest.mark.parametrize(("mode", "colour"), [("L", 100), ("1", 1), ("I;16", 25_700), ("LA", (100, 255))])
def test_grey_images_have_one_channel(tmp_path: Path, paint, mode: str, colour: object) -> None:
    for name in ("a", "b"):
        paint(tmp_path / name / "x.png", colour, mode=mode)
    image = open_data(f"images:{tmp_path}").parts["training"]["image"]
    assert set(np.unique(image[:, 0])) == ({255} if mode == "1" else {100})


def test_some_colour_makes_all_images_colour(tmp_path: Path, paint) -> None:
    paint(tmp_path / "a" / "x.png", 100, mode="L")
    paint(tmp_path / "b" / "x.png", (1, 2, 3))
    image = open_data(f"images:{tmp_path}").parts["training"]["image"]
    assert image[:, :, 0, 0].tolist() == [[100, 100, 100], [1, 2, 3]]


def test_what_is_see_through_lies_on_white(tmp_path: Path, paint) -> None:
    for name in ("a", "b"):
        paint(tmp_path / name / "x.png", (0, 0, 0, 0), mode="RGBA")
    assert open_data(f"images:{tmp_path}").parts["training"]["image"].min() == 255


def test_photos_are_turned_upright(tmp_path: Path, paint) -> None:
    paint(tmp_path / "b" / "x.jpg", size=(6, 8))
    (tmp_path / "a").mkdir()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (8, 6)).save(tmp_path / "a" / "x.jpg", exif=exif)
    assert survey(f"images:{tmp_path}").columns[0].shape == (3, 8, 6)
    assert open_data(f"images:{tmp_path}").count() == 2


def test_the_usual_size_is_offered_and_others_are_scaled_to_it(tmp_path: Path, paint) -> None:
    for number, size in enumerate([(8, 6), (8, 6), (8, 6), (20, 30)]):
        paint(tmp_path / "ab"[number % 2] / f"{number}.png", size=size)
    data = open_data(f"images:{tmp_path}")
    assert data.columns[0].shape == (3, 6, 8)
    assert data.parts["training"]["image"].shape == (4, 3, 6, 8)


def test_large_photos_are_offered_at_a_size_that_a_network_takes(tmp_path: Path, paint) -> None:
    for name in ("a", "b"):
        paint(tmp_path / name / "x.jpg", size=(2000, 1000))
    assert survey(f"images:{tmp_path}").columns[0].shape == (3, 112, 224)


def test_images_come_in_the_wanted_size_as_a_single_one_does(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        pixels = random.integers(0, 256, (17, 23, 3), np.uint8)
        Image.fromarray(pixels).save(tmp_path / name / "x.jpg")
    data = open_data(f"images:{tmp_path}", sizes={"image": (1, 9, 11)})
    path = tmp_path / "a" / "x.jpg"
    single = fitted(read_fitted(path, "x", image_size(path, "x")), (1, 9, 11))
    assert np.array_equal(data.parts["training"]["image"][0], single)


def test_reading_says_how_far_it_is(tmp_path: Path, paint) -> None:
    for number in range(300):
        paint(tmp_path / "ab"[number % 2] / f"{number}.png", size=(2, 2))
    told: list[tuple[int, int]] = []
    open_data(f"images:{tmp_path}", lambda what, done, total: told.append((done, total)))
    assert told == [(0, 300), (256, 300)]


def test_a_damaged_image_is_named(image_folder: Path) -> None:
    broken = image_folder / "train" / "dog" / "2.png"
    broken.write_bytes(broken.read_bytes()[:50])
    with pytest.raises(BadData, match=r"train/dog/2\.png is damaged"):
        open_data(f"images:{image_folder}")


def test_what_only_calls_itself_an_image_is_named(image_folder: Path) -> None:
    (image_folder / "test" / "dog" / "x.jpg").write_text("hello")
    with pytest.raises(BadData, match=r"test/dog/x\.jpg is no image"):
        open_data(f"images:{image_folder}")


def test_an_image_is_refused_for_its_size_before_it_is_decoded(
    tmp_path: Path, paint, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        paint(tmp_path / name / "x.png", size=(50, 50))
    monkeypatch.setattr(images.Image, "MAX_IMAGE_PIXELS", 2000)
    with pytest.raises(BadData, match="larger than"):
        survey(f"images:{tmp_path}")


def test_images_without_classes_say_what_to_do(tmp_path: Path, paint) -> None:
    paint(tmp_path / "pictures" / "1.png")
    paint(tmp_path / "pictures" / "2.png")
    with pytest.raises(BadData, match=r"have no labels.*folder for each class"):
        survey(f"images:{tmp_path / 'pictures'}")


def test_loose_images_beside_classes_are_noted(image_folder: Path, paint) -> None:
    paint(image_folder / "train" / "loose.png")
    found = survey(f"images:{image_folder}")
    assert found.count() == 8
    assert any("1 images that lie in no class" in say(note) for note in found.notes)


def test_a_single_class_is_refused(tmp_path: Path, paint) -> None:
    paint(tmp_path / "cat" / "1.png")
    with pytest.raises(BadData, match="too few classes to tell apart: 1"):
        survey(f"images:{tmp_path}")


def test_a_class_that_training_does_not_know_is_named(image_folder: Path, paint) -> None:
    paint(image_folder / "test" / "cow" / "1.png")
    with pytest.raises(BadData, match="test part has a class “cow”"):
        survey(f"images:{image_folder}")


def test_a_folder_without_images_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="holds no images"):
        survey(f"images:{tmp_path}")


def test_images_that_do_not_fit_into_memory_are_refused(image_folder: Path) -> None:
    with pytest.raises(BadData, match="of memory"):
        open_data(f"images:{image_folder}", sizes={"image": (3, 10**6, 10**6)})


def test_a_zip_may_name_no_file_outside_of_itself(tmp_path: Path) -> None:
    for name in ("../evil.png", "/evil.png", "a/../../evil.png", "C:/evil.png", "..\\evil.png"):
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
            archive.writestr(name, b"x")
        with pytest.raises(BadData, match="outside of itself"):
            survey(f"images:{tmp_path / 'x.zip'}")


def test_a_zip_may_hold_no_links(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("a/link.png")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(BadData, match="holds a link"):
        survey(f"images:{tmp_path / 'x.zip'}")


def test_a_zip_that_expands_beyond_bounds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "FREE_EXPANSION", 2**20)
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/1.bmp", bytes(2 * 2**20))
    with pytest.raises(BadData, match="would expand"):
        survey(f"images:{tmp_path / 'x.zip'}")


@pytest.mark.parametrize("kind", ["text", "cut", "flipped"])
def test_a_damaged_zip_is_named(image_folder: Path, tmp_path: Path, kind: str) -> None:
    path = zipped(image_folder, tmp_path / "pets.zip")
    content = bytearray(path.read_bytes())
    if kind == "text":
        content = bytearray(b"hello")
    elif kind == "cut":
        content = content[: len(content) // 2]
    else:
        start = content.index(b"IDAT")
        content[start + 8] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(BadData, match=r"damaged"):
        open_data(f"images:{path}")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="gone is not there"):
        survey(f"images:{tmp_path / 'gone'}")
