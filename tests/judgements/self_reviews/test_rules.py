import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import AcademyFactory, ReviewFactory, person
from tests.looks import FIVE, IN_WORDS, shown
from trigpoint.judgements.self_reviews import queries, rules
from trigpoint.people.roles import Role
from trigpoint.policies.rhythms.rules import Rhythm
from trigpoint.policies.standards.rules import Breaks
from trigpoint.trusts.calendars.rules import Span
from trigpoint.trusts.models import Academy

places = st.integers(0, 4)  # how far a level is from the best


def differ(own, trust):
    return rules.difference(FIVE[own], FIVE[trust])


OPPOSITE = {"higher": "lower", "lower": "higher"}
AUTUMN = Span("Autumn", dt.date(2025, 9, 2), dt.date(2025, 12, 19))
SPRING = Span("Spring", dt.date(2026, 1, 5), dt.date(2026, 3, 27))


@given(own=places, trust=places)
def test_difference_says_how_many_steps_and_which_way(own, trust):
    said, turned = differ(own, trust), differ(trust, own)

    if own == trust:
        assert said == turned == "The same as the trust’s"
        return
    counted, _, way = said.removesuffix(" than the trust’s").rpartition(" ")
    number, noun = counted.split()
    assert ["One", "Two", "Three", "Four"].index(number) + 1 == abs(own - trust)
    assert noun == ("level" if number == "One" else "levels")
    assert way == ("higher" if own < trust else "lower")  # nearer to the best is higher
    assert turned == f"{counted} {OPPOSITE[way]} than the trust’s"


@given(own=places, trust=places, gap=places)
def test_difference_is_of_the_gap_alone(own, trust, gap):
    moved = min(gap, 4 - max(own, trust))

    assert differ(own, trust) == differ(own + moved, trust + moved)


def test_difference_of_two_in_words_is_for_the_reader():
    said = rules.difference(IN_WORDS, IN_WORDS)

    assert said == "Both in words"


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("held", ["trust", "academy", "one review"])
def test_academies_agrees_with_may_view(role, held):
    home = AcademyFactory.create()
    AcademyFactory.create(trust=home.trust)
    AcademyFactory.create()
    at = {"trust": home.trust, "academy": home, "one review": ReviewFactory.create(academy=home)}
    user = person(role, at=at[held])

    listed = set(queries.academies(viewer=user))

    assert listed == {it for it in Academy.objects.all() if rules.may_view(user, it)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("waiting", "is_judged", "words"),
    [
        ([], True, ""),
        (["1.2"], True, "Claim 1.2 has a contradiction that nobody answered."),
        (["1.1", "1.2", "3"], True, "Claims 1.1, 1.2 and 3 have a contradiction"),
        ([], False, "Nothing is judged in it yet"),
    ],
)
def test_may_finish_asks_for_answers_and_a_level(waiting, is_judged, words):
    review = ReviewFactory.create(kind="SELF", status="FIELDWORK")
    head = person(Role.HEADTEACHER, at=review.academy)
    asked = {"has_report": False, "waiting": waiting, "is_judged": is_judged}

    said = rules.may_finish(head, review, **asked)
    stranger = rules.may_finish(person(Role.STAFF, at=review.academy), review, **asked)

    assert bool(said) is not bool(words)
    assert words in said.reason
    assert not stranger


@pytest.mark.parametrize(
    ("on", "terms", "expected"),
    [
        (dt.date(2026, 2, 2), (AUTUMN, SPRING), AUTUMN.starts_on),
        (dt.date(2026, 4, 2), (AUTUMN, SPRING), SPRING.starts_on),
        (dt.date(2025, 12, 19), (AUTUMN, SPRING), dt.date(2025, 8, 19)),
        (dt.date(2026, 5, 31), (), dt.date(2026, 1, 31)),
    ],
    ids=["in the next term", "in the holidays", "no term is over yet", "no terms known"],
)
def test_stale_before_is_when_the_last_whole_term_began(on, terms, expected):
    by = Rhythm(terms, (), (), months_a_term=4, months_a_half_term=2)

    assert rules.stale_before(by, on=on) == expected


def a_judgement(mark="M", *, perspective="SELF", version=1, day=1, stands=True):
    return SimpleNamespace(
        perspective=perspective,
        version=version,
        level=shown(mark),
        made_on=dt.date(2025, 11, day),
        stands_from=dt.date(2025, 12, 1) if stands else None,
    )


def a_line(*found, meanings=()):
    place = SimpleNamespace(lineage="checking", pk=1)
    return rules.line(
        place,
        place,
        found,
        number=3,
        broken=Breaks({}, {"checking": meanings}),
        stale=dt.date(2025, 11, 10),
        is_open=False,
        is_ready=False,
    )


def test_line_compares_what_means_the_same():
    own, trust = a_judgement("S"), a_judgement("M", perspective="TRUST", version=2)

    line = a_line(own, trust)

    assert (line.own, line.trust, line.again) == (own, trust, None)
    assert line.difference == "One level higher than the trust’s"
    assert (line.differs, line.is_compared, line.is_unjudged, line.is_old) == (
        True,
        True,
        False,
        True,
    )
    assert [line.is_in(it) for it in ("", "differ", "unjudged", "old")] == [True, True, False, True]


def test_line_compares_nothing_across_a_changed_meaning():
    own, trust = a_judgement("S"), a_judgement("M", perspective="TRUST", version=2)

    line = a_line(own, trust, meanings=((2, "Now also homework."), (3, "And reading.")))

    assert (line.difference, line.differs, line.is_compared) == ("", False, False)
    assert line.meaning == "Now also homework."
    assert line.since == "Now also homework. Then: And reading."


def test_line_keeps_apart_what_does_not_stand_yet():
    again = a_judgement("E", stands=False)

    line = a_line(again, a_judgement("E", perspective="EXTERNAL"))
    nothing = a_line()

    assert (line.own, line.again, line.difference) == (None, again, "")
    assert (line.is_unjudged, nothing.is_unjudged) == (False, True)


def test_line_says_how_the_two_will_differ_once_it_stands():
    again, trust = a_judgement("E", version=3, stands=False), a_judgement("M", perspective="TRUST")

    line = a_line(a_judgement("M"), again, trust)
    broken = a_line(again, trust, meanings=((2, "Now also homework."),))

    assert (line.difference, line.coming) == (rules.SAME, "Two levels higher than the trust’s")
    assert broken.coming == ""
