"""Commands that begin a project: the starters that come with data, and templates of published networks."""

import re
from pathlib import Path
from typing import Any

import click

from engine.check.checker import check
from engine.cli.over import may_force, refuse_over
from engine.cli.printing import as_json, complain, print_json, print_table
from engine.project import starters
from engine.project.file import save
from engine.project.project import Project
from engine.project.templates import TEMPLATES, Shape, Template
from engine.text import Failure, say, text, tr

SHAPE = re.compile(r"(\d{1,9})[x×*,](\d{1,9})[x×*,](\d{1,9})")


def _read_shape(context: click.Context, option: click.Parameter, value: str | None) -> Shape | None:
    """Channels, height and width, written "3x64x64"."""
    if value is None:
        return None
    found = SHAPE.fullmatch(value.strip().casefold())
    if not found:
        sentence = tr("“{value}” is not channels, height and width, such as 3x64x64.", value=value[:40])
        raise click.BadParameter(sentence, context, option)
    channels, height, width = (int(size) for size in found.groups())
    return channels, height, width


@click.command()
@click.argument("template")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The .loom file to write.")
@click.option(
    "--input", "shape", metavar="CxHxW", callback=_read_shape, help="Channels, height and width of an image: 3x64x64."
)
@click.option("--classes", type=click.IntRange(1), help="How many classes there are.")
@may_force
def new(template: str, output: Path, shape: Shape | None, classes: int | None, force: bool) -> None:
    """Write a starter or a template to a file; `templates` lists them."""
    refuse_over(output, force)
    save(_made(template, shape, classes), output)
    complain(tr("Wrote {path}.", path=str(output)))


@click.command()
@as_json
def templates(json: bool) -> None:
    """List the starters, which name their data, and the templates, which take any images and classes."""
    if json:
        print_json([*map(_starter, starters.STARTERS), *map(_template, TEMPLATES)])
        return
    rows = [_row(one) for one in (*map(_starter, starters.STARTERS), *map(_template, TEMPLATES))]
    heads = (tr("template"), tr("title"), tr("input"), tr("classes"), tr("parameters"), tr("description"))
    print_table(heads, rows, right=frozenset({2, 3, 4}))


def _made(id: str, shape: Shape | None, classes: int | None) -> Project:
    """The project of a template or starter. Raises Failure where there is none, or it cannot take the images."""
    if found := next((one for one in TEMPLATES if one.id == id), None):
        return found.make(shape, classes)
    if id not in {starter.id for starter in starters.STARTERS}:
        known = ", ".join([*(starter.id for starter in starters.STARTERS), *(one.id for one in TEMPLATES)])
        raise Failure(text("There is no template “{id}”; there are: {known}.", id=id[:80], known=known))
    if shape or classes:
        sentence = text("{id} is drawn for its own data, so --input and --classes have no meaning for it.", id=id)
        raise Failure(sentence)
    return starters.make_starter(id)


def _starter(starter: starters.Starter) -> dict[str, Any]:
    total = check(starters.make_starter(starter.id).graph).total
    return {
        "id": starter.id,
        "title": say(starter.title),
        "description": say(starter.description),
        "parameters": total.parameters,
    }


def _template(template: Template) -> dict[str, Any]:
    return {
        "id": template.id,
        "title": template.title,
        "description": say(template.description),
        "parameters": template.parameters,
        "family": say(template.family),
        "tags": template.tags,
        "input": template.shape,
        "classes": template.classes,
        "source": template.origin.source,
        "published": template.origin.parameters,
    }


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    size = "x".join(map(str, one.get("input", ())))
    parameters = f"{one['parameters']:,}" if one["parameters"] else ""
    return one["id"], one["title"], size, str(one.get("classes", "")), parameters, one["description"]


COMMANDS = (new, templates)
