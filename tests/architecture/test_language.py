"""Two languages from the first day: every sentence is a literal that can be found, and is in the file to translate."""

import ast
import builtins
import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import engine.text
from engine.text import say, speak, text, tr

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("engine", "designer") for path in (ROOT / folder).rglob("*.py"))
MESSAGES = runpy.run_path(str(ROOT / "packaging" / "messages.py"))
TABLES = MESSAGES["tables"]()
# Errors of programming, which no person meets: ours to mend, and shown as "something went wrong inside".
OURS = {
    "ValueError",
    "TypeError",
    "KeyError",
    "IndexError",
    "AssertionError",
    "NotImplementedError",
    "ModuleNotFoundError",
}


def faults(source: str) -> list[str]:
    """The calls of `text` and `tr` whose message is not written there, or whose values are not those it names."""
    found = []
    for use in MESSAGES["uses"](ast.parse(source)):
        message = use.message
        if isinstance(message, ast.Constant) and isinstance(message.value, str):
            differ = None not in use.values and MESSAGES["places"](message.value) != use.values
            found += [f"line {use.line}: {message.value!r} takes other values"] if differ else []
        elif last_name(message) not in TABLES:
            found.append(f"line {use.line}: {ast.unparse(message)} is no literal")
    return found


def last_name(expression: ast.expr) -> str:
    return ast.unparse(expression).rpartition(".")[2]


@pytest.mark.parametrize("path", [p for p in SOURCES if p.name != "text.py"], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_message_is_a_literal_with_its_values(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    ['text(f"{a} is missing")', "tr(words)", 'tr("a" + b)', 'text("{node} is missing")', 'tr("none", node=name)'],
)
def test_the_rule_sees_each_fault(source: str) -> None:
    assert faults(source)


def is_words(expression: ast.expr) -> bool:
    return isinstance(expression, ast.JoinedStr) or isinstance(getattr(expression, "value", None), str)


def raised(source: str) -> Iterator[str]:
    """The built-in exceptions that are raised with words; those of the system begin with its number."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            name = ast.unparse(node.exc.func)
            if hasattr(builtins, name) and name not in OURS and is_words(node.exc.args[0]):
                yield ast.unparse(node)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_raised_for_people_is_a_failure(path: Path) -> None:
    assert list(raised(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("source", ["raise OSError('the disk is full')", "raise RuntimeError(f'no {name}') from error"])
def test_the_rule_sees_a_plain_exception(source: str) -> None:
    assert list(raised(source))


def test_what_is_to_translate_is_up_to_date() -> None:
    written = MESSAGES["TEMPLATE"].read_text("utf-8")
    assert written == MESSAGES["template"](), "A sentence has changed: run `python packaging/messages.py`."


@pytest.mark.parametrize("table", sorted(TABLES))
def test_sentences_shown_by_a_variable_are_to_translate(table: str) -> None:
    wanted = {sentence for sentence in TABLES[table] if sentence}
    assert wanted and wanted <= MESSAGES["messages"]().keys()


def test_sentences_do_not_shout() -> None:
    assert [sentence for sentence in MESSAGES["messages"]() if "!" in sentence] == []


@pytest.fixture
def translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, str]], None]]:
    """Speaks a language whose catalogue holds these sentences, as translators deliver it."""

    def speak_it(sentences: dict[str, str]) -> None:
        folder = tmp_path / "zh_CN" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "tensorloom.mo").write_bytes(compiled(sentences))
        monkeypatch.setattr(engine.text, "TRANSLATIONS", tmp_path)
        speak("zh_CN")

    yield speak_it
    speak("en")


def compiled(sentences: dict[str, str]) -> bytes:
    """A catalogue in the form that gettext reads: a head, two tables of (length, place), and the words."""
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **sentences}.items())
    words = [word.encode() for pair in zip(*pairs, strict=True) for word in pair]
    start, count = 28 + 8 * len(words), len(pairs)
    places, table = start, b""
    for word in words:
        table += len(word).to_bytes(4, "little") + places.to_bytes(4, "little")
        places += len(word) + 1
    head = (0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return b"".join(n.to_bytes(4, "little") for n in head) + table + b"".join(word + b"\0" for word in words)


def test_a_translated_sentence_is_spoken(translated: Callable[[dict[str, str]], None]) -> None:
    translated({"Add {layer} after {node}": "在 {node} 之后添加 {layer}", "height": "高度"})
    assert tr("Add {layer} after {node}", layer="relu", node="conv1") == "在 conv1 之后添加 relu"
    assert say(text("Add {layer} after {node}", layer=text("height"), node="a")) == "在 a 之后添加 高度"


def test_a_sentence_without_translation_is_english(translated: Callable[[dict[str, str]], None]) -> None:
    translated({"height": "高度"})
    assert tr("width") == "width"
    assert tr("") == ""


def test_the_help_of_the_command_line_is_translated() -> None:
    code = (
        "from engine.text import speak; speak(lambda s: '⟦' + s + '⟧')\n"
        "import sys; from designer.main import main; sys.exit(main(['train', '--help']))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "⟦Train the network of FILE, or go on with a run.⟧" in done.stdout
    assert "⟦What computes.⟧" in done.stdout
