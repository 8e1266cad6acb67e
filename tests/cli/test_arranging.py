"""Laying a drawing out from the command line."""

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from engine.graph import Place, edits
from engine.project.file import load, save

from .conftest import Tensorloom

Starter = Callable[[str], Path]


def heap(path: Path) -> None:
    """Puts every card into one place."""
    project = load(path)
    save(project.with_graph(replace(project.graph, places=dict.fromkeys(project.graph.nodes, Place(5, 7)))), path)


def test_a_heap_becomes_a_column(tensorloom: Tensorloom, starter: Starter) -> None:
    path = starter("mnist-cnn")
    heap(path)
    before = load(path)
    assert tensorloom("arrange", path).status == 0
    after = load(path)
    assert after.graph.nodes == before.graph.nodes
    assert len({place.x for place in after.graph.places.values()}) == 1
    assert len({place.y for place in after.graph.places.values()}) == len(after.graph.nodes)


def test_another_file_may_be_written_and_the_first_stays(
    tensorloom: Tensorloom, starter: Starter, tmp_path: Path
) -> None:
    path, other = starter("mlp"), tmp_path / "tidy.loom"
    heap(path)
    before = path.read_bytes()
    assert tensorloom("arrange", path, "-o", other).status == 0
    assert path.read_bytes() == before
    assert load(other).graph.places != load(path).graph.places


def test_another_project_is_written_over_only_by_force(
    tensorloom: Tensorloom, starter: Starter, tmp_path: Path
) -> None:
    path, other = starter("mlp"), tmp_path / "other.loom"
    other.write_bytes(path.read_bytes().replace(b"mlp", b"mine"))
    before = other.read_bytes()
    refused = tensorloom("arrange", path, "-o", other)
    assert refused.status == 1 and "--force" in refused.err
    assert other.read_bytes() == before
    assert tensorloom("arrange", path, "-o", other, "--force").status == 0
    assert load(other).graph.nodes == load(path).graph.nodes
    assert tensorloom("arrange", path, "-o", path).status == 0


def test_only_the_nodes_that_are_named_move(tensorloom: Tensorloom, starter: Starter) -> None:
    path = starter("mlp")
    graph = load(path).graph
    one, two = list(graph.nodes)[1:3]
    save(load(path).with_graph(edits.move(graph, {one: Place(1000, 0), two: Place(-900, 3)})), path)
    before = load(path).graph.places
    assert tensorloom("arrange", path, "--only", one, "--only", two).status == 0
    after = load(path).graph.places
    assert {name for name in after if after[name] != before[name]} == {one, two}
    refused = tensorloom("arrange", path, "--only", "nobody")
    assert refused.status == 1 and "nobody" in refused.err


def test_the_flow_is_that_of_each_drawing_or_the_one_asked_for(tensorloom: Tensorloom, starter: Starter) -> None:
    path = starter("mnist-cnn")
    assert tensorloom("arrange", path, "--flow", "right").status == 0
    right = load(path).graph
    assert right.flow == "right" and len({place.y for place in right.places.values()}) == 1
    heap(path)
    assert tensorloom("arrange", path).status == 0
    assert load(path).graph == right
    assert tensorloom("arrange", path, "--flow", "down").status == 0
    assert '"flow"' not in path.read_text("utf-8") and '"loom": 1' in path.read_text("utf-8")
    assert len({place.x for place in load(path).graph.places.values()}) == 1


def test_a_flow_is_for_whole_drawings(tensorloom: Tensorloom, starter: Starter) -> None:
    path = starter("mlp")
    before = path.read_bytes()
    assert tensorloom("arrange", path, "--flow", "right", "--only", "linear1").status == 2
    assert tensorloom("arrange", path, "--flow", "up").status == 2
    assert path.read_bytes() == before
