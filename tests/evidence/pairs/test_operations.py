import pytest

from tests.factories import ActivityFactory, EvidenceRecordFactory, ReviewFactory, person
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.evidence.pairs import operations
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
WHY = "One of the two is ill for the rest of the term."


@pytest.fixture(name="visit")
def _visit():
    """Return a paired visit one of the two has handed in."""
    review = ReviewFactory.create()
    visit = ActivityFactory.create(review=review, is_paired=True, status="DONE")
    one, other = (person(Role.REVIEWER, at=review.trust) for _ in range(2))
    visit.reviewers.add(one.person, other.person)
    EvidenceRecordFactory.create(
        review=review, activity=visit, author=one.person, submitted=True, blind_to=other.person
    )
    return visit


def test_open_pair_lets_the_other_read_and_keeps_the_reason(visit):
    lead = person(Role.QA_LEAD, at=visit.trust)
    other = visit.evidence.get().blind_to.user

    operations.open_pair(activity=visit, because=WHY, by=lead)

    visit.refresh_from_db()
    assert visit.opened_because == WHY
    assert EvidenceRecord.objects.visible_to(other).exists()
    entry = HistoryEntry.objects.get(subject_id=visit.pk, verb="pair opened")
    assert (entry.actor, entry.detail) == (lead, {"because": WHY})


def test_open_pair_is_not_for_one_of_the_two_even_as_lead_of_the_trust(visit):
    rater = person(Role.QA_LEAD, at=visit.trust)
    visit.reviewers.set([visit.evidence.get().author, rater.person])

    with pytest.raises(Refused, match="You are one of the two"):
        operations.open_pair(activity=visit, because=WHY, by=rater)


def test_open_pair_is_not_for_any_reviewer(visit):
    with pytest.raises(Refused, match="Only the lead"):
        operations.open_pair(activity=visit, because=WHY, by=person(Role.REVIEWER, at=visit.trust))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"is_paired": False}, "not paired"),
        ({"opened_because": "Ill."}, "open already"),
    ],
)
def test_open_pair_says_why_there_is_nothing_to_open(visit, facts, said):
    for name, value in facts.items():
        setattr(visit, name, value)
    visit.save()

    with pytest.raises(Refused, match=said):
        operations.open_pair(activity=visit, because=WHY, by=person(Role.QA_LEAD, at=visit.trust))


@pytest.mark.parametrize(
    "facts", [{"status": "DRAFT", "blind_to": None, "submitted_at": None}, {"author": "else"}]
)
def test_open_pair_waits_for_a_record_of_one_of_the_two_though_the_visit_is_done(visit, facts):
    if "author" in facts:
        facts = {"author": person(Role.REVIEWER, at=visit.trust).person}
    visit.evidence.update(**facts)

    with pytest.raises(Refused, match="Neither of the two"):
        operations.open_pair(activity=visit, because=WHY, by=person(Role.QA_LEAD, at=visit.trust))
