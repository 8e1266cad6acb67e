"""`tensorloom diff`: for a person, for a script, and as git's textual diff driver in a real repository."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import ROOT, Tensorloom

Starter = Callable[[str], Path]
PROGRAM = shlex.join([sys.executable, "-m", "designer.main"])

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def versions(starter: Starter, tmp_path: Path) -> tuple[Path, Path]:
    """A project, and the same with another kernel and another name."""
    old = starter("mnist-cnn")
    content = old.read_text("utf-8").replace("conv1", "stem").replace('"out_channels": 64', '"out_channels": 48', 1)
    new = tmp_path / "new.loom"
    new.write_text(content, "utf-8")
    return old, new


def test_what_differs_is_told_with_signs_and_without_colours(
    tensorloom: Tensorloom, versions: tuple[Path, Path]
) -> None:
    ran = tensorloom("diff", *versions)
    assert ran.status == 0
    assert "~   renamed conv1 → stem" in ran.out.splitlines()
    assert "~     out_channels: 64 → 48" in ran.out.splitlines()
    assert "\x1b[" not in ran.out
    assert "\x1b[33m" in tensorloom("diff", "--color=always", *versions).out


def test_the_exit_status_tells_of_a_difference_where_that_is_asked_for(
    tensorloom: Tensorloom, versions: tuple[Path, Path]
) -> None:
    old, new = versions
    assert tensorloom("diff", "--exit-code", old, new).status == 1
    assert tensorloom("diff", "--exit-code", old, old).status == 0
    assert tensorloom("diff", old, "gone.loom").status == 1
    assert tensorloom("diff", old).status == 2


def test_what_cannot_be_read_is_told_from_a_difference(tensorloom: Tensorloom, versions: tuple[Path, Path]) -> None:
    ran = tensorloom("diff", "--exit-code", versions[0], "missing.loom")
    assert ran.status == 2 and "missing.loom is not there" in ran.err
    assert tensorloom("diff", versions[0], "missing.loom").status == 1


def test_json_holds_every_change(tensorloom: Tensorloom, versions: tuple[Path, Path]) -> None:
    found = tensorloom("diff", "--json", *versions).json
    assert not found["equal"]
    nodes = {node["name"]: node for node in found["networks"]["main"]["nodes"]}
    assert nodes["stem"]["old_name"] == "conv1"
    assert nodes["conv2"]["settings"] == [{"name": "out_channels", "old": 64, "new": 48}]


def test_show_prints_a_project_to_read(tensorloom: Tensorloom, versions: tuple[Path, Path]) -> None:
    words = tensorloom("show", versions[0]).out
    assert "conv2  conv2d" in words and "out_channels: 64" in words and "conv1 → relu1.value" in words


@pytest.fixture
def repository(tmp_path: Path) -> Callable[..., str]:
    """Runs git in a repository of its own."""
    folder = tmp_path / "repository"
    folder.mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "PYTHONPATH": str(ROOT),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "HOME": str(tmp_path),
    }

    def git(*arguments: str) -> str:
        command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
        return done.stdout.decode()

    git("init", "-q")
    (folder / ".gitattributes").write_text("*.loom diff=loom\n", "utf-8")
    return git


@needs_git
def test_git_shows_a_change_of_a_project_in_words(
    repository: Callable[..., str], versions: tuple[Path, Path], tmp_path: Path
) -> None:
    git, folder = repository, tmp_path / "repository"
    git("config", "diff.loom.command", f"{PROGRAM} diff --git")
    shutil.copy(versions[0], folder / "net.loom")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    shutil.copy(versions[1], folder / "net.loom")
    words = git("diff").splitlines()
    assert words[0] == "project net.loom"
    assert "~   renamed conv1 → stem" in words and "~     out_channels: 64 → 48" in words
    git("commit", "-q", "-a", "-m", "two")
    assert "~   renamed conv1 → stem" in git("show", "--ext-diff")
    git("mv", "net.loom", "other.loom")
    git("commit", "-q", "-m", "three")
    (folder / "fresh.loom").write_text(versions[0].read_text("utf-8"), "utf-8")
    git("add", ".")
    assert "+ Network main" in git("diff", "--cached")


@needs_git
def test_git_shows_the_text_of_what_is_no_project_and_goes_on(
    repository: Callable[..., str], versions: tuple[Path, Path], tmp_path: Path
) -> None:
    git, folder = repository, tmp_path / "repository"
    git("config", "diff.loom.command", f"{PROGRAM} diff --git")
    for name in ("a.loom", "b.loom"):
        shutil.copy(versions[0], folder / name)
    git("add", ".")
    git("commit", "-q", "-m", "one")
    (folder / "a.loom").write_text("<<<<<<< mine\n", "utf-8")
    shutil.copy(versions[1], folder / "b.loom")
    words = git("diff")
    assert "+<<<<<<< mine" in words and "~   renamed conv1 → stem" in words


@needs_git
def test_git_can_take_the_readable_text_instead(
    repository: Callable[..., str], versions: tuple[Path, Path], tmp_path: Path
) -> None:
    git, folder = repository, tmp_path / "repository"
    git("config", "diff.loom.textconv", f"{PROGRAM} show --git")
    shutil.copy(versions[0], folder / "net.loom")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    content = json.loads(versions[0].read_text("utf-8"))
    content["networks"]["main"]["layout"]["conv1"] = [500, 500]
    (folder / "net.loom").write_text(json.dumps(content), "utf-8")
    assert "@@" not in git("diff")  # written in another way and moved: it reads the same
    shutil.copy(versions[1], folder / "net.loom")
    git("commit", "-q", "-a", "-m", "two")
    assert "+    out_channels: 48" in git("log", "-p", "-1")
    (folder / "net.loom").write_text("<<<<<<< mine\n", "utf-8")
    assert "+<<<<<<< mine" in git("diff")


def test_check_says_what_it_left_out_of_a_later_version(tensorloom: Tensorloom, starter: Starter) -> None:
    path = starter("digits")
    content = json.loads(path.read_text("utf-8")) | {"loom": 99, "plugins": []}
    path.write_text(json.dumps(content), "utf-8")
    ran = tensorloom("check", path)
    assert ran.status == 0
    assert "note: digits.loom was written by a later version" in ran.err and "plugins" in ran.err
    assert tensorloom("code", path).status == 1
