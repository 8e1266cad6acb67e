"""What the checker says of a drawing: the spec on every wire, the problems with their fixes, the cost."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from engine.graph import Fix, Spec
from engine.layers.cost import Cost as Cost
from engine.text import Text

Severity: TypeAlias = Literal["error", "warning"]


class Column(msgspec.Struct, frozen=True):
    """What is known of a column of the data: size and dtype of one sample; names of the classes, if it has classes."""

    name: str
    shape: tuple[int, ...]
    dtype: Literal["float32", "int64"]
    classes: tuple[str, ...] = ()


class Suggestion(msgspec.Struct, frozen=True):
    """A fix and what its button says: "Insert flatten"."""

    title: Text
    fix: Fix


class Problem(msgspec.Struct, frozen=True):
    """Something wrong or doubtful at a node (empty: at the drawing as a whole) and a port (empty: the node).

    `code` is a permanent short id such as "misfit" or "cycle".
    """

    code: str
    node: str
    port: str
    severity: Severity
    text: Text
    fixes: tuple[Suggestion, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """The checker's answer. `specs` has an entry for each node whose outputs are known, one spec an output port.

    `order` is the order in which the nodes run; nodes on a cycle are left out.
    """

    specs: Mapping[str, tuple[Spec, ...]]
    problems: tuple[Problem, ...]
    order: tuple[str, ...]
    costs: Mapping[str, Cost]
    total: Cost

    @property
    def ok(self) -> bool:
        """True where nothing stands in the way of training: warnings may remain."""
        return all(problem.severity != "error" for problem in self.problems)
