import itertools
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.evidence.counts.rules import Shown, shown

COUNTS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 40), min_size=1)
BELOW = st.integers(1, 20)
HIDDEN = Shown(hidden=True)


@given(COUNTS, BELOW)
def test_no_small_count_is_shown(counts, below):
    for key, count in shown(counts, below=below).items():
        assert count in (HIDDEN, Shown(counts[key]))
        assert count == HIDDEN or counts[key] == 0 or counts[key] >= max(below, 3)


@given(COUNTS, BELOW)
def test_what_is_hidden_cannot_be_subtracted_out(counts, below):
    """Whoever knows the total knows the sum of the hidden: it is of several, and large enough."""
    found = shown(counts, below=below)
    hidden = [counts[key] for key, count in found.items() if count.hidden]
    some = [count for count in counts.values() if count]

    assert not hidden or len(hidden) in {len(some), len(counts)} or (
        len(hidden) > 1 and sum(hidden) >= max(below, 3)
    )  # fmt: skip


@pytest.mark.parametrize("below", [3, 4, 5])
@pytest.mark.parametrize(("answers", "most"), [(2, 16), (3, 15), (4, 12), (5, 8)])
def test_no_hidden_count_can_be_worked_out_by_who_knows_the_total_and_the_rule(
    answers, most, below
):
    """Of all counts that would read the same, each hidden one has at least two values."""
    alike = defaultdict(list)
    for counts in itertools.product(range(most + 1), repeat=answers):
        if below <= sum(counts) <= most:
            read = shown(dict(enumerate(counts)), below=below)
            alike[sum(counts), tuple(read.values())].append(counts)

    for (_, read), possible in alike.items():
        for place, count in enumerate(read):
            assert not count.hidden or len({counts[place] for counts in possible}) > 1


@given(st.permutations("abcdefg"), st.lists(st.integers(0, 9), min_size=7, max_size=7), BELOW)
def test_equal_counts_are_hidden_or_shown_alike(keys, numbers, below):
    found = shown(dict(zip(keys, numbers, strict=True)), below=below)

    for one, other in itertools.combinations(keys, 2):
        if numbers[keys.index(one)] == numbers[keys.index(other)]:
            assert found[one] == found[other]


@given(COUNTS, BELOW)
def test_nothing_is_hidden_without_need(counts, below):
    found = shown(counts, below=below)

    if all(count == 0 or count >= max(below, 3) for count in counts.values()):
        assert found == {key: Shown(count) for key, count in counts.items()}


def test_the_smallest_goes_along_with_a_lone_small_count():
    found = shown({"agree": 20, "disagree": 6, "cannot say": 2, "no answer": 0}, below=5)

    assert found == {
        "agree": Shown(20),
        "disagree": HIDDEN,
        "cannot say": HIDDEN,
        "no answer": Shown(0),
    }


def test_each_answer_given_once_shows_no_nought_either():
    assert set(shown({"a": 1, "b": 1, "c": 1, "d": 0}, below=3).values()) == {HIDDEN}


def test_a_trust_cannot_set_it_so_low_that_one_person_shows():
    assert shown({"yes": 2, "no": 9, "other": 8}, below=1)["yes"].hidden
