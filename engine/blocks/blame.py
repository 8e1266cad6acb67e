"""What is wrong inside an instance of a block, said of the instance, with fixes that can be made from outside."""

from collections.abc import Callable, Iterator
from itertools import islice

from engine.blocks.block import Block
from engine.blocks.inside import Inside, inputs_of
from engine.blocks.values import unscaled
from engine.check.fitting import upstream
from engine.check.report import Problem
from engine.graph import Fix, InsertLayer, SetParameter, Spec
from engine.layers import Layer, Misfit
from engine.layers.mending import mends
from engine.text import Text, text

MOST_TRIALS = 8  # of values that may mend


def misfit_of(
    layer: Layer, block: Block, found: tuple[Inside, ...], arriving: tuple[Spec, ...], closer: Callable[[], Inside]
) -> Misfit:
    """The misfit of an instance whose last repeat has an error. `closer` looks at that again, for what mends it."""
    problem = _first_error(found[-1])
    sentence = _told(problem.text, type(layer).about.id, len(found))

    def fixes() -> tuple[Fix, ...]:
        candidates = dict.fromkeys(_candidates(layer, block, closer(), arriving))
        return tuple(fix for fix in islice(candidates, MOST_TRIALS) if mends(layer, arriving, fix))

    return Misfit(_port(found[-1], problem), sentence, fixes)


def _told(fault: Text, layer: str, number: int) -> Text:
    """A fault inside, said of the instance; of one deeper inside, with the way to it."""
    if number > 1:
        return text("In repeat {number} of {layer}: {fault}", number=number, layer=layer, fault=fault)
    inner = dict(fault.values)
    if fault.message == _in_it("", fault).message:
        return _within(layer, str(inner["layer"]), fault)
    if fault.message == _within("", "", fault).message:
        return _within(layer, f"{inner['layer']} › {inner['way']}", fault)
    return _in_it(layer, fault)


def _in_it(layer: str, fault: Text) -> Text:
    return text("In {layer}: {fault}", layer=layer, fault=fault)


def _within(layer: str, way: str, told: Text) -> Text:
    """The fault of a sentence that was told inside."""
    return text("In {layer} › {way}: {fault}", layer=layer, way=way, fault=dict(told.values).get("fault", told))


def _first_error(one: Inside) -> Problem:
    return next(problem for problem in one.report.problems if problem.severity == "error")


def warning_in(one: Inside, onnx: bool) -> Text | None:
    """The first warning inside: why ONNX cannot carry something, or any other."""
    for problem in one.report.problems:
        if problem.severity == "warning" and (problem.code == "onnx") is onnx:
            why = dict(problem.text.values).get("why")
            if onnx and why is not None:
                return text("{node} inside: {why}", node=problem.node, why=why)
            return text("inside, {fault}", fault=problem.text)
    return None


def _port(one: Inside, problem: Problem) -> str:
    """The port whose value goes into where the fault is, where it is the only one."""
    ports = inputs_of(one.graph)
    node = one.graph.nodes.get(problem.node)
    if node is None:
        return ""
    sources = [source.node for source in node.inputs.get(problem.port, ())]
    sources = sources or [source.node for sources in node.inputs.values() for source in sources]
    leading = {
        name for source in sources if source in one.graph.nodes for name in (source, *upstream(one.graph, source))
    }
    causes = [port for port in ports if port in leading]
    return causes[0] if len(causes) == 1 else ""


def _candidates(layer: Layer, block: Block, one: Inside, arriving: tuple[Spec, ...]) -> Iterator[Fix]:
    """What may mend it: the fixes found inside, as far as they can be made from outside, and sizes that arrive."""
    problem = _first_error(one)
    at_nodes = [suggestion.fix for suggestion in problem.fixes]
    for fix in at_nodes:
        if isinstance(fix, SetParameter):
            yield from _lifted(block, fix.node or problem.node, fix.parameter, fix.value)
    yield from _sizes(layer, block, arriving)
    for fix in at_nodes:
        if isinstance(fix, InsertLayer):
            sources = one.graph.nodes[fix.node or problem.node].inputs.get(fix.port, ())
            if fix.slot < len(sources) and sources[fix.slot].node in inputs_of(one.graph):
                yield InsertLayer(fix.layer, sources[fix.slot].node, 0, fix.parameters)


def _lifted(block: Block, node: str, parameter: str, value: object) -> Iterator[Fix]:
    for lifted in block.parameters:
        for target in lifted.targets:
            if (target.node, target.parameter) == (node, parameter):
                wanted = unscaled(value, target.times)
                if wanted is not None:
                    yield SetParameter(lifted.name, wanted)


def _sizes(layer: Layer, block: Block, arriving: tuple[Spec, ...]) -> Iterator[Fix]:
    """A whole number on the face set to the channels, or the last size, of what comes in."""
    sizes = dict.fromkeys(size for spec in arriving for size in (*spec.shape[1:2], *spec.shape[-1:]))
    for lifted in block.parameters:
        if type(getattr(layer, lifted.name)) is int:
            yield from (SetParameter(lifted.name, size) for size in sizes if isinstance(size, int))
