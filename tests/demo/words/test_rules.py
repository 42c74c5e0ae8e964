from collections import Counter
from itertools import pairwise

import pytest

from trigpoint.demo.words.rules import Words, read, spoken
from trigpoint.instruments.models import ActivityKind

SLOTS = {"subject": "reading", "topic": "a poem", "year": "Year 4", "rank": 2}


@pytest.mark.parametrize("kind", list(ActivityKind))
@pytest.mark.parametrize("note_kind", ["RUNNING", "WWW", "EBI", "QUESTION"])
def test_note_is_never_the_same_twice_running(kind, note_kind):
    words = Words(7)
    written = [words.note(kind, note_kind, SLOTS) for _ in range(60)]

    assert all(one != other for one, other in pairwise(written))
    assert len({text[:30] for text in written}) >= 4
    assert not any("{" in text for text in written)


def test_same_seed_says_the_same():
    said = [[Words(3).note("LESSON_VISIT", "WWW", SLOTS) for _ in range(9)] for _ in range(2)]
    assert said[0] == said[1]


def test_draw_takes_everything_once_before_anything_again():
    words = Words(1)
    assert set(Counter(words.draw("bag", "abcde") for _ in range(15)).values()) == {3}


def test_name_is_given_once():
    words = Words(1)
    names = [words.name() for _ in range(600)]

    assert len(set(names)) == 600
    assert not {*names} & {*read("trust")["cast"].values()}


def test_fill_starts_sentences_with_a_capital():
    text = Words(1).fill("five were asked. {who} twice.", {"who": "the quieter pupils"})
    assert text == "Five were asked. The quieter pupils twice."


@pytest.mark.parametrize(("subject", "written"), [("Reading", "reading"), ("English", "English")])
def test_spoken_lowers_what_is_no_proper_name(subject, written):
    assert spoken(subject) == written


@pytest.mark.parametrize(
    ("subject", "words"), [("Reading", "Clear in reading."), ("", "Clear.")], ids=["of", "whole"]
)
def test_said_is_about_a_subject_or_the_academy(subject, words):
    assert Words(1).said(["Clear{in}."], "bag", subject) == words


def test_claims_have_words_for_every_area_and_tone():
    claims = read("claims")
    for area in ("curriculum", "assessment", "behaviour", "welfare", "quality-assurance"):
        assert {"questions", "good", "mixed", "weak", "STRENGTH", "DEVELOPMENT"} <= {*claims[area]}


def test_each_good_practice_title_has_words_of_its_own():
    claims = read("claims")
    areas = [*claims.values(), *claims.get("areas", {}).values()]
    sets = [area["GOOD_PRACTICE"] for area in areas if "GOOD_PRACTICE" in area]
    titles = [title for each in sets for title in each]

    assert titles
    for title in titles:
        assert sum(title.startswith(opening) for opening in claims["practices"]) == 1
