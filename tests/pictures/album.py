"""Which pictures are taken and kept: every scene at 100% in both themes, half of them at 200%, some in a small window.

A name is SCENE, SCENE@WIDTHxHEIGHT for another size of the window, and ends in *2 for 200%.
"""

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image

from tests.pictures.studio import THEMES, start

REFERENCES = Path(__file__).parent / "references"
SMALL = "@1024x700"
NAMES = (
    "welcome",
    "canvas",
    "frames",
    "resnet",
    "block",
    "flow",
    "problem",
    "gallery",
    "compare",
    "commands",
    "shortcuts",
    "outline",
    "minimap",
    "far",
    "quick_add",
    "recovery",
    f"block{SMALL}",
    f"problem{SMALL}",
    "frames*2",
    "block*2",
    "flow*2",
    "problem*2",
    "gallery*2",
    "compare*2",
    "commands*2",
)
PATIENCE_SECONDS = 500


def take(folder: Path, names: Sequence[str]) -> list[Path]:
    """Takes these pictures, those of the two scales beside each other."""
    lots = [(scale, names_at(names, scale)) for scale in (1, 2)]
    running = [start(folder, scale, lot) for scale, lot in lots if lot]
    try:
        for process in running:
            process.wait(PATIENCE_SECONDS)
    finally:
        for process in running:
            process.kill()
            process.wait()
    for process in running:
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, process.args)
    return [folder / file for name in names for file in files(name)]


def files(name: str) -> list[str]:
    """The files of a picture's name, one for each theme."""
    scene, _, twice = name.partition("*")
    return [f"{scene}-{scheme}-{'200' if twice else '100'}.png" for scheme in THEMES]


def names_at(names: Iterable[str], scale: int) -> list[str]:
    """The scenes of the pictures of this scale."""
    return [name.removesuffix("*2") for name in names if name.endswith("*2") == (scale == 2)]


def keep(path: Path) -> Path:
    """Makes a picture a reference, pixel for pixel, as WebP: a third of the size. Gives its path."""
    REFERENCES.mkdir(exist_ok=True)
    kept = reference(path.name)
    with Image.open(path) as picture:
        picture.convert("RGB").save(kept, lossless=True)
    return kept


def reference(file: str) -> Path:
    """The path of the reference of a picture's file."""
    return (REFERENCES / file).with_suffix(".webp")
