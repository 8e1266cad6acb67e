"""What `./run` does: sets up where needed, then becomes `tensorloom` with the same arguments."""

import os
import subprocess
import sys
from pathlib import Path

import first_use
from virtual_display import has_display, virtual_display


def main(arguments: list[str]) -> int:
    """Gives the exit status of the program."""
    alone = not arguments
    on_virtual = not has_display() and (alone or arguments[0] == "tour")
    try:
        python = first_use.ready(display=on_virtual)
    except first_use.SetUpError as error:
        first_use.say(str(error))
        return 1
    if on_virtual:
        return tour(python, arguments[1:])
    command = [str(python), "-m", "designer.main", *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def tour(python: Path, arguments: list[str]) -> int:
    """Drives the whole program where nobody can see it, and leaves pictures."""
    with virtual_display() as screen:
        where = "on a virtual display" if screen.get("DISPLAY") else "in memory, without real drags"
        first_use.say(f"There is no display here, so the window is driven {where}; pictures and files are named below.")
        command = [str(python), "-m", "designer.main", "tour", *(arguments or ["-o", "out"])]
        return subprocess.run(command, env={**os.environ, **screen}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
