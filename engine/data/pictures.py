"""Folders of images, or zips of them: a folder for each class, maybe in train/, test/ and val/."""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from os import cpu_count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.check.report import Column
from engine.data.classes import in_order, need_two, unknown_class
from engine.data.dataset import PART_OF_WORD, TRAINING, VALIDATION, Survey
from engine.data.faults import BadData, BadImage
from engine.data.images import image_size, read_fitted
from engine.data.stores import Store, open_store
from engine.data.values import EVERY, Array, Indices, InMemory, Progress, Values
from engine.text import Text, text

PROBED = 100
LONGEST = 224
BATCH = 32


class Pictures:
    """Images that lie in a folder or zip; decoded on several threads when they are read."""

    def __init__(self, store: Store, names: Sequence[str], shape: tuple[int, int, int]) -> None:
        self._store, self._names, self._shape = store, names, shape

    @property
    def shape(self) -> tuple[int, ...]:
        return self._shape

    def __len__(self) -> int:
        return len(self._names)

    def takes(self, shape: tuple[int, ...] | None) -> int:
        return len(self) * int(np.prod(self._target(shape), dtype=object))

    def read(
        self, indices: Indices | None = None, shape: tuple[int, ...] | None = None, progress: Progress | None = None
    ) -> Array:
        names = self._names if indices is None else [self._names[index] for index in indices]
        target = self._target(shape)
        result = np.empty((len(names), *target), np.uint8)
        with self._store as store, ThreadPoolExecutor(min(8, cpu_count() or 1)) as pool:

            def decode(start: int) -> int:
                for index in range(start, min(start + BATCH, len(names))):
                    result[index] = read_fitted(store.content(names[index]), names[index], target)
                return BATCH

            tasks = [pool.submit(decode, start) for start in range(0, len(names), BATCH)]
            try:
                for done, task in enumerate(as_completed(tasks)):
                    task.result()
                    if progress and done * BATCH % EVERY == 0:
                        progress(text("Reading images"), done * BATCH, len(names))
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        return result

    def _target(self, shape: tuple[int, ...] | None) -> tuple[int, ...]:
        return shape if shape and len(shape) == 3 else self._shape


def survey_images(path: Path, source: str) -> Survey:
    """Classes, counts and the usual size of the images in a folder or zip. Raises BadData."""
    store = open_store(path)
    names, others = store.names()
    notes = [text("{count} files that are no images are left out.", count=others)] if others else []
    members = _parts(names, path.name, notes)
    classes = in_order({label for label, _ in members[TRAINING]})
    need_two(len(classes), path.name)
    shape = _usual_shape(store, [name for _, name in members[TRAINING]])
    held_back = len(members.get(VALIDATION, ()))
    members[TRAINING] += members.pop(VALIDATION, [])
    parts: dict[str, dict[str, Values]] = {
        part: {
            "image": Pictures(store, [name for _, name in these], shape),
            "label": InMemory(_numbers(these, classes, part, path.name)),
        }
        for part, these in members.items()
    }
    columns = (Column("image", shape, "float32"), Column("label", (), "int64", classes))
    return Survey(source, columns, parts, held_back, tuple(notes))


Member = tuple[str, str]


def _parts(names: Sequence[str], where: str, notes: list[Text]) -> dict[str, list[Member]]:
    """The images of each part with their class, in order. Images without a class are left out, and noted."""
    if not names:
        raise BadData(text("{where} holds no images. Put them into a folder for each class.", where=where))
    folders = _unwrapped({name: tuple(name.split("/")[:-1]) for name in names})
    found: dict[str, list[Member]] = {TRAINING: []}
    by_part = any(PART_OF_WORD.get(way[0].lower()) == TRAINING for way in folders.values() if way)
    loose = 0
    for name, way in sorted(folders.items()):
        part = PART_OF_WORD.get(way[0].lower()) if by_part and way else None
        inner = way[1:] if by_part else way
        if not inner or (by_part and part is None):
            loose += 1
        else:
            found.setdefault(part or TRAINING, []).append((inner[0], name))
    if not found[TRAINING]:
        sentence = text("{where}: the images have no labels. Put them into a folder for each class.", where=where)
        raise BadData(sentence)
    if loose:
        notes.append(text("{count} images that lie in no class's folder are left out.", count=loose))
    return found


def _unwrapped(folders: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Without the folders around everything, which zips usually have."""
    ways = dict(folders)
    while len({way[:1] for way in ways.values()}) == 1 and all(len(way) > 1 for way in ways.values()):
        if next(iter(ways.values()))[0].lower() in PART_OF_WORD:
            break
        ways = {name: way[1:] for name, way in ways.items()}
    return ways


def _numbers(members: Sequence[Member], classes: Sequence[str], part: str, where: str) -> NDArray[np.int64]:
    number = {name: index for index, name in enumerate(classes)}
    if unknown := sorted({label for label, _ in members} - number.keys()):
        raise unknown_class(where, part, unknown[0])
    return np.array([number[label] for label, _ in members], np.int64)


def _usual_shape(store: Store, names: Sequence[str]) -> tuple[int, int, int]:
    """The size that most images have, or the median where they all differ; RGB unless all of them are grey."""
    sizes = _probed(store, names[:: max(1, len(names) // PROBED)])
    channels = max(channels for channels, _, _ in sizes)
    (usual, count), *_ = Counter((height, width) for _, height, width in sizes).most_common(1)
    if count * 2 <= len(sizes):
        heights, widths = [size[1] for size in sizes], [size[2] for size in sizes]
        usual = int(np.median(heights)), int(np.median(widths))
    scale = min(1.0, LONGEST / max(usual))
    return channels, max(1, round(usual[0] * scale)), max(1, round(usual[1] * scale))


def _probed(store: Store, names: Sequence[str]) -> list[tuple[int, int, int]]:
    """Sizes of those images that can be read; a damaged one is named when it is its turn to be decoded."""
    sizes: list[tuple[int, int, int]] = []
    fault: BadImage | None = None
    with store as opened:
        for name in names:
            try:
                sizes.append(image_size(opened.content(name), name))
            except BadImage as error:
                fault = fault or error
    if fault and not sizes:
        raise fault
    return sizes
