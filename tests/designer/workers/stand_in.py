"""A tiny worker that speaks the protocol: what the window does with events is tried without training a network."""

import sys
import time

from engine.messages import (
    Began,
    Done,
    Download,
    Failed,
    Looked,
    Note,
    Predict,
    Progress,
    Ready,
    Step,
    Stop,
    Train,
    Warm,
    frame,
    read_request,
)
from engine.text import text


def tell(*events):
    sys.stdout.buffer.write(b"".join(frame(event) for event in events))
    sys.stdout.buffer.flush()


def step(job, number):
    return Step(job=job, step=number, epoch=1, metrics={"loss": 1 / number}, samples_per_second=10.0, seconds_left=1.0)


def began(request):
    return Began(
        job=request.job,
        run=f"{request.runs}/2026-11-21-run",
        device="CPU",
        epochs=1,
        steps=100,
        training_samples=90,
        validation_samples=10,
        parameters=5,
    )


def serve(request):
    match request:
        case Warm():
            tell(Ready(job=request.job, version="0", devices=("CPU · 2 cores",)))
        case Train(name="quick"):
            tell(began(request), step(request.job, 1), Done(job=request.job, run=request.runs, metrics={"loss": 0.5}))
        case Train(name="flood"):
            tell(began(request), *(step(request.job, n) for n in range(1, 20_001)))
            tell(Done(job=request.job, run=request.runs, metrics={}))
        case Train(name="noise"):
            print("this is no message", flush=True)
            print("a line for the log", file=sys.stderr, flush=True)
            tell(Note(job=request.job, text=text("still here")), Done(job=request.job, run="", metrics={}))
        case Train(name="deaf"):
            tell(began(request))
            time.sleep(60)
        case Train():
            tell(began(request), step(request.job, 1))
        case Stop() if request.job in downloads:
            tell(Failed(job=request.job, text=text("The download was stopped.")))
        case Stop():
            tell(Done(job=request.job, run="", metrics={}, stopped=True))
        case Predict(input="huge"):
            sys.stdout.buffer.write(b"x" * (9 * 1024 * 1024))
            sys.stdout.buffer.flush()
        case Download():
            downloads.add(request.job)
            tell(Progress(job=request.job, what=text("Downloading MNIST"), done=3, total=12))
        case _:
            tell(Looked(job=request.job, data="x", columns=(), parts=(), samples=()))


downloads = set()
for line in sys.stdin.buffer:
    serve(read_request(line))
print("input ended", file=sys.stderr, flush=True)
