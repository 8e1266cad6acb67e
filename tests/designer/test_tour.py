"""The tour does the whole job in the real window, by input events alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import onnx
import pytest

from tests.designer.shown import imports_and_attributes

ROOT = Path(__file__).parents[2]
TOUR = sorted((ROOT / "designer" / "tour").glob("*.py"))
FORBIDDEN_MODULES = ("designer.document", "designer.canvas.commands", "engine.graph.edits", "engine.check.fixes")
FORBIDDEN_NAMES = {"document", "graph", "undo_stack", "edit", "apply_fix", "with_graph", "trigger"}
STAGES = "welcome layers problem network code data recipe training trained export sample drawn".split()


@pytest.mark.screen
@pytest.mark.trains
@pytest.mark.timeout(600)
def test_the_whole_job_in_the_window(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "designer.main", "tour", "-o", str(tmp_path)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == 0, done.stderr
    pictures = {path.name for path in tmp_path.glob("*.png")}
    assert pictures == {
        f"{number:02}-{stage}-{look}.png" for number, stage in enumerate(STAGES, 1) for look in ("dark", "light")
    }
    drawn = json.loads((tmp_path / "cnn1.loom").read_text())["networks"]["main"]["nodes"]
    assert len(drawn) == 14
    assert textbook(drawn) == [(32, 3), (64, 3), (64, 3)]
    assert [run["state"] for run in runs(tmp_path)] == ["done"]
    onnx.checker.check_model(onnx.load(tmp_path / "cnn1.onnx"))


def textbook(nodes: dict[str, dict[str, object]]) -> list[tuple[object, object]]:
    """Filters and kernel of each convolution; PyTorch's and our defaults are 32 and 3."""
    found = [node for node in nodes.values() if node["type"] == "conv2d"]
    return [(node.get("out_channels", 32), (node.get("kernel_size", [3, 3]))[0]) for node in found]  # type: ignore[index]


def runs(folder: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_text()) for path in folder.glob("*.runs/*/run.json")]


@pytest.mark.parametrize("path", TOUR, ids=lambda path: path.name)
def test_the_tour_touches_no_document_graph_or_edits(path: Path) -> None:
    imported, attributes = imports_and_attributes(path)
    assert not [name for name in imported if name.startswith(FORBIDDEN_MODULES)]
    assert not attributes & FORBIDDEN_NAMES
