"""What is pasted from elsewhere: files and pieces of them, with sentences and fences around."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.project.faults import BadFile
from engine.project.file import dumps
from engine.project.pieces import NoPiece, read_piece
from engine.project.starters import make_starter
from engine.text import Failure

WHOLE = dumps(make_starter("mnist-cnn"))
NETWORK = json.loads(WHOLE)["networks"]["main"]
LINES = [line for line in WHOLE.splitlines() if '"type"' in line]


def test_a_whole_file_is_itself() -> None:
    assert read_piece(WHOLE) == make_starter("mnist-cnn")


@pytest.mark.parametrize(
    "words",
    [
        json.dumps(NETWORK),
        json.dumps(NETWORK["nodes"]),
        f"Try this:\n\n```json\n{json.dumps(NETWORK)}\n```\n\nIt works {{for me}}.",
        f"Look: {json.dumps(NETWORK['nodes'])} is what I have",
        "\n".join(LINES),
        "\n".join(LINES).rstrip().rstrip(","),
        "\ufeff" + json.dumps({"nodes": NETWORK["nodes"]}),
    ],
)
def test_pieces_are_read_whatever_stands_around_them(words: str) -> None:
    assert read_piece(words).graph.nodes == make_starter("mnist-cnn").graph.nodes


def test_some_lines_of_a_file_keep_their_wires() -> None:
    graph = read_piece("\n".join(LINES[1:4])).graph
    assert list(graph.nodes) == [line.split('"')[1] for line in LINES[1:4]]
    assert all(node.inputs for node in graph.nodes.values())


@pytest.mark.parametrize("words", ["", "hello", "{}", "[1, 2]", '{"a": 1}', "```\nprint('x')\n```", "{" * 3000])
def test_other_texts_hold_no_layers(words: str) -> None:
    with pytest.raises(NoPiece):
        read_piece(words)


def test_a_faulty_piece_says_what_is_wrong() -> None:
    with pytest.raises(BadFile, match="out_channels"):
        read_piece('{"conv1": {"type": "conv2d", "out_channels": -3}}')


@given(st.text(max_size=300))
def test_no_text_does_harm(words: str) -> None:
    for text in (words, WHOLE[: len(words) * 7] + words, f"```\n{words}\n```"):
        try:
            read_piece(text)
        except Failure as failure:
            assert str(failure)
