"""What the window remembers between two starts: geometry, panels, theme, recent files."""

import threading
from pathlib import Path

from PySide6.QtCore import QSettings

RECENT = 10
_gone: frozenset[Path] = frozenset()  # recent files that were not there when they were looked for
_one_look = threading.Lock()


def settings() -> QSettings:
    """The user's settings, a file in the user's configuration folder."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "tensorloom", "window")


def remembered(key: str, default: str) -> str:
    """A word that was remembered."""
    return str(settings().value(key, default))


def remember(key: str, value: object) -> None:
    """Keeps a value for the next start."""
    settings().setValue(key, value)


def recent_files() -> list[Path]:
    """The files opened or saved last, those first that were last, without those that are known to be gone."""
    return [path for path in _recent() if path not in _gone]


def look_for_files() -> bool:
    """Looks which recent files are gone, beside the window: a drive may never answer. Whether it is others than before.

    Nobody looks while somebody does.
    """
    global _gone
    if not _one_look.acquire(blocking=False):
        return False
    try:
        before, _gone = _gone, frozenset(path for path in _recent() if not path.is_file())
        return before != _gone
    finally:
        _one_look.release()


def remember_file(path: Path) -> None:
    """Puts a file to the top of the recent files, and its folder to where the next is looked for."""
    global _gone
    path = path.absolute()
    _gone -= {path}
    files = [path, *(other for other in _recent() if other != path)]
    kept = settings()  # written once, when it goes
    kept.setValue("folder", str(path.parent))
    kept.setValue("recent", [str(file) for file in files[:RECENT]])


def forget_files() -> None:
    """Empties the list of recent files."""
    settings().remove("recent")


def _recent() -> list[Path]:
    found = settings().value("recent", [])
    names = [found] if isinstance(found, str) else found
    return [Path(str(name)) for name in names if name] if isinstance(names, list) else []
