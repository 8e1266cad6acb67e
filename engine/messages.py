"""What crosses the process boundary: requests to a worker and events from it, one JSON object a line.

The same events are what `tensorloom train --json` prints. Every request has a job number that its events repeat.
Sentences travel as `Text` (id and values), never as finished strings. Arrays travel as files.
"""

from typing import TypeAlias

import msgspec

from engine.check.report import Column
from engine.text import Text

FRAME_LIMIT = 8 * 1024 * 1024


class Request(msgspec.Struct, frozen=True, tag_field="request", kw_only=True):
    """Asks a worker for something."""

    job: int = 0


class Warm(Request, frozen=True, tag="warm", kw_only=True):
    """Import torch now, so that the next request starts at once."""


class Train(Request, frozen=True, tag="train", kw_only=True):
    """Train the project (its JSON text as saved). `settings` are the pairs of `--set`; `runs` the folder of runs.

    `resume` is a run's folder to go on with. `name` becomes part of the run's folder name.
    """

    project: str
    runs: str
    name: str = "run"
    data: str = ""
    settings: dict[str, str] = {}
    resume: str = ""


class Stop(Request, frozen=True, tag="stop", kw_only=True):
    """End the running job soon, keeping what it has."""


class Look(Request, frozen=True, tag="look", kw_only=True):
    """Look through a data source: parts, counts, classes, sample images (written into `folder`)."""

    data: str
    folder: str
    samples: int = 60


class Download(Request, frozen=True, tag="download", kw_only=True):
    """Fetch a known sample data set (`sample:mnist`) into the user's data folder."""

    data: str


class Evaluate(Request, frozen=True, tag="evaluate", kw_only=True):
    """Measure a run's checkpoint ("best" or "last") on the test part, or the validation part where there is none."""

    run: str
    checkpoint: str = "best"


class Export(Request, frozen=True, tag="export", kw_only=True):
    """Write a run's checkpoint as ONNX and prove it against torch."""

    run: str
    path: str
    checkpoint: str = "best"


class Samples(Request, frozen=True, tag="samples", kw_only=True):
    """Give validation samples of a run by their index, as PNG files in `folder`, for the try panel."""

    run: str
    folder: str
    first: int = 0
    count: int = 24


class Predict(Request, frozen=True, tag="predict", kw_only=True):
    """Run an ONNX file with ONNX Runtime on one image or array file (.png, .jpg, .npy)."""

    model: str
    input: str


REQUESTS: TypeAlias = Warm | Train | Stop | Look | Download | Evaluate | Export | Samples | Predict


class Event(msgspec.Struct, frozen=True, tag_field="event", kw_only=True):
    """Something that happened in a worker."""

    job: int = 0


class Ready(Event, frozen=True, tag="ready", kw_only=True):
    """The worker is up (and has imported torch). `devices` are people's names: "CPU · 2 cores"."""

    version: str
    devices: tuple[str, ...] = ()
    cuda: bool = False


class Began(Event, frozen=True, tag="began", kw_only=True):
    """A training run has its folder and starts. `steps` is the total over all epochs."""

    run: str
    device: str
    epochs: int
    steps: int
    training_samples: int
    validation_samples: int
    parameters: int


class Step(Event, frozen=True, tag="step", kw_only=True):
    """Where training stands, a few times a second. `metrics` are means since the last such event."""

    step: int
    epoch: int
    metrics: dict[str, float]
    samples_per_second: float
    seconds_left: float


class Epoch(Event, frozen=True, tag="epoch", kw_only=True):
    """An epoch (1-based) ended and was validated at this step. `best`: its checkpoint is the best so far."""

    epoch: int
    step: int
    training: dict[str, float]
    validation: dict[str, float]
    best: bool


class Progress(Event, frozen=True, tag="progress", kw_only=True):
    """How far a longer job is. `total` 0: not known."""

    what: Text
    done: int
    total: int


class Note(Event, frozen=True, tag="note", kw_only=True):
    """Something worth knowing: images are scaled, a setting was chosen."""

    text: Text


class Failed(Event, frozen=True, tag="failed", kw_only=True):
    """The job ended without its result. `node` is the layer where it lies, if one is known; `run` a run's folder."""

    text: Text
    node: str = ""
    run: str = ""


class Done(Event, frozen=True, tag="done", kw_only=True):
    """Training ended; `stopped` before its time. `metrics` are the best epoch's, on validation."""

    run: str
    metrics: dict[str, float]
    best_epoch: int = 0
    stopped: bool = False


class Part(msgspec.Struct, frozen=True):
    """A part of a data source ("training", "test"): its samples, and how many of each class."""

    name: str
    count: int
    balance: tuple[int, ...] = ()


class Sample(msgspec.Struct, frozen=True):
    """A sample to show: an image file, its label in words, its index in its part."""

    image: str
    label: str
    index: int


class Looked(Event, frozen=True, tag="looked", kw_only=True):
    """What a data source holds. `columns` are for the checker and the project."""

    data: str
    columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    samples: tuple[Sample, ...]


class Downloaded(Event, frozen=True, tag="downloaded", kw_only=True):
    """A sample data set is there and verified; `data` is the source to open now."""

    data: str


class Evaluated(Event, frozen=True, tag="evaluated", kw_only=True):
    """Metrics of a checkpoint on a part of the data."""

    run: str
    checkpoint: str
    part: str
    samples: int
    metrics: dict[str, float]


class Exported(Event, frozen=True, tag="exported", kw_only=True):
    """An ONNX file is written and proved: largest differences to torch over `samples` samples at each batch size."""

    path: str
    bytes: int
    samples: int
    batches: tuple[int, ...]
    largest_absolute: float
    largest_relative: float


class Sampled(Event, frozen=True, tag="sampled", kw_only=True):
    """Validation samples of a run."""

    run: str
    total: int
    samples: tuple[Sample, ...]


class Answer(msgspec.Struct, frozen=True):
    """One output's answer: probabilities by class, or plain numbers under empty labels."""

    output: str
    labels: tuple[str, ...]
    values: tuple[float, ...]


class Predicted(Event, frozen=True, tag="predicted", kw_only=True):
    """What the model says of one input, and how long it took."""

    input: str
    answers: tuple[Answer, ...]
    milliseconds: float


EVENTS: TypeAlias = (
    Ready
    | Began
    | Step
    | Epoch
    | Progress
    | Note
    | Failed
    | Done
    | Looked
    | Downloaded
    | Evaluated
    | Exported
    | Sampled
    | Predicted
)

_encoder = msgspec.json.Encoder()
_requests: msgspec.json.Decoder[REQUESTS] = msgspec.json.Decoder(REQUESTS)
_events: msgspec.json.Decoder[EVENTS] = msgspec.json.Decoder(EVENTS)


def frame(message: Request | Event) -> bytes:
    """A message as one line. Raises ValueError where it is over the limit: arrays travel as files."""
    line = _encoder.encode(message) + b"\n"
    if len(line) > FRAME_LIMIT:
        raise ValueError(f"a message of {len(line)} bytes")
    return line


def read_request(line: bytes) -> REQUESTS:
    """A request from a line. Raises msgspec.DecodeError (ValidationError among them) for anything else."""
    return _requests.decode(line)


def read_event(line: bytes) -> EVENTS:
    """An event from a line. Raises msgspec.DecodeError (ValidationError among them) for anything else."""
    return _events.decode(line)
