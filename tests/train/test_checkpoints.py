"""Checkpoints: whole, verified, pointed to; a damaged one is refused and the other offered."""

from pathlib import Path

import pytest
import torch
from torch import Tensor

from engine.text import Failure
from engine.train.checkpoints import Damaged, Standing, has_checkpoint, read_checkpoint, write_checkpoint
from engine.train.runs import CHECKPOINTS


def write(run: Path, step: int, best: bool = False, value: float | None = None) -> dict[str, Tensor]:
    weights = {"linear.weight": torch.full((2, 3), float(step) if value is None else value)}
    state = {"linear.weight/exp_avg": torch.ones(2, 3) / 3, "linear.weight/step": torch.tensor(float(step))}
    write_checkpoint(run, Standing(step=step, epoch=step // 10, sums={"loss": 0.1}), weights, state, best)
    return weights


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def test_what_was_written_is_read_again_to_the_bit(tmp_path: Path) -> None:
    weights = write(tmp_path, 10, best=True)
    found = read_checkpoint(tmp_path, "best")
    assert found.standing == Standing(step=10, epoch=1, sums={"loss": 0.1})
    assert torch.equal(found.weights["linear.weight"], weights["linear.weight"])
    assert found.training["linear.weight/step"].shape == ()


def test_channels_last_weights_keep_their_values(tmp_path: Path) -> None:
    weight = torch.randn(4, 3, 3, 3).to(memory_format=torch.channels_last)
    write_checkpoint(tmp_path, Standing(), {"conv.weight": weight}, {}, best=True)
    assert torch.equal(read_checkpoint(tmp_path).weights["conv.weight"], weight)


def test_only_best_and_last_stay(tmp_path: Path) -> None:
    write(tmp_path, 10, best=True)
    write(tmp_path, 20)
    write(tmp_path, 30)
    assert {folder.name for folder in (tmp_path / CHECKPOINTS).iterdir()} == {"10", "30"}
    assert read_checkpoint(tmp_path, "best").standing.step == 10
    assert read_checkpoint(tmp_path, "last").standing.step == 30


@pytest.mark.parametrize("file", ["weights.safetensors", "training.safetensors", "manifest.json"])
def test_a_damaged_checkpoint_is_refused_and_the_other_offered(tmp_path: Path, file: str) -> None:
    write(tmp_path, 10, best=True)
    write(tmp_path, 20)
    flip_a_byte(tmp_path / CHECKPOINTS / "20" / file)
    with pytest.raises(Damaged, match=rf"“last” .* is damaged: {file} .* The checkpoint “best” is whole"):
        read_checkpoint(tmp_path, "last")
    assert read_checkpoint(tmp_path, "best").standing.step == 10


def test_a_truncated_checkpoint_with_no_other_says_so(tmp_path: Path) -> None:
    write(tmp_path, 10, best=True)
    weights = tmp_path / CHECKPOINTS / "10" / "weights.safetensors"
    weights.write_bytes(weights.read_bytes()[:20])
    with pytest.raises(Damaged, match="there is no other that is whole"):
        read_checkpoint(tmp_path, "best")


def test_a_missing_checkpoint_is_damaged_too(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match=r"best\.json is not there"):
        read_checkpoint(tmp_path, "best")
    assert not has_checkpoint(tmp_path, "best")


def test_half_a_checkpoint_is_never_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 10, best=True)
    monkeypatch.setattr("engine.train.checkpoints.sync_file", _full_disk)
    with pytest.raises(Failure, match="No space left on device"):
        write(tmp_path, 20)
    monkeypatch.undo()
    assert read_checkpoint(tmp_path, "last").standing.step == 10
    write(tmp_path, 20)
    assert read_checkpoint(tmp_path, "last").standing.step == 20
    assert {folder.name for folder in (tmp_path / CHECKPOINTS).iterdir()} == {"10", "20"}


def test_writing_where_training_stands_already_keeps_what_is_there(tmp_path: Path) -> None:
    write(tmp_path, 10, best=True)
    before = (tmp_path / CHECKPOINTS / "10" / "weights.safetensors").stat().st_mtime_ns
    write(tmp_path, 10)
    assert (tmp_path / CHECKPOINTS / "10" / "weights.safetensors").stat().st_mtime_ns == before


def test_a_damaged_checkpoint_of_this_step_is_written_anew(tmp_path: Path) -> None:
    write(tmp_path, 10)
    flip_a_byte(tmp_path / CHECKPOINTS / "10" / "weights.safetensors")
    write(tmp_path, 10)
    assert read_checkpoint(tmp_path, "last").standing.step == 10


def _full_disk(path: Path) -> None:
    raise OSError(28, "No space left on device", str(path))
