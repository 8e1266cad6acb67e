"""Commands about the drawing: the catalogue, the check, the source."""

from collections.abc import Iterable
from pathlib import Path

import click

from engine.check.report import Report
from engine.cli.printing import as_json, complain, print_json, print_table
from engine.files import write_whole, writing
from engine.graph import Graph, Spec, shape_text
from engine.layers import About, Layer, catalogue, layer_type
from engine.project import SUFFIX
from engine.project.file import Opened, load, open_file
from engine.text import Failure, say, text, tr

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("words", nargs=-1)
@as_json
def layers(words: tuple[str, ...], json: bool) -> None:
    """List the layers of the catalogue, or those that WORDS find."""
    wanted = " ".join(words).casefold()
    found = [
        cls.about
        for cls in catalogue().values()
        if any(wanted in word.casefold() for word in (cls.about.id, cls.about.title, *cls.about.also))
    ]
    if json:
        print_json([described(about) for about in found])
    else:
        rows = [(a.id, tr(a.family), tr(a.summary)) for a in found]
        none = tr("No layer is called “{words}”.", words=" ".join(words)[:80])
        print_table((tr("layer"), tr("family"), tr("what it does")), rows, none=none)


@click.command()
@click.argument("file", type=FILE)
@as_json
def check(file: Path, json: bool) -> int:
    """Say whether a network fits together: problems, the spec on every wire, parameters, FLOPs."""
    from engine.check.checker import check as checked
    from engine.check.summary import to_json

    opened = open_file(file)
    project = opened.project
    report = checked(project.graph, project.data.columns)
    if opened.later:
        _tell_later(file, opened)
    if json:
        print_json(to_json(report, project.graph))
        return 0 if report.ok else 1
    _print_specs(project.graph, report)
    for problem in report.problems:
        complain(f"{tr(problem.severity)}: {say(problem.text)}")
        for fix in problem.fixes:
            complain(tr("  fix: {fix}", fix=fix.title))
    return 0 if report.ok else 1


@click.command()
@click.argument("file", type=FILE)
@click.argument("query", nargs=-1, required=True)
@as_json
def find(file: Path, query: tuple[str, ...], json: bool) -> None:
    """List the nodes, those in blocks too, for which QUERY holds: words, 64, out_channels=64, 64x56x56 (* is any)."""
    from engine.blocks.finding import find_deep
    from engine.check.checker import check as checked

    project = load(file)
    report = checked(project.graph, project.data.columns)
    found = find_deep(project.graph, report, " ".join(query))
    if json:
        return print_json([one.name for one in found])
    rows = [(one.name, layer_type(one.node.layer), _shapes_of(one.specs)) for one in found]
    none = tr("Nothing in {file} is “{query}”.", file=file.name, query=" ".join(query)[:80])
    return print_table((tr("node"), tr("layer"), tr("output")), rows, none=none)


@click.command()
@click.argument("file", type=FILE)
@click.option("-o", "--output", type=FILE, help="The Python file to write; stdout where it is left out.")
def code(file: Path, output: Path | None) -> None:
    """Print the network as the PyTorch source that is trained."""
    from engine.check.checker import check as checked
    from engine.lower.printer import print_program
    from engine.lower.program import lower

    if output is not None and output.suffix == SUFFIX:
        raise Failure(text("{path} is the name of a project; name a Python file, such as model.py.", path=str(output)))
    project = load(file)
    source = print_program(lower(project.graph, checked(project.graph)))
    if output is None:
        click.echo(source.text, nl=False)
        return
    with writing(output):
        write_whole(output, source.text.encode())
    complain(tr("Wrote {path}.", path=str(output)))


def _tell_later(file: Path, opened: Opened) -> None:
    """What was not understood of a file of a later version."""
    sentence = tr(
        "{file} was written by a later version of Tensorloom (format {version}); what is understood of it is checked.",
        file=file.name,
        version=opened.version,
    )
    complain(f"{tr('note')}: {sentence}")
    for one in opened.left_out:
        complain(tr("  left out: {what}", what=say(one)))


def described(about: About) -> dict[str, object]:
    """A layer for machines: its ports, parameters and words."""
    return {
        "id": about.id,
        "title": about.title,
        "family": about.family,
        "summary": about.summary,
        "inputs": [port._asdict() for port in about.inputs],
        "outputs": about.outputs,
        "parameters": [
            {name: value for name, value in p._asdict().items() if name not in ("range", "length")}
            for p in about.parameters
        ],
    }


def _print_specs(graph: Graph[Layer], report: Report) -> None:
    """The spec on every wire and what each node costs."""
    rows: list[tuple[str, ...]] = []
    for name in graph.nodes:
        cost = report.costs.get(name)
        numbers = (f"{cost.parameters:,}", f"{cost.flops:,}") if cost else ("", "")
        rows.append((name, layer_type(graph.nodes[name].layer), _shapes(report, name), *numbers))
    total = report.total
    rows.append((tr("total"), "", "", f"{total.parameters:,}", f"{total.flops:,}"))
    heads = (tr("node"), tr("layer"), tr("output"), tr("parameters"), tr("FLOPs"))
    print_table(heads, rows, right=frozenset({3, 4}))


def _shapes(report: Report, name: str) -> str:
    return _shapes_of(report.specs.get(name, ()))


def _shapes_of(specs: Iterable[Spec]) -> str:
    return ", ".join(shape_text(spec.shape) for spec in specs)


COMMANDS = (layers, check, find, code)
