"""Sections of the document of benchmarks."""

from tests.benchmarks.report import table, write_section


def test_a_section_is_replaced_in_place_and_others_stay(tmp_path):
    document = tmp_path / "docs" / "benchmarks.md"
    write_section("First", "one", document)
    write_section("Second", "two\n\n| a |\n| --- |", document)
    before = document.read_text()
    write_section("First", "changed", document)
    assert document.read_text() == before.replace("one", "changed")
    assert before.startswith("# Benchmarks\n")
    assert before.index("## First\n\none") < before.index("## Second\n\ntwo")


def test_a_table_is_markdown():
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
