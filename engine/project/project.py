"""A project as a value: its networks, the data they are trained on, and the recipe."""

import msgspec

from engine.blocks.drawings import MAIN as MAIN
from engine.blocks.drawings import Drawings
from engine.check.report import Column
from engine.graph import Graph
from engine.layers.base import Layer
from engine.project.recipe import Recipe


class Data(msgspec.Struct, frozen=True):
    """Which data is used, and what was seen of it last, so that opening a project touches no path.

    `source` is what `--data` takes: "sample:digits", "idx:FOLDER", "images:FOLDER", "npz:FILE"; empty: none yet.
    """

    source: str = ""
    columns: tuple[Column, ...] = ()


class Project(Drawings, frozen=True):
    """What a `.loom` file holds: networks, blocks, data and recipe. Immutable: an edit gives another one."""

    data: Data = Data()
    recipe: Recipe = Recipe()

    @property
    def graph(self) -> Graph[Layer]:
        """The network that is trained: the first one."""
        return next(iter(self.networks.values()))

    def with_graph(self, graph: Graph[Layer]) -> "Project":
        """With another drawing in place of the first network."""
        name = next(iter(self.networks))
        return msgspec.structs.replace(self, networks={**self.networks, name: graph})
