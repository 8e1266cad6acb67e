"""Damages project files in every way that comes to mind, and looks at what becomes of each.

    python tests/project/mutate_files.py --count 20000 --seed 1

Starts from every sample, starter, template and block that comes with the program. Two fifths of the damage is done to
bytes (bits, cuts, insertions), the rest to the JSON (wrong types, huge numbers, depth, exchanged parts, names twice,
circles).
`judge` says what must hold of each.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from engine.check.checker import check  # noqa: E402
from engine.layers import catalogue  # noqa: E402
from engine.lower.printer import print_program  # noqa: E402
from engine.lower.program import lower  # noqa: E402
from engine.project.faults import BadFile  # noqa: E402
from engine.project.file import dumps, loads, open_file  # noqa: E402
from engine.project.upgrades import VERSION  # noqa: E402
from engine.text import Failure, say  # noqa: E402
from tests.project.plain_files import normal  # noqa: E402

MOST_SECONDS = 2.0
LONGEST_SENTENCE = 20_000

ODD_WORDS = [
    "",
    " ",
    "class",
    "forward",
    "self",
    "__init__",
    "ﬁ",
    "ñ",
    "كود",
    "卷积",
    "a.b",
    "a b",
    "\u202e",
    "\x00",
    "é",
    "x" * 300,
]
ODD_VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 3, 2**31, 2**53, 2**63 - 1, -(2**63), 0.5, -0.0, 1e308, 1e-320, 1.0,
    "", "1", "conv2d", "block:x", [], [[]], [0], [1, 2], [3, 3], [None], ["a"], {}, {"": 0}, {"type": "relu"},
    {"in": {}},
]  # fmt: skip
TOKENS = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "NaN",
    "Infinity",
    "-",
    "1e999",
    "9" * 40,
    "\\u0000",
    "\\ud800",
    "\ufeff",
    "\n",
]


def sources() -> list[bytes]:
    """The files that damage is done to: all that come with the program."""
    return [path.read_bytes() for path in sorted((ROOT / "assets").rglob("*.loom"))]


def damaged(source: bytes, chance: random.Random) -> bytes:
    """The file with one to four things wrong with it."""
    if chance.random() < 0.4:
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            source = chance.choice(BYTES)(source, chance) or b"{"
        return source
    content = json.loads(source)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        content = chance.choice(TREES)(content, chance)
    written = json.dumps(content, ensure_ascii=chance.random() < 0.5)
    return (chance.choice(TEXTS)(written, chance) if chance.random() < 0.2 else written).encode(
        "utf-8", "surrogatepass"
    )


def _place(source: bytes, chance: random.Random) -> int:
    return chance.randrange(len(source) + 1)


def _flip(source: bytes, chance: random.Random) -> bytes:
    found = bytearray(source)
    for _ in range(chance.choice((1, 1, 2, 8))):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def _cut(source: bytes, chance: random.Random) -> bytes:
    return source[: _place(source, chance)]


def _drop(source: bytes, chance: random.Random) -> bytes:
    start = _place(source, chance)
    return source[:start] + source[start + chance.choice((1, 1, 3, 30, 300)) :]


def _insert(source: bytes, chance: random.Random) -> bytes:
    start = _place(source, chance)
    added = chance.choice(
        (chance.randbytes(chance.randint(1, 8)), chance.choice(TOKENS).encode("utf-8", "surrogatepass"))
    )
    return source[:start] + added + source[start:]


def _repeat(source: bytes, chance: random.Random) -> bytes:
    start = _place(source, chance)
    piece = source[start : start + chance.choice((1, 20, 200))]
    at = _place(source, chance)
    return source[:at] + piece * chance.choice((1, 1, 2, 50)) + source[at:]


def _zeros(source: bytes, chance: random.Random) -> bytes:
    """What some file systems leave of a file that was being written as the power failed."""
    start, length = _place(source, chance), chance.choice((1, 64, 512))
    return source[:start] + bytes(min(length, len(source) - start)) + source[start + length :]


BYTES: list[Callable[[bytes, random.Random], bytes]] = [_flip, _cut, _drop, _insert, _repeat, _zeros]


def _holders(value: Any) -> list[Any]:
    """Every object and list in a value."""
    found, waiting = [], [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            found.append(one)
            waiting.extend(one.values() if isinstance(one, dict) else one)
    return found


def _slot(content: Any, chance: random.Random) -> tuple[Any, Any]:
    """An object or list with something in it, and one of its keys or places."""
    filled = [holder for holder in _holders(content) if holder]
    if not filled:
        return [content], 0
    holder = chance.choice(filled)
    return holder, chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))


def _wrong_value(content: Any, chance: random.Random) -> Any:
    holder, key = _slot(content, chance)
    holder[key] = json.loads(json.dumps(chance.choice(ODD_VALUES)))
    return content


def _exchange(content: Any, chance: random.Random) -> Any:
    (one, a), (other, b) = _slot(content, chance), _slot(content, chance)
    first, second = json.loads(json.dumps([one[a], other[b]]))
    one[a], other[b] = second, first
    return content


def _take_out(content: Any, chance: random.Random) -> Any:
    holder, key = _slot(content, chance)
    del holder[key]
    return content


def _rename(content: Any, chance: random.Random) -> Any:
    holder, key = _slot(content, chance)
    if isinstance(holder, dict):
        new = chance.choice([*ODD_WORDS, str(key) + "2", str(key).upper()])
        holder[new] = holder.pop(key)
    return content


def _unknown_field(content: Any, chance: random.Random) -> Any:
    holders = [holder for holder in _holders(content) if isinstance(holder, dict)]
    if holders:
        chance.choice(holders)[chance.choice([*ODD_WORDS, "colour", "x", "in", "type", "nodes"])] = chance.choice(
            ODD_VALUES
        )
    return content


def _deepen(content: Any, chance: random.Random) -> Any:
    holder, key = _slot(content, chance)
    for _ in range(chance.choice((3, 40, 98, 150))):
        holder[key] = {"a": holder[key]} if chance.random() < 0.5 else [holder[key]]
    return content


def _version(content: Any, chance: random.Random) -> Any:
    if isinstance(content, dict):
        content["loom"] = chance.choice((VERSION + 1, VERSION + 1, 1, VERSION, 0, -1, 99, "2", 2.0, True, None, 2**62))
    return content


def _drawings(content: Any) -> list[dict[str, Any]]:
    return [
        h["nodes"] for h in _holders(content) if isinstance(h, dict) and isinstance(h.get("nodes"), dict) and h["nodes"]
    ]


def _rewire(content: Any, chance: random.Random) -> Any:
    """A wire from any node to any: circles, nodes fed by themselves, ports that are not there."""
    if drawings := _drawings(content):
        nodes = chance.choice(drawings)
        node = nodes[chance.choice(list(nodes))]
        if isinstance(node, dict):
            wires = node.setdefault("in", {})
            if isinstance(wires, dict):
                port = chance.choice([*wires, "value", "image", "other"])
                source = chance.choice([*nodes, "gone"])
                wires[port] = chance.choice(
                    (source, f"{source}.output", [source] * chance.choice((0, 1, 5)), f"{source}.weights")
                )
    return content


def _retype(content: Any, chance: random.Random) -> Any:
    """Another layer in a node, with the parameters of the old one; blocks in blocks."""
    if drawings := _drawings(content):
        nodes = chance.choice(drawings)
        node = nodes[chance.choice(list(nodes))]
        if isinstance(node, dict):
            there = content.get("blocks") if isinstance(content, dict) else None
            blocks = [f"block:{name}" for name in there] if isinstance(there, dict) else []
            node["type"] = chance.choice([*catalogue(), *blocks * 4, "block:", "block:gone", "of_tomorrow"])
            if chance.random() < 0.5:
                cls = catalogue().get(node["type"])
                names = [parameter.name for parameter in cls.about.parameters] if cls else ["repeat"]
                node[chance.choice([*names, "repeat"])] = chance.choice(ODD_VALUES)
    return content


TREES: list[Callable[[Any, random.Random], Any]] = [
    _wrong_value, _wrong_value, _exchange, _take_out, _rename, _unknown_field, _deepen, _version,
    _rewire, _rewire, _retype, _retype,
]  # fmt: skip


def _twice(written: str, chance: random.Random) -> str:
    """A name twice in one object."""
    places = [index for index, letter in enumerate(written) if letter == "{"]
    at = chance.choice(places) + 1 if places else 0
    members = f'"a": 1, "a": {chance.choice(("1", "{}", "2"))}'
    return f"{written[:at]}{members}{', ' if written[at : at + 1] != '}' else ''}{written[at:]}"


def _odd_number(written: str, chance: random.Random) -> str:
    digits = [index for index, letter in enumerate(written) if letter.isdigit()]
    at = chance.choice(digits) if digits else 0
    return (
        written[:at]
        + chance.choice(("NaN", "-Infinity", "1e999", "9" * 30, "9" * 5000, "0x10", "01", "1_0"))
        + written[at + 1 :]
    )


TEXTS: list[Callable[[str, random.Random], str]] = [_twice, _odd_number]


class Broken(AssertionError):
    """A damaged file that did what none may do."""


def judge(content: bytes, path: Path) -> str:
    """What became of a file: "refused: …", "later", or "opened". Raises Broken where one of these does not hold:

    - it is refused with a sentence (a BadFile), or opened; nothing else is raised;
    - what opens can be checked, and its code printed as far as it goes or refused with a sentence;
    - it saves to a text that opens as the same project and saves as the same text;
    - that text holds the JSON value that the damaged file holds, but for what `plain_files.normal` says;
    - all of it within two seconds of the processor's time, whatever else the machine does.
    """
    path.write_bytes(content)
    start = time.process_time()
    try:
        verdict = _judged(content, path)
    except Broken:
        raise
    except Exception as error:
        raise Broken(f"{type(error).__name__}: {error}") from error
    if (took := time.process_time() - start) > MOST_SECONDS:
        raise Broken(f"took {took:.1f} s")
    return verdict


def _judged(content: bytes, path: Path) -> str:
    try:
        opened = open_file(path)
    except BadFile as fault:
        sentence = say(fault.text)
        if not sentence.strip() or len(sentence) > LONGEST_SENTENCE:
            raise Broken(f"refused with {len(sentence)} characters") from fault
        return f"refused: {type(fault).__name__}"
    project = opened.project
    for graph in project.networks.values():
        report = check(graph, project.data.columns)
        try:
            print_program(lower(graph, report, partial=True))
        except Failure as fault:
            say(fault.text)
    text = dumps(project)
    again = loads(text, path.name)
    if again != project or dumps(again) != text:
        raise Broken("saved, it opens as another project")
    if opened.later:
        list(map(say, opened.left_out))
        return "later"
    before, after = normal(json.loads(content)), normal(json.loads(text))
    if before != after:
        raise Broken(f"saved, it holds another value: {_first_difference(before, after)}")
    return "opened"


def _first_difference(one: Any, other: Any, way: str = "") -> str:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in (*one, *other):
            if key not in one or key not in other:
                return f"{way}/{key} is in one alone"
            if one[key] != other[key]:
                return _first_difference(one[key], other[key], f"{way}/{key}")
    return f"{way}: {str(one)[:200]} and {str(other)[:200]}"


def run(count: int, seed: int, keep: Path | None = None) -> tuple[Counter[str], list[str], float]:
    """Damages so many files: how many became what, what is broken, and the longest time in seconds."""
    found: Counter[str] = Counter()
    broken: list[str] = []
    longest = 0.0
    whole = sources()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "net.loom"
        for number in range(count):
            chance = random.Random(f"{seed}-{number}")
            content = damaged(chance.choice(whole), chance)
            start = time.process_time()
            try:
                found[judge(content, path)] += 1
            except Broken as fault:
                found["BROKEN"] += 1
                broken.append(f"{seed}-{number}: {fault}")
                if keep:
                    (keep / f"{seed}-{number}.loom").write_bytes(content)
            longest = max(longest, time.process_time() - start)
    return found, broken, longest


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="A folder for the files that are broken.")
    asked = parser.parse_args()
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
    found, broken, longest = run(asked.count, asked.seed, asked.keep)
    for verdict, times in found.most_common():
        print(f"{times:7,}  {verdict}")
    print(f"longest {longest:.2f} s")
    for fault in broken[:50]:
        print(fault)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
