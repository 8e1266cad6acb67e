"""What names data, and what does not."""

import os
from pathlib import Path

import pytest

from engine.data.faults import BadData
from engine.data.sources import survey


@pytest.mark.parametrize(
    "spec", ["", "idx", "idx:", "images:", "csv:x.csv", "sample", "C:\\data", "https://example.org/x.zip", "x" * 5000]
)
def test_what_names_no_data_says_what_would(spec: str) -> None:
    with pytest.raises(BadData, match="digits"):
        survey(spec)


@pytest.mark.parametrize("kind", ["idx", "images", "npz"])
def test_a_path_that_cannot_be_is_refused(kind: str, tmp_path: Path) -> None:
    for path in ("a\0b", str(tmp_path / ("x" * 5000))):
        with pytest.raises(BadData):
            survey(f"{kind}:{path}")


def test_an_unknown_sample_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadData, match="digits, mnist"):
        survey("sample:imagenet")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights are set the POSIX way")
@pytest.mark.parametrize("kind", ["idx", "images"])
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path, kind: str) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can take another user's place")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o700)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    os.seteuid(65534)
    try:
        with pytest.raises(BadData, match="locked may not be read"):
            survey(f"{kind}:{locked}")
    finally:
        os.seteuid(0)
