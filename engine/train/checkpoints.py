"""Checkpoints: written whole or not at all, verified when read, pointed to by `best.json` and `last.json`.

`checkpoints/<step>/` holds `weights.safetensors`, `training.safetensors` (the optimizer's state) and `manifest.json`
with the SHA-256 of each and where training stood. A pointer holds the manifest's SHA-256. Random numbers are drawn
from the seed and the step (see `training`), so the manifest's numbers are all of the random state there is.
"""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec
from safetensors import SafetensorError
from safetensors.torch import load, save_file
from torch import Tensor

from engine.files import sync_file, sync_folder, write_whole, writing
from engine.text import Failure, Text, text
from engine.train.runs import CHECKPOINTS

WEIGHTS = "weights.safetensors"
TRAINING = "training.safetensors"
MANIFEST = "manifest.json"
POINTERS = ("best", "last")


class Standing(msgspec.Struct, frozen=True):
    """Where training stands: after `step` steps, of which `position` in the epoch after `epoch` whole ones.

    `sums` are the running sums of that epoch's training metrics. `best` are the best epoch's validation metrics.
    """

    step: int = 0
    epoch: int = 0
    position: int = 0
    sums: dict[str, float] = {}
    best_epoch: int = 0
    best: dict[str, float] = {}


class Manifest(msgspec.Struct, frozen=True):
    """What `manifest.json` holds; `sha256` by file name."""

    standing: Standing
    sha256: dict[str, str]
    version: int = 1


class Pointer(msgspec.Struct, frozen=True):
    """What `best.json` and `last.json` hold."""

    step: int
    manifest: str


class Checkpoint(msgspec.Struct, frozen=True):
    """A checkpoint as read and verified. Tensors are on the CPU."""

    standing: Standing
    weights: Mapping[str, Tensor]
    training: Mapping[str, Tensor]


class Damaged(Failure):
    """A checkpoint is not what was written, or is gone."""


def write_checkpoint(
    run: Path, standing: Standing, weights: Mapping[str, Tensor], training: Mapping[str, Tensor], best: bool
) -> None:
    """Writes a checkpoint whole, then moves `last` (and `best`) to it, then deletes those nothing points to.

    Raises Failure; the checkpoints that were there before are then still there.
    """
    folder = run / CHECKPOINTS / str(standing.step)
    with writing(run):
        manifest = _written(run, standing) or _write_folder(folder, standing, {WEIGHTS: weights, TRAINING: training})
        content = msgspec.json.encode(Pointer(standing.step, manifest))
        for name in ("last", "best") if best else ("last",):
            write_whole(run / f"{name}.json", content)
    _delete_others(run)


def read_checkpoint(run: Path, name: str = "best") -> Checkpoint:
    """The checkpoint "best" or "last" of a run. Raises Damaged, which offers the other one where that is whole."""
    try:
        return _read(run, name)
    except _NotWhole as fault:
        raise Damaged(_offer_other(run, name, fault.text)) from fault


def has_checkpoint(run: Path, name: str = "last") -> bool:
    """Whether the run got as far as this checkpoint; says nothing of its soundness."""
    return (run / f"{name}.json").is_file()


class _NotWhole(Failure):
    """What is wrong with one checkpoint."""


def _written(run: Path, standing: Standing) -> str | None:
    """The SHA-256 of the last checkpoint's manifest, where that is this very one and whole."""
    pointer = _pointer(run, "last")
    if pointer is None or pointer.step != standing.step:
        return None
    try:
        return pointer.manifest if _read(run, "last").standing == standing else None
    except _NotWhole:
        return None


def _write_folder(folder: Path, standing: Standing, files: Mapping[str, Mapping[str, Tensor]]) -> str:
    """Writes and flushes everything into a folder beside, renames it, and gives the manifest's SHA-256."""
    beside = folder.with_name(f"{folder.name}.part")
    for old in (beside, folder):  # a folder of this step is left over from before a resume, or the same all over
        shutil.rmtree(old, ignore_errors=True)
    beside.mkdir(parents=True)
    hashes = {}
    for name, tensors in files.items():
        try:
            save_file({key: tensor.detach().cpu().contiguous() for key, tensor in tensors.items()}, beside / name)
        except SafetensorError as error:  # it wraps what the system said, a full disk for example
            raise OSError(0, str(error), str(beside / name)) from error
        sync_file(beside / name)
        hashes[name] = sha256(beside / name)
    manifest = msgspec.json.encode(Manifest(standing, hashes))
    write_whole(beside / MANIFEST, manifest)
    beside.rename(folder)
    sync_folder(folder.parent)
    return hashlib.sha256(manifest).hexdigest()


def _delete_others(run: Path) -> None:
    """Deletes checkpoints that no pointer names; where that fails they lie there and harm nobody."""
    kept = {str(pointer.step) for name in POINTERS if (pointer := _pointer(run, name))}
    for folder in (run / CHECKPOINTS).iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _read(run: Path, name: str) -> Checkpoint:
    pointer = _pointer(run, name)
    if pointer is None:
        raise _NotWhole(text("{file} is not there or damaged", file=f"{name}.json"))
    folder = run / CHECKPOINTS / str(pointer.step)
    content = _verified(folder / MANIFEST, pointer.manifest)
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
        tensors = {file: load(_verified(folder / file, manifest.sha256[file])) for file in (WEIGHTS, TRAINING)}
    except (msgspec.DecodeError, SafetensorError, KeyError) as error:
        raise _NotWhole(text("{folder} cannot be read: {reason}", folder=folder.name, reason=str(error))) from error
    return Checkpoint(manifest.standing, tensors[WEIGHTS], tensors[TRAINING])


def _verified(path: Path, digest: str) -> bytes:
    """The file's content, if it is what was written."""
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _NotWhole(text("{file} cannot be read: {reason}", file=path.name, reason=reason)) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise _NotWhole(text("{file} is not what was written (its SHA-256 differs)", file=path.name))
    return content


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pointer(run: Path, name: str) -> Pointer | None:
    try:
        return msgspec.json.decode((run / f"{name}.json").read_bytes(), type=Pointer)
    except (OSError, msgspec.DecodeError):
        return None


def _offer_other(run: Path, name: str, reason: Text) -> Text:
    for other in POINTERS:
        if other == name:
            continue
        try:
            _read(run, other)
        except _NotWhole:
            continue
        return text(
            "The checkpoint “{name}” of {run} is damaged: {reason}. The checkpoint “{other}” is whole; use that.",
            name=name,
            run=run.name,
            reason=reason,
            other=other,
        )
    return text(
        "The checkpoint “{name}” of {run} is damaged: {reason}; there is no other that is whole. Train it again.",
        name=name,
        run=run.name,
        reason=reason,
    )
