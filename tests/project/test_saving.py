"""Saving leaves the old file whole or the new one, and a text whose differences are legible."""

import difflib
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.graph import Annotations, Box, Graph, Node, Note, Outlet, Place
from engine.graph.edits import add, connect, set_layer
from engine.graph.graph import Inlet
from engine.layers import make_layer
from engine.project.faults import NotSaved
from engine.project.file import dumps, load, loads, save
from engine.project.project import Project
from engine.project.recipe import Recipe
from engine.project.starters import make_starter
from engine.project.syntax import LARGEST


def changed_lines(before: Project, after: Project) -> list[str]:
    lines = difflib.ndiff(dumps(before).splitlines(), dumps(after).splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_a_saved_project_opens_equal(tmp_path: Path) -> None:
    project = make_starter("mnist-cnn")
    save(project, tmp_path / "net.loom")
    assert load(tmp_path / "net.loom") == project
    assert [path.name for path in tmp_path.iterdir()] == ["net.loom"]


def test_the_text_is_the_same_for_equal_projects() -> None:
    text = dumps(make_starter("digits"))
    assert dumps(loads(text)) == text


def test_a_changed_parameter_is_one_changed_line() -> None:
    project = make_starter("mnist-cnn")
    layer = make_layer("conv2d", {"out_channels": 48})
    assert len(changed_lines(project, project.with_graph(set_layer(project.graph, "conv1", layer)))) == 2


def test_a_moved_node_changes_no_line_of_meaning() -> None:
    project = make_starter("mnist-cnn")
    moved = Graph(project.graph.nodes, {**project.graph.places, "conv1": Place(24, 96)})
    assert changed_lines(project, project.with_graph(moved)) == [
        '-         "conv1": [0, 96],',
        '+         "conv1": [24, 96],',
    ]


def test_defaults_are_left_out() -> None:
    assert '"relu1": {"type": "relu", "in": {"value": "conv1"}}' in dumps(make_starter("mnist-cnn"))
    assert "recipe" not in dumps(Project())


def test_a_port_that_takes_several_is_written_as_a_list() -> None:
    graph = add(add(Graph(), "a", make_layer("relu", {})), "both", make_layer("concat", {}))
    graph = connect(graph, Outlet("a", "output"), Inlet("both", "parts"))
    assert '"in": {"parts": ["a"]}' in dumps(Project().with_graph(graph))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot flush a folder")
def test_the_content_is_on_the_disk_before_it_takes_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    flush, rename = os.fsync, Path.replace

    def flushed(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        flush(handle)

    def renamed(self: Path, target: Path) -> Path:
        done.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", renamed)
    save(Project(), tmp_path / "net.loom")
    assert done == ["file", "rename", "folder"]


def test_permissions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "net.loom"
    save(Project(), path)
    path.chmod(0o640)
    save(make_starter("mlp"), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link.loom").symlink_to(tmp_path / "there" / "net.loom")
    save(Project(), tmp_path / "link.loom")
    assert (tmp_path / "link.loom").is_symlink()
    assert load(tmp_path / "there" / "net.loom") == Project()


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match=r"the folder .*gone is not there"):
        save(Project(), tmp_path / "gone" / "net.loom")


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "net.loom").mkdir()
    with pytest.raises(NotSaved, match="folder"):
        save(Project(), tmp_path / "net.loom")
    assert [path.name for path in tmp_path.iterdir()] == ["net.loom"]


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_is_refused(tmp_path: Path, number: float) -> None:
    save(Project(), tmp_path / "net.loom")
    broken = Project().with_graph(Graph({"a": Node(make_layer("relu", {}))}, {"a": Place(number, 0)}))
    with pytest.raises(NotSaved, match="not finite"):
        save(broken, tmp_path / "net.loom")
    with pytest.raises(NotSaved, match="not finite"):
        save(replace(Project(), recipe=Recipe(validation=number)), tmp_path / "net.loom")
    assert load(tmp_path / "net.loom") == Project()


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    broken = Project().with_graph(Graph({"a": Node(make_layer("relu", {}), label="\ud83d")}))
    with pytest.raises(NotSaved, match="half a character"):
        save(broken, tmp_path / "net.loom")


def _no_room() -> None:
    import resource  # not there on Windows

    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def _no_rights() -> None:
    os.setegid(65534)
    os.seteuid(65534)


@pytest.mark.skipif(sys.platform == "win32", reason="limits and rights are set the POSIX way")
@pytest.mark.parametrize(
    ("limit", "mode", "word"),
    [(_no_room, 0o644, "no room left"), (_no_rights, 0o644, "no right"), (_no_rights, 0o666, "no right")],
    ids=["full disk", "file of another", "folder of another"],
)
def test_where_the_disk_refuses_the_old_file_is_whole(
    tmp_path: Path, limit: Callable[[], None], mode: int, word: str
) -> None:
    if limit is _no_rights and os.geteuid() != 0:
        pytest.skip("only root can take another user's place")
    path = tmp_path / "net.loom"
    save(make_starter("mlp"), path)
    before = path.read_bytes()
    path.chmod(mode)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    answer = _in_child(lambda: save(make_starter("mnist-cnn"), path), limit)
    assert word in answer
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["net.loom"]


def _in_child(action: Callable[[], None], limit: Callable[[], None]) -> str:
    """What an action says that is run in a copy of this process under a limit."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            limit()
            action()
            os.write(writing, b"saved")
        except NotSaved as fault:
            os.write(writing, str(fault).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as answer:
        return answer.read()


def test_a_process_killed_while_saving_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "net.loom"
    save(Project(), path)
    script = (
        "import sys\n"
        "from engine.project.file import save\n"
        "from engine.project.starters import make_starter\n"
        "project = make_starter('mnist-cnn')\n"
        "print('ready', flush=True)\n"
        "while True: save(project, sys.argv[1])\n"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=root, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        for _ in range(20):
            assert load(path) in (Project(), make_starter("mnist-cnn"))
        child.kill()
    assert load(path) in (Project(), make_starter("mnist-cnn"))


def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes")
    pipe = tmp_path / "net.loom"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/full")):
        with pytest.raises(NotSaved, match="is no file"):
            save(Project(), path)
    assert pipe.is_fifo() and Path("/dev/full").is_char_device()


def test_what_could_not_be_opened_again_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "net.loom"
    save(Project(), path)
    note = Note("word " * (LARGEST // 5), Box(0, 0, 9, 9))
    with pytest.raises(NotSaved, match="cannot be opened again"):
        save(Project().with_graph(Graph(annotations=Annotations(notes={"note1": note}))), path)
    assert load(path) == Project()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_to_itself_is_said(tmp_path: Path) -> None:
    path = tmp_path / "net.loom"
    path.symlink_to(path)
    with pytest.raises(NotSaved, match="is not saved"):
        save(Project(), path)
