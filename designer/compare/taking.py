"""What it means to take an entry of the list over from the other version."""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from designer.blocks.stowing import with_drawing
from designer.compare.rows import Row
from engine.blocks.edits import remove_block, with_block
from engine.graph import Graph
from engine.layers import Layer
from engine.project.compare import GraphChange, ItemChange, NodeChange, Setting, WireChange
from engine.project.project import Project
from engine.project.settings import value_of, with_optimizer, with_values
from engine.project.taking import take_name, take_nodes, take_port


def taken(here: Project, there: Project, rows: Iterable[Row]) -> Project:
    """The project with these entries as they are in the other one. Raises Failure where that cannot be."""
    rows = list(rows)
    for where in dict.fromkeys(row.where for row in rows if row.where[0] in ("blocks", "networks")):
        here = _drawing(here, there, where, [row for row in rows if row.where == where])
    if any(row.where[0] == "data" for row in rows):
        here = replace(here, data=there.data)
    for row in rows:
        if row.where[0] == "recipe" and isinstance(row.subject, Setting):
            here = _recipe(here, there, row.subject.name)
    return here


def _drawing(here: Project, there: Project, where: tuple[str, str], rows: list[Row]) -> Project:
    section, name = where
    if any(isinstance(row.subject, GraphChange) for row in rows):
        return _whole(here, there, section, name)
    if section == "blocks":
        graph = _graph(here.blocks[name].graph, there.blocks[name].graph, rows)
        return with_block(here, name, replace(here.blocks[name], graph=graph))
    graph = _graph(here.networks[name], there.networks[name], rows)
    if name == next(iter(here.networks)):
        return with_drawing(here, (), graph)
    return replace(here, networks={**here.networks, name: graph})


def _whole(here: Project, there: Project, section: str, name: str) -> Project:
    """A network, or a block, that is in one of the two alone; or a block's face."""
    if section == "blocks":
        return with_block(here, name, there.blocks[name]) if name in there.blocks else remove_block(here, name)
    networks = {**here.networks, name: there.networks[name]} if name in there.networks else dict(here.networks)
    if name not in there.networks and len(networks) > 1:
        del networks[name]
    return replace(here, networks=networks)


def _graph(here: Graph[Layer], there: Graph[Layer], rows: list[Row]) -> Graph[Layer]:
    for row in rows:
        if isinstance(row.subject, NodeChange) and row.subject.kind == "renamed":
            here = take_name(here, row.subject.name, row.subject.old_name)
    names = [_name(row.subject) for row in rows if isinstance(row.subject, NodeChange)]
    here = take_nodes(here, there, names)
    for row in rows:
        if isinstance(row.subject, WireChange):
            target = row.subject.wire.target
            if target.node in here.nodes and target.node in there.nodes:
                here = take_port(here, there, target.node, target.port)
        elif isinstance(row.subject, ItemChange):
            here = _item(here, there, row.subject)
        elif isinstance(row.subject, Setting):
            here = _flowing(here, there)
    return here


def _flowing(here: Graph[Layer], there: Graph[Layer]) -> Graph[Layer]:
    """With the flow as it is there, and the nodes of both where they lie there: one goes with the other."""
    places = {name: place for name, place in there.places.items() if name in here.nodes}
    return replace(here, flow=there.flow, places={**here.places, **places})


def _name(change: NodeChange) -> str:
    return change.old_name or change.name


def _item(here: Graph[Layer], there: Graph[Layer], change: ItemChange) -> Graph[Layer]:
    """A frame, note or bookmark as it is there."""
    field = f"{change.what}s"
    items = {**getattr(here.annotations, field)}
    theirs = getattr(there.annotations, field)
    if change.name in theirs:
        items[change.name] = theirs[change.name]
    else:
        items.pop(change.name, None)
    return replace(here, annotations=msgspec.structs.replace(here.annotations, **{field: items}))


def _recipe(here: Project, there: Project, key: str) -> Project:
    """A setting as it is there; an optimizer comes with all of its own."""
    if key == "optimizer":
        return replace(here, recipe=replace(here.recipe, optimizer=there.recipe.optimizer))
    kinds = (value_of(here.recipe, "optimizer"), value_of(there.recipe, "optimizer"))
    if key.startswith("optimizer.") and kinds[0] != kinds[1]:
        recipe = with_optimizer(here.recipe, kinds[1])
        return replace(here, recipe=replace(recipe, optimizer=there.recipe.optimizer))
    return replace(here, recipe=with_values(here.recipe, {key: value_of(there.recipe, key)}))
