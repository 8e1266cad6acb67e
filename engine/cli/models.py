"""Commands about trained models: export, predict; and the worker that the window starts."""

from pathlib import Path
from time import perf_counter

import click

from engine.cli.printing import as_json, complain, print_json, print_table
from engine.cli.progress import TrainingProgress
from engine.messages import Answer, Predicted
from engine.text import say, tr

FILE = click.Path(path_type=Path)
BEST = 5


@click.command()
@click.argument("run", type=FILE)
@click.option("-o", "--output", type=FILE, required=True, help="The .onnx file to write.")
@click.option("--checkpoint", type=click.Choice(["best", "last"]), default="best", show_default=True)
@as_json
def export(run: Path, output: Path, checkpoint: str, json: bool) -> None:
    """Write a run's network as ONNX, proved against torch on all validation samples."""
    from engine.exchange.export_run import export_run

    with TrainingProgress(json) as emit:
        proof = export_run(run, output, checkpoint, emit)
    if json:
        print_json(proof)
        return
    complain(
        tr(
            "Wrote {path} ({bytes} bytes). Proved on {samples} samples at batches of {batches}.",
            path=proof.path,
            bytes=proof.bytes,
            samples=proof.samples,
            batches=", ".join(map(str, proof.batches)),
        )
    )
    print_table(
        (tr("largest difference to torch"), ""),
        [(tr("absolute"), f"{proof.largest_absolute:.2e}"), (tr("relative"), f"{proof.largest_relative:.2e}")],
        frozenset({1}),
    )


@click.command()
@click.argument("model", type=FILE)
@click.argument("inputs", nargs=-1, required=True, type=FILE)
@as_json
def predict(model: Path, inputs: tuple[Path, ...], json: bool) -> None:
    """Ask an ONNX file about images or arrays (.png, .jpg, .npy) with ONNX Runtime."""
    from engine.infer.session import Model

    opened = Model(model)
    if opened.note:
        complain(say(opened.note))
    for path in inputs:
        start = perf_counter()
        answers = opened.answer(opened.prepare(path))
        milliseconds = (perf_counter() - start) * 1000
        if json:
            print_json(Predicted(input=str(path), answers=answers, milliseconds=milliseconds))
        else:
            print_table((tr("input"), tr("output"), tr("label"), tr("value")), _best(path, answers), frozenset({3}))


def _best(path: Path, answers: tuple[Answer, ...]) -> list[tuple[str, ...]]:
    """The likeliest classes of each output; numbers without classes as they are."""
    rows: list[tuple[str, ...]] = []
    for answer in answers:
        named = zip(answer.labels or map(str, range(len(answer.values))), answer.values, strict=True)
        found = sorted(named, key=lambda pair: -pair[1])[:BEST] if answer.labels else list(named)
        rows += [(str(path), answer.output, label, f"{value:.4f}") for label, value in found]
    return rows


@click.command()
def worker() -> None:
    """Serve requests on stdin, as the window's child process or over `ssh -T`."""
    from engine.worker import main

    main()


COMMANDS = (export, predict, worker)
