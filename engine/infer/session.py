"""A trained network asked with ONNX Runtime: samples in, probabilities or numbers out. No torch."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.data.preparation import prepare
from engine.infer.metadata import KEY, InputNote, Metadata, OutputNote, from_json
from engine.infer.opening import BadModel, need_sound
from engine.infer.samples import as_batch, read_sample
from engine.messages import Answer
from engine.text import Failure, Text, text

Array = NDArray[Any]

MOST_THREADS = 4
MOST_NUMBERS = 100_000
DTYPES = {
    "tensor(float)": "float32",
    "tensor(double)": "float64",
    "tensor(float16)": "float16",
    "tensor(int64)": "int64",
    "tensor(int32)": "int32",
    "tensor(uint8)": "uint8",
    "tensor(bool)": "bool",
}


class Port(NamedTuple):
    """An input or output of a file: free sizes are names, or None where they have none."""

    name: str
    shape: tuple[int | str | None, ...]
    dtype: str


class Model:
    """An ONNX file opened to be asked: one of ours, which knows how its inputs are treated, or any other."""

    def __init__(self, path: Path | str, threads: int = 0) -> None:
        """Raises BadModel with a sentence where the file cannot be used. `threads` 0: a few."""
        self.path = Path(path)
        need_sound(self.path)
        self._session = _session(self.path, threads or min(os.cpu_count() or 1, MOST_THREADS))
        self.inputs = tuple(_port(self.path, port) for port in self._session.get_inputs())
        self.outputs = tuple(_port(self.path, port) for port in self._session.get_outputs())
        noted = self._session.get_modelmeta().custom_metadata_map.get(KEY, "")
        self.metadata: Metadata | None = from_json(noted)

    @property
    def note(self) -> Text | None:
        """What the user should know of a foreign file."""
        if self.metadata is not None:
            return None
        return text("This file does not say how its inputs are prepared: images are given as numbers from 0 to 1.")

    def prepare(self, sample: Path | str | Array, name: str = "") -> Array:
        """A batch for an input (the first, if not named) from an image file, a .npy file, or an array.

        An array is one sample as the data has it, or a batch of them: (C, H, W), (N, C, H, W), grey images also
        (H, W). It is treated as in training: channels, size, scale, mean and spread. Raises Failure.
        """
        port = self._input(name)
        treatment = self._treatment(port)
        values = as_batch(sample, treatment) if isinstance(sample, np.ndarray) else read_sample(Path(sample), treatment)
        prepared: Array = prepare(treatment, values)
        return prepared.astype(port.dtype, copy=False)

    def predict(self, batch: Array | Mapping[str, Array]) -> dict[str, Array]:
        """The outputs for prepared inputs, as the network gives them. Raises Failure where shapes do not fit."""
        feeds = dict(batch) if isinstance(batch, Mapping) else {self.inputs[0].name: batch}
        for port in self.inputs:
            if port.name not in feeds:
                raise Failure(text("The model needs a value for its input “{name}” too.", name=port.name))
            _need_fit(port, feeds[port.name])
        try:
            values = self._session.run([port.name for port in self.outputs], feeds)
        except Exception as error:  # whatever the runtime raises, a person gets a sentence
            raise Failure(
                text("{path} cannot be run on this input: {reason}.", path=str(self.path), reason=_brief(error))
            ) from error
        return {port.name: value for port, value in zip(self.outputs, values, strict=True)}

    def answer(self, batch: Array | Mapping[str, Array], index: int = 0) -> tuple[Answer, ...]:
        """What the model says of one sample of a prepared batch: probabilities by class, or plain numbers."""
        return tuple(
            self._answer(name, value[index : index + 1] if value.ndim else value[None])
            for name, value in self.predict(batch).items()
        )

    def probabilities(self, name: str, value: Array) -> Array:
        """An output (N, …) with its activation applied: what it was trained to mean."""
        activation = self._meaning(name).activation
        if activation == "sigmoid":
            return _sigmoid(value)
        return _softmax(value) if activation == "softmax" and value.ndim > 1 else value

    def _answer(self, name: str, value: Array) -> Answer:
        numbers = self.probabilities(name, value).ravel()
        if len(numbers) > MOST_NUMBERS:
            raise Failure(
                text("The output “{name}” has {count} numbers, too many to list.", name=name, count=len(numbers))
            )
        labels = self._meaning(name).labels
        return Answer(name, labels if len(labels) == len(numbers) else (), tuple(float(n) for n in numbers))

    def _meaning(self, name: str) -> OutputNote:
        return (self.metadata or Metadata()).outputs.get(name, OutputNote())

    def _input(self, name: str) -> Port:
        if not name:
            return self.inputs[0]
        for port in self.inputs:
            if port.name == name:
                return port
        names = ", ".join(port.name for port in self.inputs)
        raise Failure(text("The model has no input “{name}”; it has: {names}.", name=name, names=names))

    def _treatment(self, port: Port) -> InputNote:
        noted = (self.metadata or Metadata()).inputs.get(port.name)
        if noted:
            return noted
        shape = tuple(size if isinstance(size, int) else 1 for size in port.shape[1:])
        scale = 1 / 255 if len(shape) == 3 else 1.0
        return InputNote(shape, shape, dtype="int64" if "int" in port.dtype else "float32", scale=scale)


def _session(path: Path, threads: int) -> Any:
    import onnxruntime

    onnxruntime.set_default_logger_severity(4)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads leave the cores alone
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # whatever the runtime raises, a person gets a sentence
        raise BadModel(
            text("ONNX Runtime cannot open {path}: {reason}.", path=str(path), reason=_brief(error))
        ) from error


def _port(path: Path, port: Any) -> Port:
    if port.type not in DTYPES:
        raise BadModel(
            text(
                "{path} has “{name}” of type {type}, which is not supported.",
                path=str(path),
                name=port.name,
                type=port.type,
            )
        )
    return Port(port.name, tuple(port.shape), DTYPES[port.type])


def _need_fit(port: Port, value: Array) -> None:
    wanted = [size if isinstance(size, int) else None for size in port.shape]
    fits = len(wanted) == value.ndim and all(
        w is None or w == came for w, came in zip(wanted, value.shape, strict=True)
    )
    if not fits:
        shape = ", ".join(str(size) if size is not None else "?" for size in port.shape)
        raise Failure(
            text(
                "The input “{name}” takes ({wanted}); here comes {came}.",
                name=port.name,
                wanted=shape,
                came=str(tuple(value.shape)),
            )
        )


def _softmax(scores: Array) -> Array:
    """Over the classes, which are axis 1."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Array = powers / powers.sum(axis=1, keepdims=True)
    return result


def _sigmoid(scores: Array) -> Array:
    result: Array = np.exp(-np.logaddexp(0, -scores))
    return result


def _brief(error: Exception) -> str:
    """The first line of what the runtime says, without its code prefix."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].split(" : ")[-1].rstrip(".")[:300]
