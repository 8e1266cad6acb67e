"""Saving while a system call fails or the process is killed at it: the old file is there or the new one, whole."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.project.file import dumps
from engine.project.starters import make_starter

ROOT = Path(__file__).parents[2]
CALL = re.compile(r"^(?:\[pid\s+\d+\] |\d+\s+)?(\w+)\((.*)$")
OLD, NEW = dumps(make_starter("mlp")), dumps(make_starter("mnist-cnn"))


class Call(NamedTuple):
    """The `turn`th call of this name while a project is saved."""

    name: str
    turn: int


class Saver:
    """Saves in processes of their own, under strace."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.project.saver"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def save(self, path: Path, log: Path, *options: str) -> str:
        """What came of saving to this path with these options of strace; `log` is what it saw."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        child = int(self._process.stdout.readline())
        command = ["strace", "-f", "-o", str(log), "-e", "trace=%file,%desc", *options, "-p", str(child)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr
            said = tracer.stderr.readline()
            if "attached" not in said:
                os.kill(child, signal.SIGKILL)
                pytest.fail(f"system calls cannot be made to fail on this machine; strace says: {said.strip()}")
            os.kill(child, signal.SIGCONT)
            answer = self._process.stdout.readline().strip()
            tracer.communicate(timeout=30)
        return answer

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def saver() -> Iterator[Saver]:
    if not sys.platform.startswith("linux"):
        pytest.fail("strace, which makes system calls fail, is there on Linux alone")
    if shutil.which("strace") is None:
        pytest.fail("strace is not installed, so no system call can be made to fail: `apt-get install strace`")
    saver = Saver()
    yield saver
    saver.close()


def calls_of(log: Path) -> list[Call]:
    """The system calls of a save, one after another, but the one that says how it ended."""
    seen: Counter[str] = Counter()
    calls = []
    for line in log.read_text().splitlines():
        if (match := CALL.match(line)) and '"saved"' not in line:
            seen[match[1]] += 1
            calls.append(Call(match[1], seen[match[1]]))
    return calls


def saved_over(old: str | None, saver: Saver, folder: Path, *options: str) -> tuple[str, str | None]:
    """What is said after saving in a folder, and what the file holds then."""
    shutil.rmtree(folder / "in", ignore_errors=True)
    (folder / "in").mkdir(parents=True)
    path = folder / "in" / "net.loom"
    if old is not None:
        path.write_text(old)
    answer = saver.save(path, folder / "log", *options)
    return answer, path.read_text() if path.exists() else None


@pytest.mark.parametrize("old", [OLD, None], ids=["over an old file", "a new file"])
def test_whichever_call_fails_or_kills_the_file_is_the_old_or_the_new_one(
    saver: Saver, tmp_path: Path, old: str | None
) -> None:
    assert saved_over(old, saver, tmp_path) == ("saved", NEW)
    calls = calls_of(tmp_path / "log")
    assert {"openat", "write", "fsync", "rename", "close"} <= {call.name for call in calls}, calls
    ends: Counter[str] = Counter()
    for call in calls:
        for fault in ("error=ENOSPC", "error=EIO", "signal=SIGKILL"):
            case = f"{call.name}:{fault}:when={call.turn}"
            answer, content = saved_over(old, saver, tmp_path, "-e", f"inject={case}")
            assert content in (old, NEW), case
            assert answer.startswith(("saved", "not saved", f"ended by {signal.SIGKILL:d}")), (case, answer)
            if answer == "saved":
                assert content == NEW, case
            elif answer.startswith("not saved"):
                assert content == old, (case, answer)
                assert [entry.name for entry in (tmp_path / "in").iterdir() if entry.name != "net.loom"] == [], case
            ends[answer.split(":")[0]] += 1
    assert all(ends[end] for end in ("saved", "not saved", f"ended by {signal.SIGKILL:d}")), ends
    print(f"\n{len(calls)} system calls, {ends.total()} faults: {dict(ends)}")
