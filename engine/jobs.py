"""What a worker does for each request. Everything heavy is imported when it is first needed."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

from engine.messages import (
    REQUESTS,
    Download,
    Downloaded,
    Evaluate,
    Event,
    Export,
    Failed,
    Look,
    Predict,
    Predicted,
    Progress,
    Ready,
    Samples,
    Stop,
    Train,
    Warm,
)
from engine.text import Failure, Text
from engine.unforeseen import unforeseen

log = logging.getLogger(__name__)

Emit = Callable[[Event], None]
Stopped = Callable[[], bool]


def run_job(request: REQUESTS, emit: Emit, stopped: Stopped) -> None:
    """Does what is asked, and emits the result or Failed. Never raises; tracebacks go to the log alone."""
    try:
        _do(request, emit, stopped)
    except Failure as failure:
        emit(Failed(text=failure.text, node=getattr(failure, "node", "")))
    except Exception as error:
        log.exception("a job failed")
        emit(Failed(text=unforeseen(error)))


def _do(request: REQUESTS, emit: Emit, stopped: Stopped) -> None:
    match request:
        case Warm():
            emit(_warm())
        case Train():
            _train(request, emit, stopped)
        case Look():
            emit(_look(request, emit))
        case Download():
            emit(_download(request, emit, stopped))
        case Evaluate():
            from engine.train.evaluate import evaluate

            emit(evaluate(Path(request.run), request.checkpoint, emit, stopped))
        case Export():
            from engine.exchange.export_run import export_run

            emit(export_run(Path(request.run), Path(request.path), request.checkpoint, emit))
        case Samples():
            from engine.train.run_samples import show_samples

            emit(show_samples(Path(request.run), Path(request.folder), request.first, request.count))
        case Predict():
            emit(_predict(request))
        case Stop():
            pass  # the desk has seen to it


def _warm() -> Ready:
    import torch
    import torchmetrics.classification  # noqa: F401 - the first validation would wait for it

    import engine.train.training
    from engine.train.devices import device_name, use_all_cores

    use_all_cores()
    cuda = torch.cuda.is_available()
    names = [torch.device("cuda", index) for index in range(torch.cuda.device_count())] if cuda else []
    devices = tuple(device_name(device) for device in (*names, torch.device("cpu")))
    return Ready(version=engine.__version__, devices=devices, cuda=cuda)


def _train(request: Train, emit: Emit, stopped: Stopped) -> None:
    from engine.project.file import loads
    from engine.project.project import Project
    from engine.train.training import train

    project = Project() if request.resume else loads(request.project)
    train(
        project,
        Path(request.runs),
        emit,
        stopped,
        name=request.name,
        data=request.data,
        settings=request.settings,
        resume=Path(request.resume) if request.resume else None,
    )


def _look(request: Look, emit: Emit) -> Event:
    from engine.data.look import look

    return look(request.data, Path(request.folder), request.samples, _telling(emit))


def _download(request: Download, emit: Emit, stopped: Stopped) -> Event:
    from engine.data.samples import download

    return Downloaded(data=download(request.data, _telling(emit), stopped))


def _predict(request: Predict) -> Predicted:
    from engine.infer.session import Model

    model = Model(request.model)
    batch = model.prepare(request.input)
    begin = time.perf_counter()
    answers = model.answer(batch)
    return Predicted(input=request.input, answers=answers, milliseconds=1000 * (time.perf_counter() - begin))


def _telling(emit: Emit) -> Callable[[Text, int, int], None]:
    return lambda what, done, total: emit(Progress(what=what, done=done, total=total))
