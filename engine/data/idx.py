"""IDX files as MNIST is distributed: `train-images-idx3-ubyte`, `t10k-labels-idx1-ubyte`, …, gzip or not.

Format: https://yann.lecun.com/exdb/mnist, "The IDX file format": big-endian, two zeros, type, rank, sizes, values.
"""

import gzip
import math
import re
import struct
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.check.report import Column
from engine.data.classes import class_names
from engine.data.dataset import TEST, TRAINING, Survey
from engine.data.faults import BadData
from engine.data.room import need_room
from engine.data.values import InMemory, Values
from engine.text import text

_NAME = re.compile(r"(?:.*[-_.])?(train|t10k|test)-(images|labels)[-.]idx[13]-ubyte(?:\.gz)?")
_PIECE = 16 * 1024 * 1024
_UBYTE = 8


def survey_idx(folder: Path, source: str) -> Survey:
    """MNIST's four files in a folder, or the two of its training part. Raises BadData."""
    files = _files(folder)
    labels: dict[str, NDArray[np.uint8]] = {}
    images: dict[str, NDArray[np.uint8]] = {}
    for part in (TRAINING, TEST):
        if part == TEST and not {(TEST, "images"), (TEST, "labels")} & files.keys():
            continue
        images[part] = read_idx(_file(files, folder, part, "images"), rank=3)
        labels[part] = read_idx(_file(files, folder, part, "labels"), rank=1)
        _check_counts(files, part, images[part], labels[part])
    names = class_names(labels, _file(files, folder, TRAINING, "labels").name)
    sizes = {tuple(array.shape[1:]) for array in images.values()}
    if len(sizes) > 1:
        shown = " / ".join(f"{height}×{width}" for height, width in sorted(sizes))
        raise BadData(
            text("{folder}: training and test images differ in size: {sizes}.", folder=str(folder), sizes=shown)
        )
    parts: dict[str, dict[str, Values]] = {
        part: {"image": InMemory(images[part][:, None]), "label": InMemory(labels[part].astype(np.int64))}
        for part in images
    }
    columns = (Column("image", (1, *sizes.pop()), "float32"), Column("label", (), "int64", names))
    return Survey(source, columns, parts)


def read_idx(path: Path, rank: int) -> NDArray[np.uint8]:
    """One file's values. Raises BadData where it is damaged, cut off, too long or of another kind."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            return _read(file, path.name, rank)  # type: ignore[arg-type]
    except (OSError, EOFError, zlib.error) as error:
        what = str(error) or type(error).__name__
        raise BadData(text("{file} is damaged or cut off: {what}. Get it again.", file=path.name, what=what)) from error


def _read(file: BinaryIO, name: str, rank: int) -> NDArray[np.uint8]:
    head = file.read(4 + 4 * rank)
    if len(head) < 4 or head[:2] != b"\0\0":
        raise BadData(text("{file} is no IDX file: it does not begin as one.", file=name))
    if head[2] != _UBYTE or head[3] != rank:
        raise BadData(
            text(
                "{file} holds values of type {type} in {came} dimensions; bytes (type 8) in {rank} were expected.",
                file=name,
                type=head[2],
                came=head[3],
                rank=rank,
            )
        )
    if len(head) < 4 + 4 * rank:
        raise BadData(text("{file} is cut off in its first bytes. Get it again.", file=name))
    shape = struct.unpack(f">{rank}I", head[4:])
    wanted = math.prod(shape)
    need_room(wanted, name)
    content = _exactly(file, wanted)
    if len(content) != wanted or file.read(1):
        sentence = text(
            "{file} announces {wanted} values and holds {what}. Get it again.",
            file=name,
            wanted=wanted,
            what=text("{count}", count=len(content)) if len(content) < wanted else text("more"),
        )
        raise BadData(sentence)
    return np.frombuffer(content, np.uint8).reshape(shape)


def _exactly(file: BinaryIO, wanted: int) -> bytearray:
    """Piece by piece, so that a file that announces more than it holds takes no memory for it."""
    content = bytearray()
    while len(content) < wanted and (piece := file.read(min(_PIECE, wanted - len(content)))):
        content += piece
    return content


def _files(folder: Path) -> dict[tuple[str, str], Path]:
    if not folder.is_dir():
        raise BadData(text("The folder {folder} is not there. Choose where the IDX files are.", folder=str(folder)))
    found: dict[tuple[str, str], Path] = {}
    for path in sorted(folder.iterdir(), key=lambda path: (path.suffix == ".gz", path.name)):
        if (match := _NAME.fullmatch(path.name)) and path.is_file():
            part = TRAINING if match[1] == "train" else TEST
            found.setdefault((part, match[2]), path)
    return found


def _file(files: dict[tuple[str, str], Path], folder: Path, part: str, kind: str) -> Path:
    if found := files.get((part, kind)):
        return found
    stem, rank = "train" if part == TRAINING else "t10k", 3 if kind == "images" else 1
    raise BadData(
        text(
            "{folder} holds no {name} (or {name}.gz). Choose the folder with MNIST's files.",
            folder=str(folder),
            name=f"{stem}-{kind}-idx{rank}-ubyte",
        )
    )


def _check_counts(
    files: dict[tuple[str, str], Path], part: str, images: NDArray[np.uint8], labels: NDArray[np.uint8]
) -> None:
    if len(images) != len(labels):
        raise BadData(
            text(
                "{images_file} holds {images} images and {labels_file} {labels} labels; they must be as many.",
                images_file=files[part, "images"].name,
                labels_file=files[part, "labels"].name,
                images=len(images),
                labels=len(labels),
            )
        )
    if not len(images):
        raise BadData(text("{file} holds no images.", file=files[part, "images"].name))
