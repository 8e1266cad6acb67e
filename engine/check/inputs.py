"""Whether an input goes together with the column of the data that it takes."""

from collections.abc import Iterator, Sequence

from engine.check.order import Nodes
from engine.check.report import Column, Problem, Suggestion
from engine.check.titles import suggest, value_text
from engine.graph import Replace, SetParameter, shape_text
from engine.layers.input import Input
from engine.text import text

IMAGE_RANK = 3


def input_problems(nodes: Nodes, name: str, columns: Sequence[Column]) -> Iterator[Problem]:
    """What is wrong with an input node. Without columns nothing is known of the data, so nothing is wrong."""
    layer = nodes[name].layer
    assert isinstance(layer, Input)
    if not columns:
        return
    column = next((column for column in columns if column.name == layer.column), None)
    if column is None:
        yield _no_column(nodes, name, layer, columns)
        return
    if column.dtype != layer.dtype:
        sentence = text(
            "{node} gives {dtype} numbers, but the column “{column}” holds {held}.",
            node=name,
            dtype=layer.dtype,
            column=column.name,
            held=column.dtype,
        )
        fixes = (suggest(SetParameter("dtype", column.dtype, name), nodes, name), take_column(name, column))
        yield Problem("input_dtype", name, "", "error", sentence, fixes)
    if not _scales_to(column.shape, layer.shape):
        sentence = text(
            "{node} has the shape {shape}, but a sample of “{column}” has {held}.",
            node=name,
            shape=shape_text(layer.shape),
            column=column.name,
            held=shape_text(column.shape),
        )
        yield Problem("input_shape", name, "", "error", sentence, tuple(_shape_fixes(nodes, name, layer, column)))


def take_column(name: str, column: Column) -> Suggestion:
    """The input made to take a column as it is."""
    parameters = (("shape", column.shape), ("dtype", column.dtype), ("column", column.name))
    title = text("Take {column} as it is: {shape}", column=column.name, shape=value_text(column.shape))
    return Suggestion(title, Replace("input", parameters, name))


def _scales_to(held: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Images are scaled in height and width; everything else must be as it is."""
    if len(held) == len(wanted) == IMAGE_RANK:
        return held[0] == wanted[0]
    return held == wanted


def _shape_fixes(nodes: Nodes, name: str, layer: Input, column: Column) -> Iterator[Suggestion]:
    shapes = [column.shape]
    if len(column.shape) == len(layer.shape) == IMAGE_RANK:
        shapes.insert(0, (column.shape[0], *layer.shape[1:]))
    for shape in dict.fromkeys(shapes):
        yield suggest(SetParameter("shape", shape, name), nodes, name)


def _no_column(nodes: Nodes, name: str, layer: Input, columns: Sequence[Column]) -> Problem:
    sentence = text(
        "{node} takes the column “{column}”, but the data has: {columns}.",
        node=name,
        column=layer.column,
        columns=", ".join(column.name for column in columns),
    )
    fixes: list[Suggestion] = []
    for column in sorted(columns, key=lambda column: bool(column.classes)):
        fixes += [suggest(SetParameter("column", column.name, name), nodes, name), take_column(name, column)]
    return Problem("no_column", name, "", "error", sentence, tuple(fixes))
