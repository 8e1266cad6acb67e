"""What the window remembers between two starts: geometry, panels, theme, recent files."""

from pathlib import Path

from PySide6.QtCore import QSettings

RECENT = 10


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
    """The files opened or saved last, those first that were last, without those that are gone."""
    return [path for path in _recent() if path.is_file()]


def remember_file(path: Path) -> None:
    """Puts a file to the top of the recent files, and its folder to where the next is looked for."""
    path = path.absolute()
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
