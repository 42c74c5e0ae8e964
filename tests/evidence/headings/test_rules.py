import pytest

from trigpoint.evidence.headings import rules
from trigpoint.instruments.models import ActivityKind


@pytest.mark.parametrize("kind", ActivityKind)
def test_kind_named_knows_every_kind_there_is(kind):
    label = str(kind.label)

    for said in (label, label.upper(), f"{label}s", f"  {label} ", kind.value):
        assert rules.kind_named(said) == kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Book look", "BOOK_SCRUTINY"),
        ("books", "BOOK_SCRUTINY"),
        ("Lesson observations", "LESSON_VISIT"),
        ("Parent survey", "PARENT_VOICE"),
        ("Link governor visit", "GOVERNOR_LINK_VISIT"),
        ("Séance", ""),
        ("s", ""),
    ],
)
def test_kind_named_knows_other_names(said, kind):
    assert rules.kind_named(said) == kind


def test_no_name_stands_for_two_kinds():
    said = [name for names in rules.ALSO_CALLED.values() for name in names]
    labels = [str(label).lower() for label in ActivityKind.labels]

    assert len({*said, *labels}) == len(said) + len(labels)


def test_guess_goes_by_names_and_by_what_was_said_last_time():
    headings = ["School", "Date", "WWW", "EBI", "Teacher", "Shoe size", "Site"]

    guessed = rules.guess(headings, {"shoe size": "minutes", "teacher": ""})

    assert guessed == ["academy", "day", "www", "ebi", "", "minutes", ""]


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (["academy", "day", "notes"], ""),
        (["day", "notes"], "“Academy (name or URN)”"),
        (["academy", "notes"], "“Day it was seen”"),
        (["academy", "day", "title"], "what was seen"),
        (["academy", "day", "ebi", "day"], "Two columns are both"),
    ],
)
def test_is_matched_asks_for_what_every_record_needs(chosen, words):
    assert words in rules.is_matched(chosen).reason
