"""What `--help` says: click keeps it as plain English beside each command and option."""

from collections.abc import Iterator

import click

from engine.text import tr


def helped(group: click.Group) -> Iterator[click.Command | click.Option]:
    """Everything of a group that has `help`: itself, its commands, their options."""
    for command in (group, *group.commands.values()):
        yield command
        yield from (option for option in command.params if isinstance(option, click.Option))


def translate(group: click.Group) -> None:
    """Puts these sentences into the user's language."""
    for part in helped(group):
        part.help = tr(part.help) if part.help else None
