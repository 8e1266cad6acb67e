"""How the command line prints: JSON for machines and tables for people on stdout, everything else on stderr."""

import json
import sys
from collections.abc import Sequence
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.table import Table

as_json = click.option("--json", "json", is_flag=True, help="Print JSON for machines.")


def print_json(value: Any) -> None:
    """One JSON value on a line of stdout, at once. Numbers may be larger than 64 bits, which msgspec does not write."""
    sys.stdout.write(json.dumps(msgspec.to_builtins(value), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], right: frozenset[int] = frozenset()) -> None:
    """A table on stdout; the columns in `right` are aligned to the right. Piped, it is as wide as it needs to be."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, head in enumerate(heads):
        table.add_column(head, justify="right" if index in right else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    console = Console(markup=False, highlight=False, soft_wrap=not sys.stdout.isatty())
    if not console.is_terminal:
        console.width = 1000
    console.print(table)


def complain(sentence: str) -> None:
    """A sentence on stderr."""
    click.echo(sentence, err=True)
