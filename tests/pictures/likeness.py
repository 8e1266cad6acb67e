"""How alike two pictures are to the eye: what moved, came, went or has another colour counts, what fonts do does not.

Pictures are looked at as means over small blocks. Fonts rendered a little otherwise (hinting, smoothing, a pixel to
the side) change many blocks a little or shift them by a pixel: a block is like another if any shift by a pixel makes
it so, and a few blocks that differ are let pass. What is drawn otherwise changes blocks a lot, and many beside it.
"""

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Means = NDArray[np.int16]

BLOCK = 4
NOTICED = 16  # a block's mean colour differs by so much in a channel, of 255
TILE = 12  # blocks: a tile is looked at by itself, so that a small change in a large picture is found
LET_PASS = 0.025  # of the blocks of a tile
FEW = 0.0005  # of the blocks of the picture
SIDES = tuple(product((-1, 0, 1), repeat=2))


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
            f"{self.share:.2%} of it differs (at most {FEW:.2%}), {self.worst:.1%} of a tile (at most {LET_PASS:.1%})"
        )


def likeness(reference: Image.Image, actual: Image.Image) -> Likeness:
    """Compares two pictures of one size; pictures of two sizes are wholly unlike."""
    if reference.size != actual.size:
        return Likeness(1.0, 1.0, np.ones((1, 1), bool))
    means = _means(reference)
    least = np.abs(_means(actual) - means).max(axis=2)
    for side in SIDES if (least > NOTICED).any() else ():
        np.minimum(least, np.abs(_means(actual, side) - means).max(axis=2), out=least)
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


def _means(picture: Image.Image, side: tuple[int, int] = (0, 0)) -> Means:
    """The mean colours of the blocks, (rows, columns, 3), of the picture moved to a side."""
    width, height = (length // BLOCK * BLOCK for length in picture.size)
    right, down = side
    cut = picture.crop((right, down, right + width, down + height))
    return np.asarray(cut.reduce(BLOCK), np.int16)


def _worst(differing: NDArray[np.bool_]) -> float:
    """The largest share of differing blocks in a tile, wherever that lies."""
    sums = np.pad(differing.astype(np.int32).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    tile = min(TILE, *differing.shape)
    counts = sums[tile:, tile:] - sums[:-tile, tile:] - sums[tile:, :-tile] + sums[:-tile, :-tile]
    return float(counts.max()) / tile**2
