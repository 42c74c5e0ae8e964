import itertools

import pytest

from tests.factories import AcademyFactory, InstrumentFactory, TrustFactory, person
from trigpoint.instruments.contents.rules import questions
from trigpoint.instruments.library import rules
from trigpoint.instruments.library.rules import LIFECYCLE
from trigpoint.instruments.models import ActivityKind, Instrument, InstrumentVersion
from trigpoint.people.roles import Role

LEGAL = {("DRAFT", "publish"): "PUBLISHED"}


@pytest.mark.parametrize(
    ("state", "verb"),
    list(itertools.product(InstrumentVersion.Status.values, [step.verb for step in LIFECYCLE])),
)
def test_lifecycle_allows_exactly_the_legal_moves(state, verb):
    assert bool(LIFECYCLE.may(verb, state)) == ((state, verb) in LEGAL)
    if (state, verb) in LEGAL:
        assert LIFECYCLE.target(verb) == LEGAL[state, verb]


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_view_rule_and_list_agree(role):
    academy = AcademyFactory.create()
    for trust in (academy.trust, TrustFactory.create()):
        InstrumentFactory.create(trust=trust)

    for place in (academy, academy.trust):
        viewer = person(role, at=place)
        listed = set(Instrument.objects.visible_to(viewer))
        allowed = {it for it in Instrument.objects.all() if rules.may_view(viewer, it)}
        assert listed == allowed


def test_ready_made_has_one_for_each_kind_with_notes_look_fors_and_no_grade():
    found = {file["kind"]: file for file in rules.ready_made()}

    assert set(found) == set(ActivityKind.values)
    assert all(file["name"] == ActivityKind(kind).label for kind, file in found.items())
    for file in found.values():
        types = [question["type"] for question in questions(file["content"])]
        assert {"running_notes", "look_fors", "short_text"} - set(types) in (set(), {"short_text"})
        assert 10 <= len(types) <= 16
        words = str(file["content"]).lower()
        assert not any(word in words for word in ("outstanding", "inadequate", "grade", "rating"))


def test_ready_made_forms_share_no_two_questions():
    labels = [
        question["label"]
        for file in rules.ready_made()
        for question in questions(file["content"])
        if question["type"] not in {"look_fors", "running_notes", "number"}
    ]

    assert len(labels) == len(set(labels))


def test_may_name_is_off_for_learning_walks_and_groups():
    naming = {file["kind"]: bool(rules.may_name(file["content"])) for file in rules.ready_made()}

    assert {kind for kind, allowed in naming.items() if allowed} == {
        ActivityKind.LESSON_VISIT,
        ActivityKind.BOOK_SCRUTINY,
        ActivityKind.CURRICULUM_REVIEW,
    }
    assert "lesson visit" in rules.may_name({"naming": "OFF", "sections": []}).reason
