"""What a year is gathered from."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AcademyFactory,
    ProgrammeSlotFactory,
    ReviewFactory,
    ReviewTeamMemberFactory,
    TrustFactory,
)
from tests.reviews.programme.trusts import TODAY, SmallTrust
from trigpoint.policies.models import CadenceRule
from trigpoint.reviews.programme import queries
from trigpoint.trusts.models import Academy

pytestmark = pytest.mark.django_db


def test_system_gather_reads_places_terms_reviewers_and_needs():
    small = SmallTrust()

    found = queries.system_gather(small.year, on=TODAY)

    assert [it.name for it in found.year.places] == ["Dunlow Vale", "Saltwyke"]
    assert [it.name for it in found.year.terms] == ["Autumn term", "Spring term", "Summer term"]
    assert [it.name for it in found.year.reviewers] == ["Femi", "Gareth", "Simone"]
    assert found.year.places[0].not_before == dt.date(2025, 11, 26)  # ten working days from today
    assert found.year.places[0].ceiling_hours == 40
    assert [(it.kind, it.area, it.due_on) for it in found.year.needs] == [
        ("DEEP_DIVE", "curriculum", dt.date(2026, 3, 1)),
    ] * 2
    assert found.year.needs[0].why == (
        "Policy version 3 promises: deep dive in Curriculum every 6 months. None so far."
    )


def test_system_gather_takes_reviews_as_fixed_and_as_looks():
    small = SmallTrust()
    held = ReviewFactory.create(
        academy=small.academies[0], policy_version=small.version, lead=small.reviewers[0]
    )
    held.areas.add(small.area)
    ReviewTeamMemberFactory.create(review=held, person=small.reviewers[1])

    found = queries.system_gather(small.year, on=TODAY)

    [fixed] = found.year.fixed
    assert fixed.people == (small.reviewers[0].pk, small.reviewers[1].pk)
    first, _second = (
        [it.due_on for it in found.year.needs if it.academy_id == academy.pk]
        for academy in small.academies
    )
    assert first == [dt.date(2026, 5, 12)]  # half a year after the one that was held


def test_system_gather_knows_the_last_look_however_long_ago_it_was():
    small = SmallTrust(cadence=("TRUST",))
    CadenceRule.objects.update(months=120)
    Academy.objects.update(joined_on=dt.date(2001, 1, 1))
    small.version.effective_on = dt.date(2001, 1, 1)
    small.version.save()
    ReviewFactory.create(
        academy=small.academies[0],
        policy_version=small.version,
        kind="TRUST",
        status="CLOSED",
        closed_on=dt.date(2016, 4, 1),
        fieldwork_starts_on=dt.date(2016, 2, 29),
        fieldwork_ends_on=dt.date(2016, 3, 1),
    )

    found = queries.system_gather(small.year, on=TODAY)

    [need] = [it for it in found.year.needs if it.academy_id == small.academies[0].pk]
    assert need.due_on == dt.date(2026, 3, 1)


def test_system_gather_takes_what_is_planned_before_the_year_as_a_look():
    small = SmallTrust()
    planned = ReviewFactory.create(
        academy=small.academies[0],
        policy_version=small.version,
        fieldwork_starts_on=dt.date(2025, 7, 7),
        fieldwork_ends_on=dt.date(2025, 7, 7),
    )
    planned.areas.add(small.area)

    found = queries.system_gather(small.year, on=dt.date(2025, 6, 12))

    assert min(
        it.due_on for it in found.year.needs if it.academy_id == small.academies[0].pk
    ) == dt.date(2026, 1, 7)


def test_system_gather_leaves_out_academies_that_are_gone_and_keeps_those_to_come():
    small = SmallTrust()
    gone, coming = small.academies
    gone.closed_on, coming.joined_on = TODAY, dt.date(2026, 1, 1)
    gone.save()
    coming.save()
    ReviewFactory.create(academy=gone, policy_version=small.version)

    found = queries.system_gather(small.year, on=TODAY)

    assert found.academies == [coming]
    assert found.reviews == []
    assert min(found.year.places[0].works_on) == dt.date(2026, 1, 5)


def test_system_gather_asks_for_nothing_after_an_academy_has_closed():
    small = SmallTrust()
    closing = small.academies[0]
    closing.closed_on = dt.date(2026, 2, 1)
    closing.save()

    found = queries.system_gather(small.year, on=TODAY)

    assert {it.academy_id for it in found.year.needs} == {small.academies[1].pk}
    [place] = [it for it in found.year.places if it.academy_id == closing.pk]
    assert max(place.works_on) == dt.date(2026, 1, 30)


def test_system_gather_takes_what_is_kept_as_fixed_and_asks_for_it_no_more():
    small = SmallTrust()
    slots = [
        ProgrammeSlotFactory.create(
            academy=academy, area_lineage="curriculum", starts_on=TODAY, ends_on=TODAY
        )
        for academy in small.academies
    ]

    found = queries.system_gather(small.year, on=TODAY, kept=slots)

    assert {it.key for it in found.year.fixed} == {str(it.pk) for it in slots}
    assert [it.due_on for it in found.year.needs] == [dt.date(2026, 5, 12)] * 2


def test_system_gather_is_none_without_a_policy():
    small = SmallTrust()
    small.version.status = "DRAFT"
    small.version.save()

    assert queries.system_gather(small.year, on=TODAY) is None


def test_system_gather_costs_the_same_for_any_number_of_academies():
    small = SmallTrust()

    def cost():
        with CaptureQueriesContext(connection) as asked:
            queries.system_gather(small.year, on=TODAY)
        return len(asked)

    before = cost()
    for _ in range(3):
        AcademyFactory.create(trust=small.trust)
        small.add_reviewer("Another")

    assert cost() == before


def test_system_school_year_is_the_one_that_runs_or_the_next():
    small = SmallTrust()

    assert queries.system_school_year(small.trust.pk, on=TODAY) == small.year
    assert queries.system_school_year(small.trust.pk, on=dt.date(2025, 7, 1)) == small.year
    assert queries.system_school_year(small.trust.pk, on=dt.date(2027, 1, 1)) is None
    assert queries.system_school_year(TrustFactory.create().pk, on=TODAY) is None
