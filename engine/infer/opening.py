"""An ONNX file looked through before ONNX Runtime opens it. For worker processes and the command line, not the window.

Files come from anywhere: the size is bounded, data beside the file must lie in its own folder, and operators of
foreign libraries are not loaded.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from engine.text import Failure, text

LARGEST = 2**31  # a protobuf message holds no more


class BadModel(Failure):
    """A file that is no usable ONNX model; the sentence names it."""


def need_sound(path: Path) -> None:
    """Raises BadModel where the file is missing, no ONNX model, or points to data outside its folder."""
    model = _parsed(path)
    if not model.graph.output:
        raise BadModel(text("{path} is no ONNX model. Choose a .onnx file.", path=str(path)))
    folder = path.parent.resolve()
    for location in _external(_graph_tensors(model)):
        if not (folder / location).resolve().is_relative_to(folder):
            sentence = text(
                "{path} points to data outside its own folder ({location}); such a file is not opened.",
                path=str(path),
                location=location,
            )
            raise BadModel(sentence)
        if not (folder / location).is_file():
            sentence = text(
                "{path} needs the file {location} beside it, which is missing.", path=str(path), location=location
            )
            raise BadModel(sentence)


def _parsed(path: Path) -> Any:
    import onnx

    try:
        size = path.stat().st_size
        if size >= LARGEST:
            raise BadModel(text("{path} is larger than 2 GB; an ONNX file cannot be.", path=str(path)))
        return onnx.load(str(path), load_external_data=False)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadModel(text("{path} cannot be read: {reason}.", path=str(path), reason=reason)) from error
    except BadModel:
        raise
    except Exception as error:  # whatever the parser raises on a damaged file
        sentence = text("{path} is no ONNX model, or only a part of one. Export it again.", path=str(path))
        raise BadModel(sentence) from error


def _graph_tensors(model: Any) -> Iterator[Any]:
    """Every tensor that the model holds, those in nodes, inner graphs and functions among them."""
    yield from _tensors(model.graph)
    for function in model.functions:
        yield from _node_tensors(function.node)
    for training in model.training_info:
        yield from _tensors(training.initialization)
        yield from _tensors(training.algorithm)


def _tensors(graph: Any) -> Iterator[Any]:
    yield from graph.initializer
    for sparse in graph.sparse_initializer:
        yield from (sparse.values, sparse.indices)
    yield from _node_tensors(graph.node)


def _node_tensors(nodes: Iterable[Any]) -> Iterator[Any]:
    for node in nodes:
        for attribute in node.attribute:
            yield attribute.t
            yield from attribute.tensors
            for graph in (attribute.g, *attribute.graphs):
                yield from _tensors(graph)


def _external(tensors: Iterable[Any]) -> set[str]:
    """The paths at which tensors keep their data outside of the file."""
    external = 1  # TensorProto.EXTERNAL
    return {
        entry.value
        for tensor in tensors
        if tensor.data_location == external
        for entry in tensor.external_data
        if entry.key == "location"
    }
