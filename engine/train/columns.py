"""Which columns of the data a drawing takes, in which size, and what is learned of them."""

from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.data.dataset import TRAINING, DataSet
from engine.data.preparation import Preparation, learn
from engine.graph import Graph
from engine.layers.base import Layer
from engine.layers.input import Input
from engine.text import Failure, text


def input_sizes(graph: Graph[Layer]) -> dict[str, tuple[int, ...]]:
    """The shape that the drawing wants of each column that it takes in. Raises Failure where two inputs disagree."""
    sizes: dict[str, tuple[int, ...]] = {}
    for name, node in graph.nodes.items():
        if not isinstance(node.layer, Input):
            continue
        column, shape = node.layer.column, node.layer.shape
        if sizes.setdefault(column, shape) != shape:
            raise Failure(
                text(
                    "{node} takes column “{column}” as {shape}, another input as {other}; give both the same shape.",
                    node=name,
                    column=column,
                    shape=str(shape),
                    other=str(sizes[column]),
                )
            )
    return sizes


def learn_preparations(graph: Graph[Layer], data: DataSet, chosen: NDArray[np.int64]) -> dict[str, Preparation]:
    """How each column that is taken in is prepared: learned from the chosen samples of the training part alone."""
    found = {}
    for name, shape in input_sizes(graph).items():
        column = data.column(name)
        source = column.shape if column else None
        found[name] = learn(data.parts[TRAINING][name], shape, chosen, source)
    return found


def plain_preparations(preparations: Mapping[str, Preparation]) -> dict[str, object]:
    """As run.json keeps them."""
    return {name: msgspec.to_builtins(preparation) for name, preparation in preparations.items()}
