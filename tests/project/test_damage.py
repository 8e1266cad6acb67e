"""A thousand damaged project files: each is opened or refused with a sentence, and nothing is lost on the way back.

`python tests/project/mutate_files.py --count 20000` does the same with more of them.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.project.file import dumps, loads
from engine.project.starters import make_starter

from .mutate_files import Broken, judge, run, sources
from .plain_files import normal

COUNT = 1000


def test_damaged_files_are_opened_or_refused_with_a_sentence() -> None:
    found, broken, _ = run(COUNT, seed=0)
    assert broken == []
    assert sum(found.values()) == COUNT
    assert found["opened"] > COUNT // 20  # else the damage is too coarse to say anything about what opens
    assert found["later"] > 0 and found["refused: WrongContent"] > COUNT // 20


@pytest.mark.parametrize("source", sources(), ids=lambda source: str(len(source)))
def test_what_is_whole_opens_and_saves_back(source: bytes, tmp_path: Path) -> None:
    assert judge(source, tmp_path / "net.loom") == "opened"


CONTENT: dict[str, Any] = json.loads(dumps(make_starter("mnist-cnn")))


@pytest.mark.parametrize(
    ("way", "value"),
    [
        (("networks", "main", "nodes", "conv2", "out_channels"), 65),
        (("networks", "main", "nodes", "conv2", "label"), "other"),
        (("networks", "main", "nodes", "conv2", "in"), {"image": "relu1"}),
        (("networks", "main", "layout", "conv2"), [1, 2]),
        (("networks", "main", "notes"), {"note1": {"text": "a", "box": [0, 0, 1, 1]}}),
        (("recipe",), {"epochs": 7}),
        (("data", "source"), "npz:x"),
    ],
)
def test_the_comparison_of_values_sees_what_differs(way: tuple[str, ...], value: Any) -> None:
    other = json.loads(json.dumps(CONTENT))
    holder = other
    for key in way[:-1]:
        holder = holder[key]
    holder[way[-1]] = value
    loads(json.dumps(other))
    assert normal(other) != normal(CONTENT)


def test_what_is_lost_on_the_way_back_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tests.project.mutate_files as judging

    lossy = dumps(make_starter("mlp"))
    monkeypatch.setattr(judging, "dumps", lambda project: lossy)
    with pytest.raises(Broken):
        judging.judge(dumps(make_starter("digits")).encode(), tmp_path / "net.loom")
