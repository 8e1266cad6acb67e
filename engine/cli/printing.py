"""How the command line prints: JSON for machines and tables for people on stdout, everything else on stderr."""

import json
import sys
from collections.abc import Sequence
from typing import Any, Literal

import click
import msgspec
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

GAP = 2
LEAST = 24  # cells: a column of sentences that is narrower is hard to read

as_json = click.option("--json", "json", is_flag=True, help="Print JSON for machines.")


def print_json(value: Any) -> None:
    """One JSON value on a line of stdout, at once. Numbers may be larger than 64 bits, which msgspec does not write."""
    sys.stdout.write(json.dumps(msgspec.to_builtins(value), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_table(
    heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], right: frozenset[int] = frozenset(), none: str = ""
) -> None:
    """A table on stdout; the columns in `right` are aligned to the right. Piped, it is as wide as it needs to be.

    In a narrow terminal texts are wrapped, and the last one goes below its row where nothing is left for it; names
    and numbers are never cut. Without rows, the sentence `none` is said on stderr.
    """
    if not rows and none:
        complain(none)
        return
    console = Console(markup=False, highlight=False)
    widths = [max(map(cell_len, column)) for column in zip(heads, *rows, strict=True)]
    if not console.is_terminal:
        console.width = sum(widths) + GAP * len(widths)
    last = len(heads) - 1
    before = sum(widths[:last]) + GAP * last
    if last and last not in right and before + min(widths[last], LEAST) > console.width:
        _print_below(console, heads, rows, right)
    else:
        _print_rows(console, heads, rows, right)


def _print_rows(
    console: Console, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], right: frozenset[int]
) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, GAP, 0, 0))
    last = len(heads) - 1
    for index, head in enumerate(heads):
        side: Literal["left", "right"] = "right" if index in right else "left"
        whole = index != last or index in right
        table.add_column(head, justify=side, no_wrap=whole, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _print_below(
    console: Console, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], right: frozenset[int]
) -> None:
    """Each row with its text below it."""
    widths = [max(map(cell_len, column)) for column in zip(heads[:-1], *(row[:-1] for row in rows), strict=True)]
    gap = GAP if sum(widths) + GAP * (len(widths) - 1) <= console.width else 1
    for row in (heads, *rows):
        cells = []
        for index, (cell, width) in enumerate(zip(row[:-1], widths, strict=True)):
            space = " " * (width - cell_len(cell))
            cells.append(space + cell if index in right else cell + space)
        console.print((" " * gap).join(cells).rstrip(), style="bold" if row is heads else None)
        if row[-1]:
            console.print(Padding(Text(row[-1]), (0, 0, 0, 2 * GAP)))


def complain(sentence: str) -> None:
    """A sentence on stderr."""
    click.echo(sentence, err=True)
