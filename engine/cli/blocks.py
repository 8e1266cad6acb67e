"""The command about blocks: those that come with the program, and those of a project."""

from pathlib import Path

import click

from engine.blocks import Block, block_layer
from engine.blocks.edits import used_blocks
from engine.blocks.library import library
from engine.check.checker import check
from engine.check.report import Cost
from engine.check.titles import value_text
from engine.cli.drawing import FILE, described
from engine.cli.printing import as_json, print_json, print_table
from engine.project.file import open_file
from engine.text import tr


@click.command()
@click.argument("file", type=FILE, required=False)
@as_json
def blocks(file: Path | None, json: bool) -> None:
    """List the blocks of a project, or, without FILE, those that come with the program."""
    found = open_file(file).project.blocks if file else library()
    if json:
        print_json([_described(name, block) for name, block in found.items()])
        return
    rows = [_row(name, block) for name, block in found.items()]
    heads = tr("block"), tr("on its face"), tr("parameters"), tr("FLOPs"), tr("what it does")
    none = tr("There are no blocks in {file}.", file=file.name) if file else ""
    print_table(heads, rows, right=frozenset({2, 3}), none=none)


def _row(name: str, block: Block) -> tuple[str, ...]:
    about, cost = block_layer(name, block).about, _cost(block)
    face = ", ".join(f"{p.name}={value_text(p.default)}" for p in about.parameters if p.name != "repeat")
    return name, face, f"{cost.parameters:,}", f"{cost.flops:,}", tr(about.summary) if about.summary else ""


def _described(name: str, block: Block) -> dict[str, object]:
    cost = _cost(block)
    return {
        **described(block_layer(name, block).about),
        "summary": block.summary,
        "uses": used_blocks(block.graph),
        "weights": cost.parameters,
        "flops": cost.flops,
    }


def _cost(block: Block) -> Cost:
    """What it costs with the shapes that it is drawn with."""
    return check(block.graph, inner=True).total


COMMANDS = (blocks,)
