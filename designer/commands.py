"""The commands that need the window's code, so that `--help` lists them; Qt is imported when one runs."""

from pathlib import Path
from typing import Literal

import click

from engine.cli.over import may_force, refuse_over
from engine.cli.printing import complain
from engine.text import tr

FILE = click.Path(path_type=Path)


@click.command()
@click.option("-o", "--output", type=FILE, required=True, help="The folder for the pictures and what was made.")
@click.option("--data", default="sample:digits", show_default=True, help="What to train on, like idx:FOLDER.")
def tour(output: Path, data: str) -> int:
    """Drive the real window through the whole job; leave pictures, the trained run and the ONNX model."""
    from designer.tour import run

    return run(output, data)


@click.command()
@click.argument("file", type=FILE)
@click.option("-o", "--output", type=FILE, required=True, help="The picture to write: .svg, .png or .pdf.")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True)
@click.option(
    "--scale", type=click.FloatRange(0.1, 8), default=2.0, show_default=True, help="Pixels a point, for .png."
)
@click.option("--only", multiple=True, metavar="NODE", help="Draw these nodes of the network alone; repeatable.")
def picture(file: Path, output: Path, theme: str, scale: float, only: tuple[str, ...]) -> None:
    """Draw a network as SVG, PNG or PDF."""
    from designer.picture import draw

    draw(file, output, theme, scale, only)
    complain(tr("Wrote {path}.", path=str(output)))


@click.command()
@click.argument("file", type=FILE)
@click.option("-o", "--output", type=FILE, help="Where to write it; left out, the file itself is changed.")
@click.option("--only", multiple=True, metavar="NODE", help="Lay out these nodes of the network alone; repeatable.")
@click.option("--flow", type=click.Choice(["down", "right"]), help="Have all drawings flow this way; else as they do.")
@may_force
def arrange(
    file: Path, output: Path | None, only: tuple[str, ...], flow: Literal["down", "right"] | None, force: bool
) -> None:
    """Lay the drawings of a project out anew, in layers from input to output."""
    if flow and only:
        raise click.UsageError(tr("--flow is for whole drawings; leave --only out."))
    if output is not None and output != file:
        refuse_over(output, force)
    from designer.arranging import arrange_file

    arrange_file(file, output or file, only, flow)
    complain(tr("Wrote {path}.", path=str(output or file)))


@click.command("lay-out", hidden=True)
def lay_out() -> int:
    """Lay out a sheet from stdin: what the window starts in a frozen build."""
    from engine.arranging.work import main

    return main()


COMMANDS = (tour, picture, arrange, lay_out)
