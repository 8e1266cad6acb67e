"""What writes a project over one that is there asks to be told so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from engine.text import Failure, text

Command = TypeVar("Command", bound=Callable[..., Any])


def may_force(command: Command) -> Command:
    """Gives a command the option `--force`."""
    return click.option("--force", is_flag=True, help="Write over a file that is there.")(command)


def refuse_over(output: Path, force: bool) -> None:
    """Raises Failure where a file is there and nobody said that it may go."""
    if output.exists() and not force:
        raise Failure(text("{path} is there already; name another file, or add --force.", path=str(output)))
