"""The window looks as it did when it was last looked at.

Where a change is meant: `python -m tests.pictures -o FOLDER`, look at the pictures, then `python -m tests.pictures
--renew`, and commit the references.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.pictures.album import NAMES, REFERENCES, files, reference, take
from tests.pictures.likeness import difference, likeness

pytestmark = pytest.mark.timeout(600)  # on a machine that does other things too
RENEW = "Where this is meant, look at it and run `python -m tests.pictures --renew`."


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with all pictures, taken now."""
    folder = tmp_path_factory.mktemp("pictures")
    take(folder, NAMES)
    yield folder


@pytest.fixture(scope="module")
def left() -> Path:
    """Where pictures that differ are left, to be looked at after the run."""
    return Path(os.environ.get("PICTURES_OUT", tempfile.gettempdir())) / "tensorloom-pictures"


@pytest.mark.parametrize("file", [file for name in NAMES for file in files(name)])
def test_it_looks_as_it_did(file: str, taken: Path, left: Path) -> None:
    assert reference(file).is_file(), f"There is no reference of {file}. {RENEW}"
    with Image.open(reference(file)) as kept, Image.open(taken / file) as picture:
        before, actual = kept.convert("RGB"), picture.convert("RGB")
    found = likeness(before, actual)
    if not found.alike:
        left.mkdir(parents=True, exist_ok=True)
        actual.save(left / file)
        difference(before, actual, found).save(left / f"differs-{file}")
    assert found.alike, f"{file}: {found}; see {left / f'differs-{file}'}. {RENEW}"


def test_no_reference_is_without_its_scene() -> None:
    assert {*REFERENCES.iterdir()} == {reference(file) for name in NAMES for file in files(name)}


@pytest.fixture
def picture() -> Image.Image:
    """One of the references."""
    with Image.open(reference("canvas-dark-100.png")) as kept:
        return kept.convert("RGB")


def test_a_picture_is_like_itself_and_like_itself_a_pixel_aside(picture: Image.Image) -> None:
    assert likeness(picture, picture).share == 0
    aside = picture.copy()
    aside.paste(picture, (1, 0))
    assert likeness(picture, aside).alike


def test_a_moved_label_is_noticed(picture: Image.Image) -> None:
    box = (20, 160, 120, 185)
    moved = picture.copy()
    moved.paste(picture.getpixel((5, 300)), box)  # type: ignore[arg-type]
    moved.paste(picture.crop(box), (box[0] + 20, box[1]))
    assert not likeness(picture, moved).alike


def test_another_colour_of_a_line_is_noticed(picture: Image.Image) -> None:
    lined, other = picture.copy(), picture.copy()
    for drawn, colour in ((lined, "#6b7587"), (other, "#ff6b6b")):
        ImageDraw.Draw(drawn).line((400, 300, 400, 360), colour, 2)
    assert not likeness(lined, other).alike


def test_pictures_of_two_sizes_are_unlike(picture: Image.Image) -> None:
    assert not likeness(picture, picture.resize((100, 100))).alike
