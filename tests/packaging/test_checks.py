"""The checks fail, and never skip, where what they need is missing."""

import sys
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a display of their own")
def test_without_a_virtual_display_the_screen_step_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(PACKAGING)
    import checks  # type: ignore[import-not-found]

    monkeypatch.setattr(checks.shutil, "which", lambda name: None)
    assert checks.passes(Path(sys.executable), "screen") is False
    assert "xvfb" in capsys.readouterr().err


def test_a_step_that_is_not_there_is_misuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(PACKAGING)
    import checks

    assert checks.main(["nosuch"]) == 2


def test_an_environment_is_made_anew_when_what_it_was_made_from_changes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(PACKAGING)
    import first_use  # type: ignore[import-not-found]

    (tmp_path / "pyproject.toml").write_text("one")
    (tmp_path / "constraints.txt").write_text("one")
    (tmp_path / "python").touch()
    for name, value in {
        "ROOT": tmp_path,
        "VENV": tmp_path,
        "PYTHON": tmp_path / "python",
        "CONSTRAINTS": tmp_path / "constraints.txt",
    }.items():
        monkeypatch.setattr(first_use, name, value)
    assert not first_use.stands({"cpu"})
    (tmp_path / "ready-cpu-dev").write_text(first_use.fingerprint())
    assert first_use.stands({"cpu"})
    assert not first_use.stands({"gpu"})
    (tmp_path / "constraints.txt").write_text("two")
    assert not first_use.stands({"cpu"})
