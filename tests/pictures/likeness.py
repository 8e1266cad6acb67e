"""How alike two pictures are to the eye: what moved, came, went or has another colour counts, what fonts do does not.

Pictures are looked at as means over small blocks. Fonts rendered a little otherwise (hinting, smoothing, a pixel to
the side) change many blocks a little or shift them by a pixel: a block is like another if any shift by a pixel makes
it so, and a few blocks that differ are let pass. What is drawn otherwise changes blocks a lot, and many beside it.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.float32]

BLOCK = 4
NOTICED = 20.0  # a block's mean colour differs by so much in a channel, of 255
TILE = 12  # blocks: a tile is looked at by itself, so that a small change in a large picture is found
LET_PASS = 0.06  # of the blocks of a tile
FEW = 0.002  # of the blocks of the picture


class Likeness(NamedTuple):
    """The share of blocks that differ in the picture and in its worst tile, and which blocks they are."""

    share: float
    worst: float
    differing: NDArray[np.bool_]

    @property
    def alike(self) -> bool:
        return self.share <= FEW and self.worst <= LET_PASS

    def __str__(self) -> str:
        return (
            f"{self.share:.2%} of it differs (at most {FEW:.2%}), {self.worst:.1%} of a tile (at most {LET_PASS:.0%})"
        )


def likeness(reference: Image.Image, actual: Image.Image) -> Likeness:
    """Compares two pictures of one size; pictures of two sizes are wholly unlike."""
    if reference.size != actual.size:
        return Likeness(1.0, 1.0, np.ones((1, 1), bool))
    wanted, found = _pixels(reference), _pixels(actual)
    least = np.full((wanted.shape[0] // BLOCK, wanted.shape[1] // BLOCK), 255.0, np.float32)
    means = _means(wanted)
    for shifted in _shifted(found):
        np.minimum(least, np.abs(_means(shifted) - means).max(axis=2), out=least)
    differing = least > NOTICED
    return Likeness(float(differing.mean()), _worst(differing), differing)


def difference(reference: Image.Image, actual: Image.Image, found: Likeness) -> Image.Image:
    """The actual picture, faint, with the blocks that differ in red."""
    faint = Image.blend(actual.convert("RGB"), Image.new("RGB", actual.size, "white"), 0.6)
    if reference.size != actual.size:
        return faint
    mask = Image.fromarray(found.differing.astype(np.uint8) * 255)
    mask = mask.resize((mask.width * BLOCK, mask.height * BLOCK), Image.Resampling.NEAREST)
    faint.paste((255, 0, 0), (0, 0), mask)
    return faint


def _pixels(picture: Image.Image) -> Pixels:
    return np.asarray(picture.convert("RGB"), np.float32)


def _means(pixels: Pixels) -> Pixels:
    """The mean colours of the blocks: (rows, columns, 3)."""
    rows, columns = pixels.shape[0] // BLOCK, pixels.shape[1] // BLOCK
    cut = pixels[: rows * BLOCK, : columns * BLOCK]
    return cut.reshape(rows, BLOCK, columns, BLOCK, 3).mean(axis=(1, 3))


def _shifted(pixels: Pixels) -> Iterator[Pixels]:
    """The picture, and the picture moved by a pixel to each side, its edge repeated."""
    padded = np.pad(pixels, ((1, 1), (1, 1), (0, 0)), mode="edge")
    height, width = pixels.shape[:2]
    for down in range(3):
        for right in range(3):
            yield padded[down : down + height, right : right + width]


def _worst(differing: NDArray[np.bool_]) -> float:
    """The largest share of differing blocks in a tile, wherever that lies."""
    sums = np.pad(differing.astype(np.int32).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    tile = min(TILE, *differing.shape)
    counts = sums[tile:, tile:] - sums[:-tile, tile:] - sums[tile:, :-tile] + sums[:-tile, :-tile]
    return float(counts.max()) / tile**2
