"""What `--data` takes: "sample:digits", "idx:FOLDER", "images:FOLDER" (or a zip), "npz:FILE"."""

from collections.abc import Callable, Mapping
from pathlib import Path

from engine.data.dataset import DataSet, Survey
from engine.data.faults import BadData
from engine.data.idx import survey_idx
from engine.data.npz import survey_npz
from engine.data.pictures import survey_images
from engine.data.room import need_room
from engine.data.samples import survey_sample
from engine.data.values import Progress
from engine.text import text

KINDS: Mapping[str, Callable[[Path, str], Survey]] = {
    "idx": survey_idx,
    "images": survey_images,
    "npz": survey_npz,
}


def survey(spec: str) -> Survey:
    """What a source holds, without decoding its images. Raises Failure."""
    kind, colon, where = spec.strip().partition(":")
    if kind == "sample":
        return survey_sample(where, spec)
    if not colon or kind not in KINDS or not where:
        raise BadData(
            text(
                "“{spec}” names no data. Write sample:digits, sample:mnist, idx:FOLDER, images:FOLDER (or a zip), or "
                "npz:FILE.",
                spec=spec[:120],
            )
        )
    return _within_reach(KINDS[kind], Path(where).expanduser(), spec)


def open_data(
    spec: str, progress: Progress | None = None, sizes: Mapping[str, tuple[int, ...]] | None = None
) -> DataSet:
    """Everything that a source holds, as arrays; images come in the (C, H, W) that `sizes` wants of a column.

    `columns` keep the shapes that the source has. `progress` is told what is done, and how far. Raises Failure.
    """
    found = survey(spec)
    sizes = sizes or {}
    taken = [values.takes(sizes.get(name)) for columns in found.parts.values() for name, values in columns.items()]
    need_room(sum(taken), found.source)
    try:
        parts = {
            part: {name: values.read(shape=sizes.get(name), progress=progress) for name, values in columns.items()}
            for part, columns in found.parts.items()
        }
    except MemoryError as error:
        raise BadData(_NO_MEMORY) from error
    return DataSet(found.source, found.columns, parts, found.held_back, found.notes)


def _within_reach(read: Callable[[Path, str], Survey], path: Path, spec: str) -> Survey:
    try:
        return read(path, spec)
    except PermissionError as error:
        where = str(error.filename or path)
        raise BadData(text("{path} may not be read: you have no right to it.", path=where)) from error
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise BadData(text("{path} cannot be read: {why}.", path=str(error.filename or path), why=why)) from error
    except MemoryError as error:
        raise BadData(_NO_MEMORY) from error


_NO_MEMORY = text("The data does not fit into this machine's memory. Use smaller images or fewer of them.")
