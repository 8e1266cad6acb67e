"""Checking after an edit gives what checking from nothing gives."""

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.check.checker import Checker, check
from engine.check.known import key
from tests.check.drawings import broken, chains, columns, edited


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_sequence_of_edits_gives_the_report_of_a_fresh_check(data):
    checker = Checker()
    graph = data.draw(st.one_of(broken(), chains()))
    seen = [graph]
    for _ in range(data.draw(st.integers(1, 8))):
        known = data.draw(columns)
        assert checker.update(graph, known) == check(graph, known)
        graph = data.draw(st.sampled_from(seen)) if data.draw(st.booleans()) else edited(data.draw, graph)
        seen.append(graph)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_fork_goes_its_own_way(data):
    one, graph = Checker(), data.draw(st.one_of(broken(), chains()))
    one.update(graph)
    assert one.knows(graph)
    other, last = one.fork(), graph
    assert other.knows(graph)
    for _ in range(data.draw(st.integers(1, 4))):
        last = edited(data.draw, last)
        assert other.update(last) == check(last)
    elsewhere = edited(data.draw, graph)
    assert one.update(elsewhere) == check(elsewhere)
    assert other.update(last) == check(last)


@settings(max_examples=150, deadline=None)
@given(broken(), columns)
def test_no_problem_is_told_twice(graph, known):
    problems = check(graph, known).problems
    assert len({key(problem) for problem in problems}) == len(problems)


@settings(max_examples=150, deadline=None)
@given(broken(), columns)
def test_no_layer_meets_what_it_did_not_foresee(graph, known):
    assert not [str(p.text) for p in check(graph, known).problems if "not foreseen" in str(p.text)]
