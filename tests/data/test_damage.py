"""Whatever happened to a file, it gives data or a sentence."""

import contextlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.data.faults import BadData, BadImage
from engine.data.images import FORMATS, image_size, read_fitted
from engine.data.sources import open_data

PIXELS = np.random.default_rng(0).integers(0, 256, (12, 10, 3), np.uint8)
QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
DAMAGE = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=5)


def damaged(content: bytes, changes: list[tuple[float, int]], kept: float) -> bytes:
    result = bytearray(content)
    for place, value in changes:
        result[int(place * len(result))] = value
    return bytes(result[: int(kept * len(result)) + 1])


def encoded(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(PIXELS).save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", FORMATS)
@QUIET
@given(changes=DAMAGE, kept=st.sampled_from([1.0, 0.9, 0.3, 0.01]))
def test_any_damage_to_an_image(kind: str, changes: list[tuple[float, int]], kept: float) -> None:
    content = damaged(encoded(kind), changes, kept)
    with contextlib.suppress(BadImage):
        image_size(content, "x")
    with contextlib.suppress(BadImage):
        assert read_fitted(content, "x", (3, 4, 4)).shape == (3, 4, 4)


def idx_labels(folder: Path) -> Path:
    return next(folder.glob("train-labels*"))


def idx_images(folder: Path) -> Path:
    return next(folder.glob("train-images*"))


@pytest.mark.parametrize("which", [idx_labels, idx_images])
@QUIET
@given(changes=DAMAGE, kept=st.sampled_from([1.0, 0.9, 0.3, 0.01]))
def test_any_damage_to_an_idx_file(
    idx_folder: Path, which: Callable[[Path], Path], changes: list[tuple[float, int]], kept: float
) -> None:
    path = which(idx_folder)
    before = path.read_bytes()
    path.write_bytes(damaged(before, changes, kept))
    with contextlib.suppress(BadData):
        open_data(f"idx:{idx_folder}")
    path.write_bytes(before)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@QUIET
@given(changes=DAMAGE, kept=st.sampled_from([1.0, 0.9, 0.3, 0.01]))
def test_any_damage_to_an_npz_file(
    tmp_path: Path, save: Callable[..., None], changes: list[tuple[float, int]], kept: float
) -> None:
    buffer = io.BytesIO()
    save(buffer, x=PIXELS, y=np.arange(12) % 3)
    path = tmp_path / "data.npz"
    path.write_bytes(damaged(buffer.getvalue(), changes, kept))
    with contextlib.suppress(BadData):
        open_data(f"npz:{path}")


@QUIET
@given(changes=DAMAGE, kept=st.sampled_from([1.0, 0.9, 0.3, 0.01]))
def test_any_damage_to_a_zip(tmp_path: Path, changes: list[tuple[float, int]], kept: float) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("cat/1.png", "cat/2.png", "dog/1.png"):
            archive.writestr(name, encoded("PNG"))
    path = tmp_path / "pets.zip"
    path.write_bytes(damaged(buffer.getvalue(), changes, kept))
    with contextlib.suppress(BadData):
        open_data(f"images:{path}")
