"""Writes `assets/translations/tensorloom.pot`: every sentence that a person reads, to be translated from.

Run it after a sentence was added or changed: `python packaging/messages.py`. Sentences are the literals given to
`text(…)` and `tr(…)`, and those in TABLES, which are shown by `tr(…)` of a variable.
"""

import ast
import inspect
import string
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from designer.commands import COMMANDS  # noqa: E402
from engine.blocks.library import library  # noqa: E402
from engine.check.report import Severity  # noqa: E402
from engine.cli import group  # noqa: E402
from engine.cli.help import helped  # noqa: E402
from engine.layers import catalogue  # noqa: E402
from engine.layers.base import Family  # noqa: E402
from engine.layers.parameters import parameters_of  # noqa: E402
from engine.project.recipe import Optimizer, Recipe  # noqa: E402
from engine.train.runs import State  # noqa: E402

TEMPLATE = ROOT / "assets" / "translations" / "tensorloom.pot"
HEADER = r"""# The sentences of Tensorloom, in English. Written by packaging/messages.py.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"""


class Use(NamedTuple):
    """A call of `text` or `tr`: where, the message as an expression, and the names of the values given with it."""

    line: int
    message: ast.expr
    values: frozenset[str | None]


def uses(tree: ast.AST) -> Iterator[Use]:
    """Every call of `text(…)` and `tr(…)` in a source, in its order."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if isinstance(call.func, ast.Name) and call.func.id in {"text", "tr"}:
            yield Use(call.lineno, call.args[0], frozenset(word.arg for word in call.keywords))


def places(message: str) -> frozenset[str]:
    """The `{named}` places of a message."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(message) if name is not None)


def tables() -> dict[str, dict[str, str]]:
    """The sentences that are shown by `tr(…)` of a variable: by its last name, each with the file it is in."""
    classes = [*catalogue().values(), *get_args(Optimizer), Recipe]
    parameters = [(parameter, _file(cls)) for cls in classes for parameter in parameters_of(cls)]
    layers = {cls.about.summary: _file(cls) for cls in catalogue().values()}
    layers |= {block.summary: "engine/blocks/library.py" for block in library().values()}
    lifted = {one.help: "engine/blocks/library.py" for block in library().values() for one in block.parameters}
    base, recipe = "engine/layers/base.py", "engine/project/recipe.py"
    for command in COMMANDS:
        group.add_command(command)
    return {
        "family": dict.fromkeys(get_args(Family), base),
        "summary": layers | {inspect.getdoc(cls) or "": recipe for cls in get_args(Optimizer)},
        "help": {p.help: file for p, file in parameters}
        | lifted
        | {part.help or "": "engine/cli" for part in helped(group)},
        "unit": {parameter.unit: file for parameter, file in parameters},
        "severity": dict.fromkeys(get_args(Severity), "engine/check/report.py"),
        "state": dict.fromkeys(get_args(State), "engine/train/runs.py"),
        "checkpoint": dict.fromkeys(("best", "last"), "engine/train/evaluate.py"),
        "part": dict.fromkeys(("training", "validation", "test"), "engine/train/evaluate.py"),
    }


def messages() -> dict[str, list[str]]:
    """Every sentence, with the files it is in."""
    found: dict[str, list[str]] = {}
    for path in sorted(path for part in ("engine", "designer") for path in (ROOT / part).rglob("*.py")):
        for use in uses(ast.parse(path.read_text("utf-8"))):
            if isinstance(use.message, ast.Constant) and isinstance(use.message.value, str):
                found.setdefault(use.message.value, []).append(path.relative_to(ROOT).as_posix())
    for table in tables().values():
        for sentence, file in table.items():
            found.setdefault(sentence, []).append(file)
    return {sentence: sorted(set(files)) for sentence, files in found.items() if sentence}


def template() -> str:
    """The file's text: the same for the same sentences, wherever in their files they are."""
    ordered = sorted(messages().items(), key=lambda item: (item[1], item[0]))
    return HEADER + "".join(_entry(sentence, files) for sentence, files in ordered)


def _entry(sentence: str, files: list[str]) -> str:
    flag = "#, python-brace-format\n" if places(sentence) else ""
    quoted = sentence.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'\n#: {" ".join(files)}\n{flag}msgid "{quoted}"\nmsgstr ""\n'


def _file(cls: type) -> str:
    return cls.__module__.replace(".", "/") + ".py"


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(template(), "utf-8")
    print(TEMPLATE)
