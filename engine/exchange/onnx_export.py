"""A network as an ONNX file: named inputs and outputs, a free batch, the drawn names, nothing of this machine."""

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import Tensor, nn
from torch.export import ExportedProgram

from engine.check.report import Report
from engine.exchange.blame import blamed_node, first_line, raising_node
from engine.exchange.onnx_names import clean, name_as_drawn
from engine.exchange.onnx_pooling import settle_pools
from engine.exchange.predicting import as_predicting
from engine.files import write_whole, writing
from engine.graph import Dim, Spec
from engine.infer.metadata import KEY, Metadata, to_json
from engine.lower.paths import Ways
from engine.lower.printer import print_program
from engine.lower.program import Program
from engine.text import Failure, Text, text

OPSET = 20
IR_VERSION = 10
EXAMPLE_BATCH = 2  # the exporter would take a batch of 1 for a fixed size
EXAMPLE_SIZE = 5
LARGEST = 2**31 - 2**20  # protobuf's limit, with room for what is not weights

log = logging.getLogger(__name__)


def refuse_limits(report: Report, program: Program) -> None:
    """Raises Failure where a layer of the program says that ONNX cannot carry it, with its reason."""
    run = {step.node for step in program.steps}
    for problem in report.problems:
        if problem.code == "onnx" and problem.node in run:
            raise Failure(problem.text)


def export_module(
    module: nn.Module, program: Program, inputs: Mapping[str, Spec], metadata: Metadata, path: Path
) -> None:
    """Writes a module that was built from the program's print (without probes) as an ONNX file.

    `inputs` holds the spec of each argument; its free sizes, the batch among them, stay free and named. The module is
    exported as it predicts: in eval mode, fp32, on the CPU. Raises Failure where it cannot be exported or written.
    """
    model = _exported(module, program, inputs)
    model.ir_version = IR_VERSION
    entry = model.metadata_props.add()
    entry.key, entry.value = KEY, to_json(metadata)
    content = _checked(model)
    with writing(path):
        write_whole(path, content)


def _exported(module: nn.Module, program: Program, inputs: Mapping[str, Spec]) -> onnx.ModelProto:
    module = as_predicting(module)
    weights = sum(value.numel() * value.element_size() for value in module.state_dict().values())
    if weights > LARGEST:
        raise Failure(text("An ONNX file holds up to 2 GB; these weights take {bytes} bytes.", bytes=weights))
    specs = [inputs[name] for name in program.arguments]
    dynamic = tuple({axis: _dimension(size) for axis, size in _free_axes(spec)} for spec in specs)
    with _quiet(), torch.no_grad(), _in_a_sentence(Ways(print_program(program).lines)) as ways:
        traced = torch.export.export(module, tuple(map(_example, specs)), dynamic_shapes=dynamic)
        made = _converted(traced, dynamic, ways)
        clean(made.model)
        settle_pools(made.model)
        name_as_drawn(made.model, program.arguments, program.results, ways)
        return made.model_proto


def _converted(traced: ExportedProgram, dynamic: Any, ways: Ways) -> torch.onnx.ONNXProgram:
    try:
        made = torch.onnx.export(
            traced,
            (),
            dynamo=True,
            optimize=False,
            verbose=False,
            opset_version=OPSET,
            dynamic_shapes=dynamic,
        )
    except torch.onnx.OnnxExporterError as error:
        raise Failure(_at(blamed_node(error, ways), error)) from error
    assert made is not None
    return made


def _checked(model: onnx.ModelProto) -> bytes:
    try:
        onnx.checker.check_model(model, full_check=True)
    except Exception as error:  # the checker has several kinds of its own
        raise Failure(text("The ONNX file would not be valid: {reason}", reason=first_line(error))) from error
    content: bytes = model.SerializeToString()
    return content


def _example(spec: Spec) -> Tensor:
    """Numbers of this spec to trace with: a batch of several, lest the batch be taken for a fixed size."""
    sizes = [_example_size(axis, size) for axis, size in enumerate(spec.shape)]
    return torch.zeros(sizes, dtype=getattr(torch, spec.dtype))


def _example_size(axis: int, size: Dim) -> int:
    return size if isinstance(size, int) else EXAMPLE_BATCH if axis == 0 else EXAMPLE_SIZE


def _free_axes(spec: Spec) -> Iterator[tuple[int, Dim]]:
    return ((axis, size) for axis, size in enumerate(spec.shape) if not isinstance(size, int))


def _dimension(size: Dim) -> Any:
    return torch.export.Dim(str(size))


@contextmanager
def _in_a_sentence(ways: Ways) -> Iterator[Ways]:
    """Whatever torch's exporter raises, a person gets a sentence, with the node where that is known."""
    try:
        yield ways
    except Failure:
        raise
    except Exception as error:
        log.debug("the exporter failed", exc_info=True)
        raise Failure(_at(raising_node(error, ways), error)) from error


def _at(node: str, error: Exception) -> Text:
    reason = first_line(error)
    if "Constraints violated" in reason:
        return text("The network works for one batch size alone, and so cannot be exported ({reason}).", reason=reason)
    if node:
        return text("{node} cannot be exported: PyTorch says “{reason}”.", node=node, reason=reason)
    return text("The network cannot be exported: PyTorch says “{reason}”.", reason=reason)


@contextmanager
def _quiet() -> Iterator[None]:
    """What the exporter warns of goes to our log, at debug; what it logs below an error is left out."""
    loggers = [logging.getLogger(name) for name in ("torch.onnx", "torch.export", "onnxscript", "onnx_ir")]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
    for warning in caught:
        log.debug("exporter: %s", warning.message)
