"""Which visits are known: plans and records at random, held against a recount of the tables."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import (
    AcademicYearFactory,
    ActivityFactory,
    EvidenceRecordFactory,
    PersonFactory,
    ReviewFactory,
    TrustFactory,
)
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.reviews.models import Activity
from trigpoint.reviews.visits import queries

pytestmark = pytest.mark.django_db
NEW_YEAR = dt.datetime(2025, 8, 31, 23, tzinfo=dt.UTC)  # midnight in London
MOMENTS = st.integers(-400, 400).map(lambda hours: NEW_YEAR + dt.timedelta(hours=24 * hours + 9))
PLANS = st.tuples(MOMENTS, st.booleans(), st.sampled_from(Activity.Status.values), st.booleans())
RECORDS = st.tuples(
    MOMENTS,
    st.booleans(),
    st.sampled_from(EvidenceRecord.Status.values),
    st.one_of(st.none(), st.integers(0, 2)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PLANS, min_size=3, max_size=3), st.lists(RECORDS, max_size=6))
def test_stays_are_the_plans_that_stand_and_the_records_handed_in(planned, written):
    with transaction.atomic():
        she = _world(planned, written)

        stays = queries.system_stays(she, she.trust, day=dt.date(2025, 11, 12))

        assert sorted(stay.source_id for stay in stays) == sorted(_recounted(she))
        assert len(stays) == len({stay.source_id for stay in stays})
        transaction.set_rollback(True)


def _world(planned, written):
    """Plan and record visits to her and to somebody else, around the new school year."""
    review = ReviewFactory.create()
    off = ReviewFactory.create(academy=review.academy, status="CANCELLED", cancelled_because="Snow")
    she, other = PersonFactory.create_batch(2, trust=review.trust)
    plans = [
        ActivityFactory.create(
            review=off if is_off else review,
            observed=she if is_hers else other,
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(minutes=20),
            status=status,
            missed_because="Snow" if status in {"MISSED", "OFF"} else "",
        )
        for starts_at, is_hers, status, is_off in planned
    ]
    for observed_at, is_hers, status, nth in written:
        EvidenceRecordFactory.create(
            review=review,
            activity=None if nth is None else plans[nth],
            observed=she if is_hers else other,
            observed_at=observed_at,
            status=status,
            submitted_at=None if status == "DRAFT" else observed_at,
            shared_at=observed_at if status == "SHARED" else None,
        )
    return she


def _recounted(she):
    """Read every row there is and keep hers of that year."""
    until = NEW_YEAR.replace(year=2026)
    for activity in Activity.objects.select_related("review"):
        stands = activity.status not in {"MISSED", "OFF"} and activity.review.status != "CANCELLED"
        if activity.observed == she and stands and NEW_YEAR <= activity.starts_at < until:
            yield activity.pk
    for record in EvidenceRecord.objects.all():
        handed_in = record.status != "DRAFT"
        if record.observed == she and handed_in and NEW_YEAR <= record.observed_at < until:
            yield record.pk


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(dt.date(2025, 8, 31), (2024, 2025), id="the last day of summer"),
        pytest.param(dt.date(2025, 9, 1), (2025, 2026), id="the first day of autumn"),
        pytest.param(dt.date(2026, 7, 1), (2025, 2026), id="the summer after"),
    ],
)
def test_year_of_goes_by_the_trusts_first_month(day, expected):
    first, last = queries.system_year_of(TrustFactory.create(), day)

    assert (first, last) == (dt.date(expected[0], 9, 1), dt.date(expected[1], 8, 31))


def test_year_of_goes_by_the_years_own_dates_where_they_are_known():
    year = AcademicYearFactory.create()

    assert queries.system_year_of(year.trust, year.starts_on) == (year.starts_on, year.ends_on)
