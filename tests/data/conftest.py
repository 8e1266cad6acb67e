"""Small data on the disk: IDX files, folders of images."""

import gzip
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

MNIST = Path(__file__).parents[3] / "shared" / "data" / "mnist"


def idx_bytes(array: np.ndarray) -> bytes:
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.astype(np.uint8).tobytes()


@pytest.fixture
def idx_folder(tmp_path: Path) -> Path:
    """30 training and 10 test images of 6×5, three classes."""
    random = np.random.default_rng(0)
    for part, count in (("train", 30), ("t10k", 10)):
        images, labels = random.integers(0, 256, (count, 6, 5)), np.arange(count) % 3
        (tmp_path / f"{part}-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx_bytes(images)))
        (tmp_path / f"{part}-labels-idx1-ubyte").write_bytes(idx_bytes(labels))
    return tmp_path


Paint = Callable[..., None]


@pytest.fixture
def paint() -> Paint:
    """Writes an image of one colour; the suffix says the format, `mode` how it is stored."""

    def painted(path: Path, colour: object = (200, 30, 60), size: tuple[int, int] = (8, 6), mode: str = "RGB") -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new(mode, size, colour).save(path)  # type: ignore[arg-type]

    return painted


@pytest.fixture
def image_folder(tmp_path: Path, paint: Paint) -> Path:
    """Cats are red, dogs are blue; 4 of each to train, 2 to test, and something that is no image."""
    for part, count in (("train", 4), ("test", 2)):
        for name, colour in (("cat", (250, 0, 0)), ("dog", (0, 0, 250))):
            for number in range(count):
                paint(tmp_path / "pets" / part / name / f"{number}.png", colour)
    (tmp_path / "pets" / "readme.txt").write_text("pets")
    return tmp_path / "pets"


@pytest.fixture(scope="session")
def mnist() -> Path:
    """The folder of the real MNIST."""
    if not MNIST.is_dir():
        pytest.skip(f"the real MNIST is not at {MNIST}")
    return MNIST
