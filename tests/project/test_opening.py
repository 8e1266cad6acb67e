"""What cannot be opened is refused by name, with a sentence that says where and what to do."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from engine.graph import Outlet, Place
from engine.layers import Unknown
from engine.project import faults
from engine.project.file import dumps, fingerprint, load, loads
from engine.project.project import Project

ROOT = Path(__file__).parents[2]


def text_of(nodes: dict[str, Any], **more: Any) -> str:
    return json.dumps({"loom": 1, "networks": {"main": {"nodes": nodes}}, **more})


def refusal(content: str) -> faults.BadFile:
    with pytest.raises(faults.BadFile) as caught:
        loads(content, "net.loom")
    assert "net.loom" in str(caught.value)
    return caught.value


def sentences(content: str) -> list[str]:
    fault = refusal(content)
    assert isinstance(fault, faults.WrongContent)
    return [str(sentence) for sentence in fault.faults]


WHOLE = dumps(load(ROOT / "assets" / "starters" / "mnist-cnn.loom"))


@pytest.mark.parametrize("lines", [1, 5, 20, 40])
def test_a_truncated_file_names_the_line_at_which_it_ends(lines: int) -> None:
    fault = refusal("\n".join(WHOLE.split("\n")[:lines]))
    assert isinstance(fault, faults.Truncated)
    assert f"line {lines}," in str(fault)


def test_a_file_cut_in_a_string_is_truncated() -> None:
    assert isinstance(refusal(WHOLE[: WHOLE.index("conv1") + 2]), faults.Truncated)


@pytest.mark.parametrize("content", ["", "  \n "])
def test_an_empty_file_says_so(content: str) -> None:
    assert "is empty" in str(refusal(content))


@pytest.mark.parametrize("content", ["hello", '{"loom": 1,, }', '{"loom" 1}', "{'loom': 1}", WHOLE + "}"])
def test_what_is_not_json_is_refused_with_its_line(content: str) -> None:
    fault = refusal(content)
    assert type(fault) is faults.NotJson
    assert "line" in str(fault)


@pytest.mark.parametrize("content", ["[]", "1", '"loom"', "null", "true"])
def test_json_that_is_no_object_is_refused(content: str) -> None:
    assert "object" in str(refusal(content))


@pytest.mark.parametrize(("version", "word"), [(99, "later version"), (0, "from 1"), ("1", "from 1"), (True, "from 1")])
def test_another_version_is_refused(version: object, word: str) -> None:
    fault = refusal(json.dumps({"loom": version, "networks": {"main": {}}}))
    assert isinstance(fault, faults.OtherVersion)
    assert word in str(fault)


def test_a_file_without_a_version_is_no_project() -> None:
    assert isinstance(refusal('{"networks": {}}'), faults.OtherVersion)


def test_a_duplicate_node_is_named_with_its_line() -> None:
    twice = WHOLE.replace('"relu1": {"type"', '"conv1": {"type"')
    fault = refusal(twice)
    assert isinstance(fault, faults.Duplicated)
    line = twice[: twice.rindex('"conv1": {"type"')].count("\n") + 1
    assert "“conv1”" in str(fault)
    assert f"line {line}:" in str(fault)


def test_a_duplicate_key_written_with_an_escape_is_found() -> None:
    assert "“ab”" in str(refusal('{"loom": 1, "ab": 1,\n "a\\u0062": 2}'))


def test_the_same_name_in_two_places_is_no_duplicate() -> None:
    content = text_of({"a": {"type": "relu", "in": {"value": "b"}}, "b": {"type": "relu", "in": {"value": "a"}}})
    assert set(loads(content).graph.nodes) == {"a", "b"}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e400", "9" * 30, "9" * 5000])
def test_numbers_that_are_not_finite_or_too_large_are_refused_with_their_line(number: str) -> None:
    fault = refusal(f'{{"loom": 1,\n"recipe": {{"epochs": {number}}}}}')
    assert isinstance(fault, faults.NotFinite)
    assert "line 2:" in str(fault)
    assert number[:10] in str(fault)


@pytest.mark.parametrize("depth", [101, 500, 100_000])
def test_excess_depth_is_refused(depth: int) -> None:
    assert isinstance(refusal("[" * depth + "]" * depth), faults.TooDeep)


def test_depth_within_bounds_is_kept() -> None:
    deep: Any = 1
    for _ in range(90):
        deep = [deep]
    project = loads(text_of({"a": {"type": "of_tomorrow", "deep": deep}}))
    assert loads(dumps(project)) == project


def test_excess_size_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.loom"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(faults.TooLarge, match="64 MB"):
        load(path)


def test_what_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.loom"
    path.write_bytes(b'{"loom": 1,\n"label": "\xe4"}')
    with pytest.raises(faults.NotText, match="line 2"):
        load(path)


def test_half_a_character_is_refused() -> None:
    assert isinstance(refusal(text_of({"a": {"type": "relu", "label": "\ud83d"}})), faults.NotText)


def test_a_byte_order_mark_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "windows.loom"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.encode())
    assert load(path) == loads(WHOLE)


@pytest.mark.parametrize(
    ("kind", "word"), [("missing", "not there"), ("folder", "not a file"), ("below", "not there"), ("nul", "cannot")]
)
def test_a_path_without_a_file_is_refused(tmp_path: Path, kind: str, word: str) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    paths = {"missing": tmp_path / "no.loom", "folder": tmp_path, "below": file / "x.loom", "nul": Path("a\0b")}
    with pytest.raises(faults.NotOpened, match=word):
        load(paths[kind])


def test_every_wrong_parameter_of_every_node_is_listed() -> None:
    nodes = {
        "conv1": {"type": "conv2d", "out_channels": -1, "kernel_size": "x", "colour": 3},
        "relu1": {"type": "relu", "slope": 1},
        "lin": {"type": "linear", "out_features": 1.5, "bias": "yes"},
        "sound": {"type": "linear"},
    }
    found = sentences(text_of(nodes))
    assert len(found) == 6
    for node, word in [
        ("conv1", "out_channels"),
        ("conv1", "kernel_size"),
        ("conv1", "colour"),
        ("relu1", "slope"),
        ("lin", "out_features"),
        ("lin", "bias"),
    ]:
        assert any(f"Node {node}:" in sentence and word in sentence for sentence in found)


@pytest.mark.parametrize("name", ["class", "train", "forward", "ﬁ", "a b", "1a", "", "_x", "x" * 65, "self", "a.b"])
def test_hostile_names_are_refused(name: str) -> None:
    (sentence,) = sentences(text_of({name: {"type": "relu"}}))
    assert "name" in sentence or "“" in sentence


@pytest.mark.parametrize("wire", [3, None, {}, "", ".", "a.", ".b", "a.b.c", "a b", ["a", 1], [["a"]]])
def test_a_wire_written_wrongly_is_refused(wire: object) -> None:
    (sentence,) = sentences(text_of({"a": {"type": "relu", "in": {"value": wire}}}))
    assert "Node a: a wire must be" in sentence


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"colour": 1}, "“colour”"),
        ({"data": {"path": "x"}}, "“path”"),
        ({"data": {"source": 1}}, "“source”"),
        ({"data": {"columns": {"x": {"shape": [1.5], "dtype": "float32"}}}}, "“shape”"),
        ({"data": {"columns": {"x": {"shape": [1], "dtype": "float64"}}}}, "“dtype”"),
        ({"data": {"columns": {"x": {"shape": [1], "dtype": "int64", "classes": [1]}}}}, "“classes”"),
        ({"data": {"columns": []}}, "“columns”"),
        ({"recipe": {"epochs": 0}}, "epochs must be"),
        ({"recipe": {"epochs": "3"}}, "epochs takes a whole number"),
        ({"recipe": {"speed": 0}}, "“speed”"),
        ({"recipe": {"device": "tpu"}}, "auto, cpu, cuda"),
        ({"recipe": {"optimizer": {"type": "sgd", "beta1": 0.5}}}, "“optimizer.beta1”"),
        ({"recipe": {"optimizer": {"type": "magic"}}}, "“magic”"),
        ({"recipe": {"optimizer": "sgd"}}, "“optimizer”"),
        ({"recipe": []}, "“recipe”"),
    ],
)
def test_unknown_fields_and_wrong_types_are_named(more: dict[str, Any], word: str) -> None:
    (sentence,) = sentences(text_of({}, **more))
    assert word in sentence


@pytest.mark.parametrize(
    ("networks", "word"),
    [
        ({}, "no network"),
        ([], "“networks”"),
        (None, "missing"),
        ({"main": 3}, "“main”"),
        ({"main": {"wires": []}}, "“wires”"),
        ({"main": {"nodes": []}}, "“nodes”"),
        ({"main": {"nodes": {"a": 1}}}, "Node a"),
        ({"main": {"nodes": {"a": {}}}}, "“type”"),
        ({"main": {"nodes": {"a": {"type": 1}}}}, "“type”"),
        ({"main": {"nodes": {"a": {"type": "relu", "label": 1}}}}, "“label”"),
        ({"main": {"nodes": {"a": {"type": "relu", "in": "b"}}}}, "“in”"),
        ({"main": {"nodes": {"a": {"type": "relu"}}, "layout": {"a": [1]}}}, "layout"),
        ({"main": {"nodes": {"a": {"type": "relu"}}, "layout": {"a": [True, 1]}}}, "layout"),
        ({"class": {"nodes": {}}}, "“class”"),
    ],
)
def test_networks_of_another_form_are_named(networks: object, word: str) -> None:
    (sentence,) = sentences(json.dumps({"loom": 1, "networks": networks}))
    assert word in sentence


def test_many_faults_are_shown_up_to_a_limit_and_all_are_kept() -> None:
    fault = refusal(text_of({f"r{n}": {"type": "relu", "x": n} for n in range(100)}))
    assert isinstance(fault, faults.WrongContent)
    assert len(fault.faults) == 100
    assert "… and 60 more." in str(fault)


def test_an_unknown_layer_is_kept_and_saved_back_unchanged() -> None:
    line = '"a": {"type": "of_tomorrow", "x": [1, 2.0, {"y": null}], "big": 4611686018427387904, "in": {"q": "b.c"}}'
    content = f'{{"loom": 1, "networks": {{"main": {{"nodes": {{{line}}}}}}}}}'
    project = loads(content)
    assert isinstance(project.graph.nodes["a"].layer, Unknown)
    assert line in dumps(project)


def test_a_half_drawn_network_keeps_its_loose_wires() -> None:
    project = loads(text_of({"a": {"type": "relu", "in": {"value": "gone", "surplus": ["a", "a"]}}}))
    gone, itself = Outlet("gone", "output"), Outlet("a", "output")
    assert project.graph.nodes["a"].inputs == {"value": (gone,), "surplus": (itself, itself)}
    assert loads(dumps(project)) == project


def test_layout_of_nodes_that_are_not_there_is_left_out() -> None:
    network = {"nodes": {"a": {"type": "relu"}}, "layout": {"a": [1, 2.5], "b": [0, 0]}}
    project = loads(json.dumps({"loom": 1, "networks": {"main": network}}))
    assert project.graph.places == {"a": Place(1.0, 2.5)}


def test_an_empty_project_is_kept() -> None:
    assert loads(dumps(Project())) == Project()


def test_what_a_file_holds_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "net.loom"
    path.write_text(WHOLE, "utf-8")
    before = fingerprint(path)
    path.touch()
    assert fingerprint(path) == before == hashlib.sha256(WHOLE.encode()).hexdigest()
    path.write_text(WHOLE + " ", "utf-8")
    assert fingerprint(path) != before
    assert fingerprint(tmp_path) == fingerprint(tmp_path / "gone") == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_what_is_no_file_is_neither_waited_for_nor_read_to_its_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        assert fingerprint(path) == ""
        with pytest.raises(faults.NotOpened, match="is not a file"):
            load(path)


def test_a_file_larger_than_any_project_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "net.loom"
    with path.open("wb") as file:
        file.truncate(2**35)
    assert fingerprint(path) and fingerprint(path) == fingerprint(path)
    with pytest.raises(faults.TooLarge):
        load(path)
