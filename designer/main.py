"""The console script: opens the window, and hands every other command to the engine before Qt is imported."""

import gc
import sys
from collections.abc import Sequence

from engine.project import SUFFIX


def main(arguments: Sequence[str] | None = None) -> int:
    """`tensorloom [FILE]` opens the window; `tensorloom COMMAND …` does it without one. Returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or is_file(given[0]):
        gc.disable()  # from here on `designer.garbage` searches, and a start makes none
        from designer.window.app import run

        return run(given)
    from designer.commands import COMMANDS
    from engine.cli import group
    from engine.cli import main as command_line

    for command in COMMANDS:
        group.add_command(command)
    return command_line(given)


def is_file(argument: str) -> bool:
    """True where the argument is a project to open rather than a command or an option."""
    return not argument.startswith("-") and (argument.endswith(SUFFIX) or "/" in argument or "\\" in argument)


if __name__ == "__main__":
    sys.exit(main())
