import pytest

from tests.factories import (
    AcademyFactory,
    CitationFactory,
    EvidenceRecordFactory,
    PersonFactory,
    PostFactory,
    ReviewFactory,
    ReviewTeamMemberFactory,
)
from trigpoint.judgements.claims import queries
from trigpoint.judgements.strength.rules import Cited


@pytest.mark.django_db
def test_system_staff_names_are_those_of_the_academy_the_centre_and_the_review():
    academy = AcademyFactory.create()
    elsewhere = AcademyFactory.create(trust=academy.trust)

    def somebody(name, at=elsewhere):
        return PostFactory.create(person__name=name, person__trust=at.trust, academy=at).person

    review = ReviewFactory.create(
        academy=academy, lead=somebody("Lea Lead"), nominee=somebody("Nia Nominee")
    )
    somebody("Ann Ash", at=academy)
    somebody("Bea Birch")
    ReviewTeamMemberFactory.create(review=review, person=somebody("Cy Cedar"))
    EvidenceRecordFactory.create(
        review=review, observed=somebody("Di Dogwood"), author=somebody("Jo Juniper")
    )
    PersonFactory.create(trust=academy.trust, name="Ed Elm")
    PersonFactory.create(name="Flo Fir")

    assert queries.system_staff_names(review) == (
        "Ann Ash", "Cy Cedar", "Di Dogwood", "Ed Elm", "Jo Juniper", "Lea Lead", "Nia Nominee",
    )  # fmt: skip


@pytest.mark.django_db
def test_system_cited_gives_what_weighing_needs(django_assert_num_queries):
    one = CitationFactory.create(record__year_groups="Year 4")
    CitationFactory.create()

    with django_assert_num_queries(1):
        found = queries.system_cited([one.claim_id])

    assert found == [
        Cited(
            record_id=one.record_id,
            kind="LESSON_VISIT",
            observer_id=one.record.author_id,
            observed_on=one.record.observed_at.date(),
            year_groups="Year 4",
        )
    ]
