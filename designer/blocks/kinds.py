"""What can be put into the drawing that is shown: the layers of the catalogue, the project's blocks, the library's."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from designer.document import Document
from engine.blocks import PREFIX, BlockLayer, block_layer
from engine.blocks.flowing import flowing
from engine.blocks.library import NAMES as LIBRARY
from engine.blocks.library import library, library_block
from engine.check.fitting import fitted, layers_after, outcome
from engine.check.wiring import spec_at
from engine.graph import Outlet, Spec
from engine.layers import Layer, catalogue, plain, read_as

INNER, OUTER = ("block_input", "block_output"), ("input", "output")


def offered(document: Document, with_library: bool = True) -> dict[str, type[Layer]]:
    """Layers and blocks by id. A block has ports where a network has inputs and outputs."""
    left_out = OUTER if document.where else INNER
    layers = {id: cls for id, cls in catalogue().items() if id not in left_out}
    return layers | blocks_of(document, with_library)


def blocks_of(document: Document, with_library: bool = True) -> dict[str, type[Layer]]:
    """The project's blocks, then those of the library that it does not have yet."""
    own = document.project.blocks
    more = {name: block for name, block in library().items() if name not in own} if with_library else {}
    return {PREFIX + name: block_layer(name, block) for name, block in {**own, **more}.items()}


def read_library() -> Iterator[None]:
    """Makes the library's blocks, one at each step: all at once takes a tenth of a second."""
    for name in LIBRARY:
        block_layer(name, library_block(name))
        yield


def own(document: Document, kind: str) -> str:
    """The name of the project's block that an id stands for; empty where it stands for anything else."""
    name = kind.removeprefix(PREFIX)
    return name if kind.startswith(PREFIX) and name in document.project.blocks else ""


def known(document: Document, kind: str) -> bool:
    """Whether there is a layer or a block of this id."""
    name = kind.removeprefix(PREFIX)
    return kind in catalogue() or (kind.startswith(PREFIX) and (name in document.project.blocks or name in library()))


def layer_of(document: Document, kind: str) -> Layer:
    """A layer or an instance of a block, with its defaults. Raises KeyError where there is none of this id."""
    if kind in catalogue():
        return catalogue()[kind]()
    name = kind.removeprefix(PREFIX)
    return block_layer(name, document.project.blocks.get(name) or library()[name])()


def taken(document: Document, layer: Layer, outlets: Sequence[Outlet] = (), typed: Collection[str] = ()) -> Layer:
    """A layer as it is put into the drawing shown, to be fed by these outlets.

    A block of the library is drawn the way that the drawing flows. A block is made to take what comes in, but for
    parameters that were typed.
    """
    if not isinstance(layer, BlockLayer):
        return layer
    there, name = document.project.blocks, layer.name
    values = [value for outlet in outlets for value in arriving(document, outlet)]
    fit = fitted(layer, values, typed)
    if name in there or name not in LIBRARY or layer.block != library_block(name):
        return fit
    return read_as(block_layer(name, flowing(name, document.graph.flow, there)), plain(fit), [])


def arriving(document: Document, outlet: Outlet | None) -> tuple[Spec, ...]:
    """What would come from an outlet, where that is known."""
    found = spec_at(document.graph.nodes, document.report.specs, outlet) if outlet else None
    return (found,) if found is not None else ()


def after(document: Document, outlet: Outlet, layers: Mapping[str, type[Layer]] | None = None) -> list[str]:
    """The ids of what takes the value of an outlet, likely ones first; blocks come after the layers."""
    layers = offered(document) if layers is None else layers
    found = [id for id in layers_after(document.report, outlet, document.graph) if id in layers]
    values = arriving(document, outlet)
    blocks = [id for id, cls in layers.items() if id.startswith(PREFIX) and cls.about.inputs]
    return found + [id for id in blocks if not values or _takes(layers[id](), values[0])]


def _takes(block: Layer, value: Spec) -> bool:
    """Whether a block takes a value, if need be with another parameter, which mends no other number of axes."""
    if outcome(block, (value,)):
        return True
    alike = any(example.rank == value.rank for example in block.example)
    return alike and fitted(block, (value,)) is not block
