"""Where a disk or a network drive does not take a file, a sentence says so and the old file is whole."""

import errno
import os
from pathlib import Path

import pytest

from engine.project.faults import NotSaved
from engine.project.file import load, save
from engine.project.starters import make_starter

SAID = {
    errno.ENOSPC: "no room left",
    errno.EDQUOT: "no room left",
    errno.EROFS: "is read-only",
    errno.EACCES: "no right",
    errno.EPERM: "no right",
    errno.EIO: "does not answer",
    errno.ESTALE: "does not answer",
    errno.ENOTCONN: "does not answer",
    errno.ETIMEDOUT: "does not answer",
    errno.EMFILE: "still open here",
}


@pytest.mark.parametrize("fault", SAID, ids=lambda fault: errno.errorcode[fault])
@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
def test_a_fault_of_the_disk_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int, call: str
) -> None:
    path = tmp_path / "net.loom"
    save(make_starter("mlp"), path)
    later = make_starter("digits")

    def failing(*_: object, **__: object) -> None:
        raise OSError(fault, os.strerror(fault), str(path))

    class Failing:
        """A file that takes nothing."""

        def __enter__(self) -> "Failing":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        write = failing

    with monkeypatch.context() as patched:
        match call:
            case "open":
                patched.setattr(Path, "open", failing)
            case "write":
                patched.setattr(Path, "open", lambda *_, **__: Failing())
                patched.setattr("engine.files._take_mode", lambda *_: None)
            case "fsync":
                patched.setattr(os, "fsync", failing)
            case "replace":
                patched.setattr(Path, "replace", failing)
        with pytest.raises(NotSaved, match=SAID[fault]) as raised:
            save(later, path)
    assert "net.loom is not saved" in str(raised.value)
    assert load(path) == make_starter("mlp")
    assert [entry.name for entry in tmp_path.iterdir()] == ["net.loom"]


def test_a_name_as_long_as_a_file_system_takes_is_saved(tmp_path: Path) -> None:
    path = tmp_path / ("線" * 80 + ".loom")
    save(make_starter("mlp"), path)
    save(make_starter("digits"), path)
    assert load(path) == make_starter("digits")
