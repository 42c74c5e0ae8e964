import datetime as dt
import itertools

import pytest

from tests.factories import (
    AcademyFactory,
    ClusterFactory,
    EvidenceRecordFactory,
    ReviewFactory,
    TeamFactory,
    UserFactory,
    person,
)
from trigpoint.evidence.entries import rules
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.roles import Role

AT = dt.datetime(2025, 11, 12, 12, 0, tzinfo=dt.UTC)
LEGAL = {
    ("DRAFT", "submit"): "SUBMITTED",
    ("SUBMITTED", "share"): "SHARED",
    ("SUBMITTED", "lock"): "LOCKED",
    ("SHARED", "lock"): "LOCKED",
}


@pytest.mark.parametrize("status", EvidenceRecord.Status)
@pytest.mark.parametrize("verb", ["submit", "share", "lock"])
def test_lifecycle_allows_these_moves_and_no_others(status, verb):
    allowed = bool(rules.LIFECYCLE.may(verb, status))

    assert allowed == ((status, verb) in LEGAL)
    if allowed:
        assert rules.LIFECYCLE.target(verb) == LEGAL[status, verb]


def every_kind_of_record(review, team):
    """Build one record for each status, private or not, locked before and after sharing."""
    states = (
        {},
        {"submitted": True},
        {"shared": True},
        {"submitted": True, "status": "LOCKED"},
        {"shared": True, "status": "LOCKED"},
    )
    return [
        EvidenceRecordFactory.create(review=review, team=team, is_private=is_private, **state)
        for state, is_private in itertools.product(states, (False, True))
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["trust", "cluster", "academy", "team", "review"])
def test_visible_to_agrees_with_may_view(role, place):
    """The list and the rule are two spellings of one permission; they may never disagree."""
    home = AcademyFactory.create()
    home.cluster = ClusterFactory.create(trust=home.trust)
    home.save()
    team = TeamFactory.create(academy=home)
    review = ReviewFactory.create(academy=home)
    places = {
        "trust": home.trust,
        "cluster": home.cluster,
        "academy": home,
        "team": team,
        "review": review,
    }
    sibling = AcademyFactory.create(trust=home.trust)
    records = [
        record
        for where, of_team in (
            (review, team),
            (ReviewFactory.create(academy=home), None),
            (ReviewFactory.create(academy=sibling), None),
            (ReviewFactory.create(), None),
        )
        for record in every_kind_of_record(where, of_team)
    ]
    user = person(role, at=places[place])

    listed = set(EvidenceRecord.objects.visible_to(user))

    assert listed == {record for record in records if rules.may_view(user, record)}
    if role in {Role.TRUSTEE, Role.DPO, Role.ADMINISTRATOR, Role.TRAINING_LEAD, Role.STAFF}:
        assert not listed
    assert not any(record.is_private for record in listed)
    assert all(record.trust_id == user.trust_id for record in listed)


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["author", "observed"])
@pytest.mark.parametrize("role", [Role.STAFF, Role.TRUSTEE, Role.HEADTEACHER])
def test_visible_to_agrees_with_may_view_for_author_and_observed(part, role):
    review = ReviewFactory.create()
    user = person(role, at=review.academy)
    records = every_kind_of_record(review, None)
    EvidenceRecord.objects.update(**{part: user.person})
    records = list(EvidenceRecord.objects.all())

    listed = set(EvidenceRecord.objects.visible_to(user))

    assert listed == {record for record in records if rules.may_view(user, record)}
    if part == "author":
        assert listed == set(records)
    elif role == Role.STAFF:
        assert listed == {record for record in records if record.shared_at}


@pytest.mark.django_db
def test_may_save_ends_with_the_right_to_record_there():
    record = EvidenceRecordFactory.create()
    user = UserFactory.create(person=record.author)

    assert "no longer record evidence" in rules.may_save(user, record, review=None).reason


@pytest.mark.django_db
def test_may_save_is_over_once_shared():
    record = EvidenceRecordFactory.create(shared=True)
    author = UserFactory.create(person=record.author)

    assert "settled" in rules.may_save(author, record, review=None).reason


@pytest.mark.django_db
def test_suspect_words_reads_every_field_others_will_read():
    record = EvidenceRecordFactory.build(
        title="Reading with Aisha",
        subject="Spelling with Fatima",
        year_groups="Year 4 and Noah",
        budget_reason="To see Oliver",
        group_described="Six pupils and Jacob",
        answers={"focus": "Tom", "list": ["Maryam", {"inner": "Zara"}], "count": 3},
        observed=None,
    )

    words = rules.suspect_words(record, ["Then Yusuf read."])

    assert words == ["Aisha", "Fatima", "Noah", "Jacob", "Oliver", "Yusuf", "Tom", "Maryam", "Zara"]
