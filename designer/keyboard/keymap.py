"""Which keys call which command: what the commands declare, and what the person has changed."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from designer.window.commands import COMMANDS

MOST_KEYS = 4  # for one command: more are a mistake in the file
RESERVED = ("Esc", "Space")
"""Keys that mean one thing everywhere: leave, and grab the canvas."""


class Keymap(QObject):
    """The keys of every command, in the portable way of writing: "Ctrl+S". `changed` comes when any were changed.

    A key calls one command: given to another, it leaves the one that had it.
    """

    changed = Signal()

    def __init__(self, defaults: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._defaults = {id: tuple(map(written, keys)) for id, keys in defaults.items()}
        self._own: dict[str, tuple[str, ...]] = {}
        self._commands: dict[str, str] = {}
        self._index()

    def keys(self, id: str) -> tuple[str, ...]:
        """The keys of a command, the one that is shown first."""
        return self._own.get(id, self._defaults.get(id, ()))

    def defaults(self, id: str) -> tuple[str, ...]:
        """The keys that a command has where nothing was changed."""
        return self._defaults.get(id, ())

    def sequences(self, id: str) -> list[QKeySequence]:
        """The keys of a command as Qt takes them."""
        return [QKeySequence(keys) for keys in self.keys(id)]

    def command(self, keys: str) -> str:
        """The command that keys call; empty where they call none."""
        return self._commands.get(keys, "")

    def is_own(self, id: str) -> bool:
        """Whether the person has changed this command's keys."""
        return id in self._own

    def give(self, id: str, keys: Sequence[str]) -> None:
        """Gives a command these keys and no others; whoever had them goes without."""
        wanted = tuple(dict.fromkeys(written(key) for key in keys))
        for other in {self.command(key) for key in wanted} - {id, ""}:
            self._set(other, tuple(key for key in self.keys(other) if key not in wanted))
        self._set(id, wanted)
        self._tell()

    def reset(self, id: str) -> None:
        """Gives a command its first keys back; whoever has them now goes without."""
        self.give(id, self.defaults(id))

    def reset_all(self) -> None:
        """Forgets every change."""
        self._own.clear()
        self._tell()

    def dumps(self) -> str:
        """What was changed, as JSON: {"train": ["F5"]}."""
        return json.dumps({id: list(keys) for id, keys in sorted(self._own.items())}, ensure_ascii=False)

    def loads(self, words: str) -> None:
        """Takes what was changed earlier. Whatever of it makes no sense is left out: a start never fails by it."""
        self._own.clear()
        taken: dict[str, str] = {}
        for id, found in _read(words).items():
            if id in self._defaults:
                self._own[id] = tuple(key for key in found if key not in taken)[:MOST_KEYS]
                taken.update(dict.fromkeys(self._own[id], id))
        for id, keys in self._defaults.items():
            if id not in self._own and any(key in taken for key in keys):
                self._own[id] = tuple(key for key in keys if key not in taken)
        self._tell()

    def _set(self, id: str, keys: tuple[str, ...]) -> None:
        self._own[id] = keys
        if keys == self.defaults(id):
            del self._own[id]

    def _tell(self) -> None:
        self._index()
        self.changed.emit()

    def first(self, id: str, but: Sequence[str] = ()) -> str:
        """The first of a command's keys, but for these, as the system writes it; empty where it has none."""
        return next((shown(key) for key in self.keys(id) if key not in but), "")

    def _index(self) -> None:
        self._commands = {key: id for id in self._defaults for key in self.keys(id)}


def written(keys: str) -> str:
    """Keys in the one portable way of writing them; empty where they are none."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def shown(keys: str) -> str:
    """Keys as the system writes them: Ctrl+S, ⌘S."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def usable(keys: str) -> bool:
    """Whether a command may have these keys: one press, and none that means one thing everywhere."""
    return QKeySequence(keys).count() == 1 and written(keys) not in ("", *RESERVED)


def _read(words: str) -> dict[str, list[str]]:
    """What is sound of a text in the settings."""
    found: object = None
    with suppress(ValueError, RecursionError):
        found = json.loads(words or "{}")
    if not isinstance(found, dict):
        return {}
    lists = {str(id): keys for id, keys in found.items() if isinstance(keys, list)}
    return {id: [written(key) for key in keys if isinstance(key, str) and usable(key)] for id, keys in lists.items()}


keymap = Keymap({id: command.keys.split() for id, command in COMMANDS.items()})
"""The keys in force."""
