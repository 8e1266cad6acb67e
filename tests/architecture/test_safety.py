"""Nothing that a file holds is ever run, and nothing is unpickled."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("engine", "designer") for path in (ROOT / folder).rglob("*.py"))
FORBIDDEN_MODULES = {"pickle", "joblib", "marshal", "shelve", "dill", "cloudpickle", "yaml"}
# The one exec runs what our own printer made of validated names and literals.
MAY_EXECUTE = {ROOT / "engine" / "lower" / "build.py"}


def faults(tree: ast.AST, may_execute: bool) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.split(".")[0] in FORBIDDEN_MODULES]
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in FORBIDDEN_MODULES:
            found.append(str(node.module))
        if isinstance(node, ast.Call):
            found += call_faults(node, may_execute)
    return found


def call_faults(call: ast.Call, may_execute: bool) -> list[str]:
    called = ast.unparse(call.func)
    keywords = {word.arg: ast.unparse(word.value) for word in call.keywords}
    if called in {"eval", "exec"} and not may_execute:
        return [called]
    if called == "torch.load" and keywords.get("weights_only") != "True":
        return [called]
    if called in {"np.load", "numpy.load"} and keywords.get("allow_pickle", "False") != "False":
        return [called]
    if called.endswith("register_custom_ops_library"):
        return [called]
    return []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_foreign_is_run(path: Path) -> None:
    assert faults(ast.parse(path.read_text()), path in MAY_EXECUTE) == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from joblib import load",
        "eval(x)",
        "exec(x)",
        "torch.load(f)",
        "torch.load(f, weights_only=False)",
        "np.load(f, allow_pickle=True)",
    ],
)
def test_the_rule_sees_each_fault(code: str) -> None:
    assert faults(ast.parse(code), may_execute=False)
