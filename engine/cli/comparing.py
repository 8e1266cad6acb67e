"""Comparing two projects, for a person, a script, or git."""

import difflib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from engine.cli.printing import as_json, complain, print_json
from engine.project.compare import compare
from engine.project.compare_words import lines, printed, to_json
from engine.project.file import load
from engine.project.project import Project
from engine.text import Failure, tr

COLOURS = {"+": "green", "-": "red", "~": "yellow"}
GIT_ARGUMENTS = (7, 9)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="OLD NEW")
@click.option(
    "--exit-code", "status", is_flag=True, help="Exit with 1 where the two differ, with 2 where one cannot be read."
)
@click.option("--git", is_flag=True, help="Take the arguments that git gives to a diff driver.")
@click.option("--color", "colour", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@as_json
def diff(files: tuple[str, ...], status: bool, git: bool, colour: str, json: bool) -> int:
    """Say what differs between two projects: nodes, parameters, wires, blocks, data, recipe."""
    coloured = _coloured(colour)
    if git:
        _as_driver(files, coloured)
        return 0
    if len(files) != 2:
        raise click.UsageError(tr("Name two projects: the old one and the new one."))
    try:
        found = compare(load(Path(files[0])), load(Path(files[1])))
    except Failure as failure:
        if not status:
            raise
        complain(str(failure))
        return 2
    if json:
        print_json(to_json(found))
    else:
        for line in lines(found):
            _print(printed(line), line.sign, coloured)
        if not found:
            complain(tr("The two projects are equal."))
    return 1 if found and status else 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--git", is_flag=True, help="Print a file that is no project as it is, for git's textconv.")
def show(file: Path, git: bool) -> None:
    """Print a project as text to read: nodes, parameters, wires."""
    try:
        project = _project(str(file))
    except Failure:
        if not git:
            raise
        click.echo(file.read_text("utf-8", "replace"), nl=False)
        return
    for line in lines(compare(Project(networks={}), project)):
        click.echo(("  " * line.depth + line.words).rstrip())


def _as_driver(files: tuple[str, ...], coloured: bool) -> None:
    """What git runs for a file: path old-file old-hex old-mode new-file new-hex new-mode [new-path headers].

    Ends well whatever the files hold: git would stop at another status.
    """
    if len(files) == 1:
        click.echo(tr("{file} has conflicts that are not merged.", file=files[0]))
        return
    if len(files) not in GIT_ARGUMENTS:
        raise click.UsageError(tr("Git gives 7 or 9 arguments to a diff driver; here are {count}.", count=len(files)))
    old, new = files[1], files[4]
    names = (files[0], files[7] if len(files) > 7 else files[0])
    _print(tr("project {old}", old=names[0]) if names[0] == names[1] else " → ".join(names), "", coloured, bold=True)
    found: list[tuple[str, str]]
    try:
        found = [(printed(line), line.sign) for line in lines(compare(_project(old), _project(new)))]
    except Failure as failure:
        _print(str(failure), "", coloured)
        found = list(_as_text(old, new))
    for words, sign in found:
        _print(words, sign, coloured)


def _project(file: str) -> Project:
    """The project in a file; an empty one where git says that there was none."""
    return Project(networks={}) if file in (os.devnull, "nul", "NUL", "/dev/null") else load(Path(file))


def _as_text(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The difference of two texts, for a file that is no project."""
    before, after = (Path(file).read_text("utf-8", "replace").splitlines() for file in (old, new))
    for words in difflib.unified_diff(before, after, lineterm=""):
        yield words, words[:1]


def _print(words: str, sign: str, coloured: bool, bold: bool = False) -> None:
    style = click.style(words, fg=COLOURS.get(sign), bold=bold or None)
    click.echo(style, color=coloured)


def _coloured(wish: str) -> bool:
    """Colours where a person reads them: a terminal, or git's pager on one."""
    if wish != "auto":
        return wish == "always"
    return (sys.stdout.isatty() or "GIT_PAGER_IN_USE" in os.environ) and "NO_COLOR" not in os.environ


COMMANDS = (diff, show)
