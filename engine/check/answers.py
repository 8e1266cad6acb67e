"""Whether an output goes together with its loss, its metrics and the column of the data that it is compared with."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.check.order import Nodes
from engine.check.report import Column, Problem, Severity, Suggestion
from engine.check.titles import suggest
from engine.check.wiring import Specs, spec_at
from engine.graph import InsertLayer, Outlet, RemoveNode, Replace, SetParameter, Spec
from engine.graph.spec import BATCH
from engine.layers.output import Output
from engine.text import Text, text

PORT = "value"
LOSSES = {
    "cross_entropy": text("cross-entropy"),
    "binary_cross_entropy": text("binary cross-entropy"),
    "mse": text("the mean squared error"),
    "l1": text("the mean absolute error"),
    "huber": text("the Huber loss"),
}
CLASSES = frozenset({"accuracy", "top_k", "precision", "recall", "f1"})  # metrics that count classes
APPLIED = {"cross_entropy": ("softmax", "log_softmax"), "binary_cross_entropy": ("sigmoid", "softmax")}
HARMLESS = "log_softmax"  # applied twice it changes nothing
PASSED = frozenset({"identity", "dropout", "flatten"})  # what a value goes through as it is
SIZED_BY = ("out_features", "out_channels")
FARTHEST = 64  # nodes looked back at


class Answer(NamedTuple):
    """An output node, what comes into it and from where, and its target where that is known."""

    nodes: Nodes
    name: str
    layer: Output
    source: Outlet
    spec: Spec
    target: Column | None


def output_problems(nodes: Nodes, name: str, specs: Specs, columns: Sequence[Column]) -> Iterator[Problem]:
    """What is wrong with an output node."""
    layer = nodes[name].layer
    assert isinstance(layer, Output)
    target = next((column for column in columns if column.name == layer.target), None)
    if columns and target is None:
        yield _no_column(nodes, name, layer, columns)
    yield from _metrics(nodes, name, layer, target)
    source = next(iter(nodes[name].inputs.get(PORT, ())), None)
    spec = spec_at(nodes, specs, source) if source else None
    if source is None or spec is None:
        return
    answer = Answer(nodes, name, layer, source, spec, target)
    yield from _activation(answer)
    form = list(_form(answer))
    yield from form
    if target and not form:
        yield from _against(answer, target)


def _problem(answer: Answer, code: str, sentence: Text, fixes: Sequence[Suggestion] = ()) -> Problem:
    return Problem(code, answer.name, PORT, "error", sentence, tuple(fixes))


def _no_column(nodes: Nodes, name: str, layer: Output, columns: Sequence[Column]) -> Problem:
    sentence = text(
        "{node} is compared with the column “{column}”, but the data has: {columns}.",
        node=name,
        column=layer.target,
        columns=", ".join(column.name for column in columns),
    )
    likely = sorted(columns, key=lambda column: not column.classes)
    fixes = [suggest(SetParameter("target", column.name, name), nodes, name) for column in likely]
    fixes += [_take_target(name, column) for column in likely]
    return Problem("no_column", name, "", "error", sentence, tuple(fixes))


def _take_target(name: str, column: Column) -> Suggestion:
    """The output compared with a column by a loss that suits it."""
    return Suggestion(text("Compare with {column}", column=column.name), Replace("output", compared(column), name))


def compared(column: Column) -> tuple[tuple[str, object], ...]:
    """The parameters of an output that is compared with a column."""
    if column.dtype == "int64":
        return ("target", column.name), ("loss", "cross_entropy"), ("metrics", ("accuracy",))
    return ("target", column.name), ("loss", "mse"), ("metrics", ("mae",))


def _with_loss(name: str, loss: str) -> Suggestion:
    metric = "accuracy" if loss == "cross_entropy" else "mae"
    title = text("Set {parameter} to {value}", parameter="loss", value=loss)
    return Suggestion(title, Replace("output", (("loss", loss), ("metrics", (metric,))), name))


def _metrics(nodes: Nodes, name: str, layer: Output, target: Column | None) -> Iterator[Problem]:
    """Classes are counted where the loss compares classes, or the target holds them."""
    lost = [metric for metric in layer.metrics if metric in CLASSES]
    if not lost or layer.loss in APPLIED or (target and target.dtype == "int64"):
        return
    sentence = text(
        "{node} compares numbers by {loss}, so {metrics} cannot be measured.",
        node=name,
        loss=LOSSES[layer.loss],
        metrics=", ".join(lost),
    )
    kept = tuple(metric for metric in layer.metrics if metric not in CLASSES) or ("mae",)
    fixes = suggest(SetParameter("metrics", kept, name), nodes, name), _with_loss(name, "cross_entropy")
    yield Problem("metrics", name, "", "warning", sentence, fixes)


def _activation(answer: Answer) -> Iterator[Problem]:
    """Softmax or sigmoid where the loss applies it itself."""
    found = _last_layer(answer, APPLIED.get(answer.layer.loss, ()))
    if not found:
        return
    kind = type(answer.nodes[found].layer).about.id
    sentence = text(
        "{node} is trained with {loss}, which applies {function} itself. Remove {found}.",
        node=answer.name,
        loss=LOSSES[answer.layer.loss],
        function="softmax" if answer.layer.loss == "cross_entropy" else "sigmoid",
        found=found,
    )
    fix = suggest(RemoveNode(found), answer.nodes, answer.name)
    severity: Severity = "warning" if kind == HARMLESS else "error"
    yield Problem("activation_before_loss", answer.name, PORT, severity, sentence, (fix,))


def _last_layer(answer: Answer, kinds: Sequence[str]) -> str | None:
    """The nearest node of one of these kinds that the value comes from, through layers that pass it on as it is."""
    for name in _way_back(answer.nodes, answer.source.node):
        kind = type(answer.nodes[name].layer).about.id
        if kind in kinds:
            return name
        if kind not in PASSED:
            return None
    return None


def _way_back(nodes: Nodes, name: str) -> Iterator[str]:
    """The node and those before it, as long as each has one source."""
    for _ in range(FARTHEST):
        if name not in nodes:
            return
        yield name
        sources = [source for into in nodes[name].inputs.values() for source in into]
        if len(sources) != 1:
            return
        name = sources[0].node


def _form(answer: Answer) -> Iterator[Problem]:
    """What a loss asks of the answer alone."""
    if answer.spec.dtype != "float32":
        sentence = text(
            "{node} compares float32 numbers; here comes {dtype}.", node=answer.name, dtype=answer.spec.dtype
        )
        yield _problem(answer, "loss_dtype", sentence)
    elif answer.layer.loss == "cross_entropy" and answer.spec.rank < 2:
        sentence = text(
            "{node} is trained with cross-entropy, which takes (N, classes); here comes {came}.",
            node=answer.name,
            came=str(answer.spec),
        )
        yield _problem(answer, "loss_shape", sentence)


def _against(answer: Answer, target: Column) -> Iterator[Problem]:
    """What the target asks of the answer; `engine.train.losses.fitted_target` is the other side of this."""
    if _has_classes(answer, target):
        yield from _class_count(answer, target)
    elif answer.layer.loss == "cross_entropy" and target.dtype != "int64" and target.shape != answer.spec.shape[1:]:
        sentence = text(
            "{node} is trained with cross-entropy, which compares with classes; “{column}” holds float32 numbers.",
            node=answer.name,
            column=target.name,
        )
        fixes = [_with_loss(answer.name, loss) for loss in ("mse", "binary_cross_entropy")]
        yield _problem(answer, "target_dtype", sentence, fixes)
    elif _differs(answer, target):
        yield _wrong_shape(answer, target)


def _has_classes(answer: Answer, target: Column) -> bool:
    """Whether the target has one index where the answer has a number for each class."""
    places = answer.spec.shape[2:]
    single = answer.layer.loss == "cross_entropy" and not places and target.shape == (1,)
    return target.dtype == "int64" and answer.spec.rank >= 2 and (target.shape == places or single)


def _differs(answer: Answer, target: Column) -> bool:
    """Whether answer and target cannot be compared number by number; free sizes may turn out right."""
    shape = answer.spec.shape[1:]
    if answer.layer.loss == "cross_entropy":
        return shape != target.shape
    sizes = [size for size in shape if isinstance(size, int)]
    return len(sizes) == len(shape) and math.prod(sizes) != math.prod(target.shape)


def _class_count(answer: Answer, target: Column) -> Iterator[Problem]:
    """As many numbers as classes; a single one says yes or no where the loss is not cross-entropy."""
    wanted, size = len(target.classes), answer.spec.shape[1]
    one = size == 1 and answer.layer.loss != "cross_entropy"
    if not wanted or not isinstance(size, int) or size == wanted or (one and wanted == 2):
        return
    sentence = text(
        "{node} gets {count} numbers for each answer, but “{column}” has {classes} classes.",
        node=answer.name,
        count=size,
        column=target.name,
        classes=wanted,
    )
    fixes = list(_resized(answer, wanted))
    if one:
        fixes.append(_with_loss(answer.name, "cross_entropy"))
    yield _problem(answer, "class_count", sentence, fixes)


def _wrong_shape(answer: Answer, target: Column) -> Problem:
    sentence = text(
        "{node} gets {came}, but “{column}” has {held}: they cannot be compared.",
        node=answer.name,
        came=str(answer.spec),
        column=target.name,
        held=str(Spec((BATCH, *target.shape))),
    )
    return _problem(answer, "target_shape", sentence, list(_resized(answer, math.prod(target.shape))))


def _resized(answer: Answer, size: int) -> Iterator[Suggestion]:
    """The last layer that decides the size, given another; or a linear layer more."""
    for name in _way_back(answer.nodes, answer.source.node):
        has = {parameter.name for parameter in type(answer.nodes[name].layer).about.parameters}
        if found := next((parameter for parameter in SIZED_BY if parameter in has), None):
            yield suggest(SetParameter(found, size, name), answer.nodes, answer.name)
            break
    linear = InsertLayer("linear", PORT, parameters=(("out_features", size),), node=answer.name)
    yield suggest(linear, answer.nodes, answer.name)
