"""What is wrong with a drawing as a whole: circles, ends that are not there, nodes that no value reaches."""

from collections.abc import Iterable, Iterator, Mapping

from engine.check.order import Nodes, Order, sources_of
from engine.check.report import Problem
from engine.check.titles import suggest
from engine.graph import Disconnect, Inlet, RemoveNode, Replace
from engine.layers.block_input import BlockInput
from engine.layers.block_output import BlockOutput
from engine.layers.input import Input
from engine.layers.output import Output
from engine.text import text

Takers = Mapping[str, frozenset[str]]

ENDS = (Input, Output, BlockInput, BlockOutput)

MOST_CUTS = 4  # how many ways to open a circle are looked at


def whole_problems(nodes: Nodes, order: Order, takers: Takers, inner: bool = False) -> tuple[Problem, ...]:
    """All of them. `takers` maps a node to those that it is wired to. `inner`: the drawing inside of a block."""
    first, last = (BlockInput, BlockOutput) if inner else (Input, Output)
    kinds = {node.layer.__class__ for node in nodes.values()}
    begins, ends_well = (any(issubclass(kind, one) for kind in kinds) for one in (first, last))
    ends = _no_ports(ends_well) if inner else _ends(begins, ends_well)
    found = [*ends, *(_circle(nodes, circle) for circle in order.circles)]
    if begins and (order.circular or not _all_begin_well(nodes, takers)):
        beginnings = {kind for kind in kinds if not kind.about.inputs}
        starts = [name for name, node in nodes.items() if type(node.layer) in beginnings]
        found += _unreached(nodes, reached(starts, takers) | order.circular)
    if ends_well:
        found += _unused(nodes, takers)
    return tuple(found)


def _all_begin_well(nodes: Nodes, takers: Takers) -> bool:
    """Whether all that nothing is wired into, and that is wired on, gives values by itself.

    Where there are no circles, every other node is then reached.
    """
    into = frozenset().union(*takers.values())
    roots = (nodes.keys() | takers.keys()) - into
    return all(name in nodes and not type(nodes[name].layer).about.inputs for name in roots if takers.get(name))


def reached(starts: Iterable[str], takers: Takers) -> set[str]:
    """These nodes, and all that a value of theirs flows into."""
    stack = list(starts)
    found = set(stack)
    while stack:
        new = takers.get(stack.pop(), frozenset()) - found
        found |= new
        stack += new
    return found


def _ends(has_input: bool, has_output: bool) -> Iterator[Problem]:
    if not has_input:
        sentence = text("The drawing has no input. Add one, so that data can come in.")
        yield Problem("no_input", "", "", "error", sentence)
    if not has_output:
        sentence = text("The drawing has no output. Add one, so that there is an answer to train.")
        yield Problem("no_output", "", "", "error", sentence)


def _no_ports(has_output: bool) -> Iterator[Problem]:
    """A block may do without inputs: it then gives what it has learned."""
    if not has_output:
        sentence = text("The block has no output. Add a block output, so that its value can be used.")
        yield Problem("no_output", "", "", "error", sentence)


def misplaced(nodes: Nodes, name: str, inner: bool) -> Problem | None:
    """What is wrong at an input or output of a network that stands in a block, and at a block's in a network."""
    layer = nodes[name].layer
    if not isinstance(layer, (Input, Output) if inner else (BlockInput, BlockOutput)):
        return None
    other = "input" if isinstance(layer, Input | BlockInput) else "output"
    if inner:
        sentence = text("{node} belongs into a network; a block has ports instead.", node=name)
        return Problem("misplaced", name, "", "error", sentence, (suggest(Replace(f"block_{other}", (), name), nodes),))
    sentence = text("{node} is the port of a block, and this is no block.", node=name)
    return Problem("misplaced", name, "", "error", sentence, (suggest(Replace(other, (), name), nodes),))


def _circle(nodes: Nodes, circle: tuple[str, ...]) -> Problem:
    way = " → ".join((*circle, circle[0]))
    sentence = text("{way} goes in a circle, so no value can be worked out. Remove one of its wires.", way=way)
    cuts = [
        suggest(Disconnect(inlet), nodes) for inlet in backward_wires(nodes, circle)[:MOST_CUTS] if _spare(nodes, inlet)
    ]
    return Problem("cycle", circle[0], "", "error", sentence, tuple(cuts))


def backward_wires(nodes: Nodes, circle: tuple[str, ...]) -> list[Inlet]:
    """Where the wires of a circle go in, those first that go against the order in which the nodes were drawn."""
    index = {name: number for number, name in enumerate(nodes)}
    steps = sorted(zip((circle[-1], *circle), circle, strict=False), key=lambda step: index[step[0]] < index[step[1]])
    return [
        Inlet(target, port, slot)
        for source, target in steps
        for port, sources in nodes[target].inputs.items()
        for slot, outlet in enumerate(sources)
        if outlet.node == source
    ]


def _spare(nodes: Nodes, inlet: Inlet) -> bool:
    """Whether the node can do without the wire."""
    node = nodes[inlet.node]
    port = next((port for port in type(node.layer).about.inputs if port.name == inlet.port), None)
    return port is None or port.optional or len(node.inputs[inlet.port]) > 1


def _unreached(nodes: Nodes, known: set[str]) -> Iterator[Problem]:
    """Nodes that are wired up, but to nothing that data comes into."""
    for name, node in nodes.items():
        if name not in known and any(source in nodes for source in sources_of(node)):
            yield Problem(
                "unreached",
                name,
                "",
                "warning",
                text("No input leads to {node}. Wire its beginning to one.", node=name),
            )


def _unused(nodes: Nodes, takers: Takers) -> Iterator[Problem]:
    """Nodes whose value nobody takes: where a way ends without an output."""
    taken = {name for name, found in takers.items() if found}
    loose = {name for name in nodes.keys() - taken if type(nodes[name].layer).about.outputs}
    for name in [name for name in nodes if name in loose] if loose else ():
        sentence = text("{node} leads to no output. Wire it on, or remove it.", node=name)
        fixes = () if isinstance(nodes[name].layer, Input | BlockInput) else (suggest(RemoveNode(name), nodes),)
        yield Problem("unused", name, "", "warning", sentence, fixes)
