"""Images: decoded with their size read first, and brought to the channels and size that a network declares.

Training, prediction and the try panel all come through `read_fitted` and `fitted`, so they see the same numbers.
"""

import io
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from engine.data.faults import BadImage
from engine.text import Text, text

FORMATS = ("JPEG", "PNG", "BMP", "GIF", "WEBP")
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp"})
MOST_PIXELS = 100_000_000
MOST_BYTES = 512 * 1024 * 1024

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# Pillow warns of images over its limit, and raises over twice the limit: here both are refused alike.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def image_size(content: bytes | Path, name: str) -> tuple[int, int, int]:
    """(C, H, W) of an image, of which only the header is decoded; C is 1 for grey images. Raises BadImage."""
    with _open(content, name) as image:
        width, height = image.size
        channels = 1 if image.mode in _GREY else 3
        return (channels, width, height) if _lies(image, name) else (channels, height, width)


def read_fitted(content: bytes | Path, name: str, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """An image brought to (C, H, W): the same numbers as `fitted` gives for all of its pixels. Raises BadImage."""
    return _array(_fit(_decoded(content, name), shape))


def fitted(image: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """An image (C, H, W), uint8 or float32, brought to other channels (1 or 3) and another size.

    Colour becomes grey by ITU-R 601 luma; sizes change by bilinear resampling over the whole covered area.
    Raises BadImage where there is no sensible way from its channels to those that are wanted.
    """
    if image.shape == shape:
        return image
    if image.dtype == np.uint8 and image.shape[0] in (1, 3) and shape[0] in (1, 3):
        return _array(_fit(_picture(image), shape))
    image = _with_channels(image, shape[0])
    return np.stack([_resized(channel, shape) for channel in image])


def write_png(image: NDArray[Any], path: Path, longest: int = 0) -> None:
    """Writes an image (C, H, W) for people to look at; floats are stretched from their least to their largest value."""
    if image.dtype != np.uint8:
        low, high = float(image.min()), float(image.max())
        image = np.round((image - low) * (255 / (high - low or 1.0))).astype(np.uint8)
    picture = _picture(image if image.shape[0] in (1, 3) else image[:1])
    if longest:
        picture.thumbnail((longest, longest))
    picture.save(path, format="PNG")


_ORIENTATION = 0x0112
_GREY = frozenset({"1", "L", "I", "F", "I;16", "I;16B", "I;16L", "I;16N"})


def _open(content: bytes | Path, name: str) -> Image.Image:
    try:
        return Image.open(io.BytesIO(content) if isinstance(content, bytes) else content, formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        sentence = text(
            "The image {file} is larger than {limit} million pixels; make it smaller.",
            file=name,
            limit=MOST_PIXELS // 1_000_000,
        )
        raise BadImage(sentence) from error
    except UnidentifiedImageError as error:
        kinds = ", ".join(FORMATS)
        raise BadImage(text("{file} is no image of a known kind ({kinds}).", file=name, kinds=kinds)) from error
    except Exception as error:
        raise BadImage(_damaged(name, error)) from error


def _lies(image: Image.Image, name: str) -> bool:
    """Whether a photo is to be turned by a quarter. (Of a PNG, Pillow would decode everything to know.)"""
    if image.format == "PNG":
        return False
    try:
        return image.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8)
    except Exception as error:
        raise BadImage(_damaged(name, error)) from error


def _decoded(content: bytes | Path, name: str) -> Image.Image:
    """The first frame, turned upright, in mode L or RGB; what is see-through lies on white."""
    with _open(content, name) as image:
        try:
            image.load()
            return _plain(ImageOps.exif_transpose(image))
        except Exception as error:  # Pillow's decoders raise whatever they meet in a damaged file
            raise BadImage(_damaged(name, error)) from error


def _plain(image: Image.Image) -> Image.Image:
    if image.mode in ("L", "RGB"):
        return image.copy()
    if image.mode.startswith("I"):
        wide = np.asarray(image).astype(np.int64).clip(0, 65535)
        return Image.fromarray((wide // 257).astype(np.uint8))
    if image.mode in ("1", "F"):
        return image.convert("L")
    if image.has_transparency_data:
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        return paper.convert("L" if image.mode == "LA" else "RGB")
    return image.convert("RGB")


def _damaged(name: str, error: Exception) -> Text:
    what = str(error) or type(error).__name__
    return text("The image {file} is damaged ({what}). Replace it or take it out.", file=name, what=what[:120])


def _fit(image: Image.Image, shape: tuple[int, ...]) -> Image.Image:
    channels, height, width = shape
    if channels not in (1, 3):
        raise BadImage(
            text("Images have 1 or 3 channels; the input asks for {channels}. Set its shape.", channels=channels)
        )
    image = image.convert("L" if channels == 1 else "RGB")
    return image if image.size == (width, height) else image.resize((width, height), Image.Resampling.BILINEAR)


def _picture(image: NDArray[np.uint8]) -> Image.Image:
    return Image.fromarray(image[0] if image.shape[0] == 1 else np.ascontiguousarray(image.transpose(1, 2, 0)))


def _array(image: Image.Image) -> NDArray[np.uint8]:
    array = np.asarray(image)
    return array[None] if array.ndim == 2 else np.ascontiguousarray(array.transpose(2, 0, 1))


def _with_channels(image: NDArray[Any], channels: int) -> NDArray[Any]:
    if image.shape[0] == channels:
        return image
    if image.shape[0] == 1:
        return np.repeat(image, channels, 0)
    if image.shape[0] == 3 and channels == 1:
        luma = np.tensordot(np.array([0.299, 0.587, 0.114]), image.astype(np.float64), 1)[None]
        return luma.astype(image.dtype)
    sentence = text(
        "The data has {have} channels and the input asks for {wanted}; there is no sensible way from one to the other.",
        have=image.shape[0],
        wanted=channels,
    )
    raise BadImage(sentence)


def _resized(channel: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    _, height, width = shape
    if channel.shape == (height, width):
        return channel
    picture = Image.fromarray(channel if channel.dtype == np.uint8 else channel.astype(np.float32))
    return np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR)).astype(channel.dtype)
