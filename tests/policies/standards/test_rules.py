import pytest

from tests.factories import AcademyFactory, StandardFactory, TrustFactory, person
from trigpoint.people.roles import Role
from trigpoint.policies.models import Standard
from trigpoint.policies.standards import rules
from trigpoint.policies.standards.rules import Change, Piece


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_view_rule_and_list_agree(role):
    academy = AcademyFactory.create()
    for trust in (academy.trust, TrustFactory.create()):
        StandardFactory.create(area__version__policy__trust=trust)

    for place in (academy, academy.trust):
        viewer = person(role, at=place)
        listed = set(Standard.objects.visible_to(viewer))
        assert listed == {it for it in Standard.objects.all() if rules.may_view(viewer, it)}
        assert len(listed) == 1


def test_kinds_in_words():
    assert rules.kinds_in_words(["LESSON_VISIT", "STUDENT_VOICE"]) == [
        "Lesson visit",
        "Student voice",
    ]


def test_changes_mark_words_that_came_and_went():
    before = {"Standard": "Same words", "M": "Some pupils answer", "Look-for 2": "Gone now"}
    after = {"Standard": "Same words", "M": "Most pupils answer aloud", "Look-for 1": "New"}

    assert rules.changes(before, after) == [
        Change(
            "M",
            [
                Piece("gone", "Some"),
                Piece("new", "Most"),
                Piece("same", "pupils answer"),
                Piece("new", "aloud"),
            ],
        ),
        Change("Look-for 1", [Piece("new", "New")]),
        Change("Look-for 2", [Piece("gone", "Gone now")]),
    ]
    assert rules.changes(after, after) == []


@pytest.mark.parametrize(
    ("older", "newer", "words"),
    [(2, 3, "The bar rose."), (1, 5, "The bar rose. Then: It fell."), (3, 4, ""), (5, 5, "")],
)
def test_meanings_between_are_those_after_the_one_and_up_to_the_other(older, newer, words):
    meanings = ((3, "The bar rose."), (5, "It fell."))

    assert rules.meanings_between(meanings, older, newer) == words
    broken = rules.Breaks({"t": meanings}, {"t1": meanings})
    assert broken.between("t", older, newer) == words
    assert broken.between("t1", older, newer, standard=True) == words
    assert broken.between("t1", older, newer) == ""
