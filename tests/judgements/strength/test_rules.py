import datetime as dt
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trigpoint.instruments.models import ActivityKind
from trigpoint.judgements.models import Strength
from trigpoint.judgements.strength import rules
from trigpoint.judgements.strength.rules import Cited, Scope, count, explain, weigh
from trigpoint.policies.settings.rules import strength_settings

TODAY = dt.date(2025, 11, 13)
SETTINGS = strength_settings({})
ORDER = [Strength.THIN, Strength.FAIR, Strength.STRONG]
OBSERVERS = [uuid.UUID(int=number) for number in range(4)]

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine

citations = st.builds(
    Cited,
    record_id=st.uuids(),
    kind=st.sampled_from(ActivityKind.values),
    observer_id=st.sampled_from(OBSERVERS),
    observed_on=st.dates(dt.date(2024, 1, 1), TODAY),
    year_groups=st.sampled_from(["", "Year 4", "Years 5 and 6", "Reception to Year 2", "KS3"]),
    contradicts=st.booleans(),
    answered=st.booleans(),
)
scopes = st.builds(Scope, year_groups=st.sampled_from(["", "Years 1 to 6"]))


def cited(kind="LESSON_VISIT", observer=0, *, years="Year 4", on=TODAY, **more):
    return Cited(uuid.uuid4(), kind, OBSERVERS[observer], on, years, **more)


def weight(*given_citations, years="", kinds=()):
    scope = Scope(years, kinds)
    return weigh(count(given_citations, scope=scope, settings=SETTINGS, on=TODAY), SETTINGS)


def rank(found):
    return ORDER.index(found.strength)


ENOUGH = [
    cited(kind, number % 2)
    for number, kind in enumerate(["LESSON_VISIT", "BOOK_SCRUTINY", "STUDENT_VOICE"] * 2)
]


@patient
@given(st.lists(citations, max_size=10), citations, scopes)
def test_weigh_more_support_never_weakens(before, extra, scope):
    support = Cited(
        extra.record_id, extra.kind, extra.observer_id, extra.observed_on, extra.year_groups
    )

    was = weigh(count(before, scope=scope, settings=SETTINGS, on=TODAY), SETTINGS)
    now = weigh(count([*before, support], scope=scope, settings=SETTINGS, on=TODAY), SETTINGS)

    assert rank(now) >= rank(was)


@patient
@given(st.lists(citations, max_size=10), citations)
def test_weigh_an_unanswered_contradiction_never_strengthens_and_is_never_strong(before, extra):
    against = Cited(
        extra.record_id, extra.kind, extra.observer_id, extra.observed_on, contradicts=True
    )

    now = weight(*before, against)

    assert rank(now) <= rank(weight(*before))
    assert now.strength != Strength.STRONG


@patient
@given(st.lists(citations, max_size=10))
def test_weigh_answering_never_weakens(before):
    answered = [
        Cited(
            it.record_id,
            it.kind,
            it.observer_id,
            it.observed_on,
            it.year_groups,
            contradicts=it.contradicts,
            answered=True,
        )
        for it in before
    ]

    assert rank(weight(*answered)) >= rank(weight(*before))


@patient
@given(st.lists(citations, max_size=10), st.randoms())
def test_weigh_order_does_not_matter_and_no_decimal_is_shown(before, random):
    shuffled = list(before)
    random.shuffle(shuffled)

    found = weight(*before)

    assert found.strength == weight(*shuffled).strength
    assert "." not in "".join(reason.words for reason in found.reasons)
    assert "." not in "".join(found.would_strengthen)


@patient
@given(st.lists(citations, max_size=10), scopes)
def test_explain_reads_back_what_was_stored(before, scope):
    found = weigh(count(before, scope=scope, settings=SETTINGS, on=TODAY), SETTINGS)

    assert explain(found.facts.stored(), SETTINGS) == found


def test_explain_manages_with_the_bare_counts():
    found = explain({"records": 6, "kinds": 3, "observers": 2}, SETTINGS)

    assert found.strength == Strength.STRONG
    assert found.reasons[0].words == "3 kinds of source"


def test_weigh_says_why_and_what_would_help():
    found = weight(
        cited("LESSON_VISIT"),
        cited("LESSON_VISIT"),
        cited("STAFF_VOICE", on=dt.date(2025, 11, 3)),
        cited("STAFF_VOICE", on=dt.date(2023, 1, 3)),
        cited("STUDENT_VOICE", contradicts=True),
        years="Years 4 to 6",
        kinds=("LESSON_VISIT", "BOOK_SCRUTINY", "STUDENT_VOICE"),
    )

    assert found.strength == Strength.FAIR
    assert [(reason.ok, reason.words) for reason in found.reasons] == [
        (False, "Only 2 kinds of source"),
        (False, "Only 1 independent observer"),
        (False, "Only 3 records"),
        (True, "Seen 3 to 13 Nov 2025"),
        (False, "1 record too old to count"),
        (False, "Years 5 and 6 not seen"),
        (False, "1 contradiction unanswered"),
    ]
    assert found.would_strengthen == (
        "An answer to 1 contradiction",
        "Two visits by a second observer",
        "Another kind of source, such as book scrutiny or student voice",
        "Books from Years 5 and 6",
        "Newer evidence in place of 1 old record",
    )


def test_weigh_strong_evidence_asks_for_nothing_more():
    found = weight(*ENOUGH, cited("STAFF_VOICE", contradicts=True, answered=True))

    assert found.strength == Strength.STRONG
    assert found.would_strengthen == ()
    assert all(reason.ok for reason in found.reasons)


def test_weigh_nothing_is_thin_and_says_so():
    found = weight()

    assert found.strength == Strength.THIN
    assert found.reasons == (rules.Reason(ok=False, words="Nothing current supports it yet"),)
    assert found.would_strengthen == ("6 records of 3 kinds, by 2 observers",)


def test_weigh_as_many_unanswered_as_supporting_is_thin():
    against = [cited(contradicts=True) for _ in range(6)]

    assert weight(*ENOUGH, *against).strength == Strength.THIN


def test_weigh_one_more_record_and_a_span_of_months():
    five = [*ENOUGH[:4], cited("BOOK_SCRUTINY", 1, on=dt.date(2025, 6, 2))]

    found = weight(*five)

    assert found.would_strengthen == ("1 more record",)
    assert "Seen 2 Jun 2025 to 13 Nov 2025" in {reason.words for reason in found.reasons}


def test_count_takes_each_record_once():
    one = cited()

    assert count([one, one], scope=Scope(), settings=SETTINGS, on=TODAY).records == 1


@pytest.mark.parametrize(
    ("text", "not_seen"),
    [("KS 3", ()), ("Key stages 3", ()), ("Years 7 and 9", (8,)), ("Year 3", (7, 8, 9))],
)
def test_count_reads_years_as_they_are_found_in_the_evidence_room(text, not_seen):
    seen = cited(years=text)

    facts = count([seen], scope=Scope(year_groups="KS3"), settings=SETTINGS, on=TODAY)

    assert facts.years_not_seen == not_seen


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ([5, 6], "Years 5 and 6"),
        ([4], "Year 4"),
        ([0, 1, 2, 3], "Reception and Years 1 to 3"),
        ([-1, 0], "Nursery and Reception"),
        ([-1, 0, 3, 5, 6], "Nursery, Reception and Years 3, 5 and 6"),
    ],
)
def test_year_words_reads_aloud(years, words):
    assert rules.year_words(years) == words
