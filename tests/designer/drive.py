"""A drive that does not answer, as one whose network is gone; and whether any work beside the window goes on."""

import os
import threading
from pathlib import Path

import pytest


class Drive:
    """A drive that answers no question about a file before it is let go on: nor what it holds, nor which it is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
        self.asked, self._answers = threading.Event(), threading.Event()
        self.in_the_window: list[str] = []
        for name in ("stat", "read_bytes", "resolve", "exists", "is_file", "lstat"):
            self._slow(monkeypatch, Path, name, file)
        self._slow(monkeypatch, os, "open", file)

    def _slow(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, file: Path) -> None:
        plain = getattr(owner, name)

        def slow(path: Path | str, *arguments: object, **named: object) -> object:
            if Path(path).name == file.name and not self._answers.is_set():
                if threading.current_thread() is threading.main_thread():
                    self.in_the_window.append(name)
                else:
                    self.asked.set()
                    assert self._answers.wait(60)
            return plain(path, *arguments, **named)

        monkeypatch.setattr(owner, name, slow)

    def go_on(self) -> None:
        self._answers.set()


def nothing_goes_on() -> bool:
    return not any(thread.name == "aside" for thread in threading.enumerate())
