"""Every visit to one person in a school year, from whoever knows of some."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from trigpoint.reviews.visits.rules import Stay
from trigpoint.trusts.models import AcademicYear, Trust

if TYPE_CHECKING:
    from trigpoint.people.models import Person

Year = tuple[date, date]  # the first and the last day
# What a source's rows have: of ``ends_at`` and ``minutes`` one is None, or both.
COLUMNS = ("source_id", "activity_id", "starts_at", "ends_at", "minutes", "is_plan")
Source = Callable[[UUID, Year], "QuerySet[Any]"]
_sources: list[Source] = []


def system_count_also(source: Source) -> None:
    """Register what knows of visits: activities, and evidence above them. Call from ``ready``."""
    if source not in _sources:
        _sources.append(source)


def system_stays(person: "Person", trust: Trust, *, day: date) -> list[Stay]:
    """Return every visit to somebody, planned or made, in the school year a day falls in."""
    year = system_year_of(trust, day)
    first, *others = (source(person.pk, year).values(*COLUMNS) for source in _sources)
    return [_stay(**row) for row in first.union(*others, all=True)]


def _stay(
    *,
    starts_at: datetime,
    ends_at: datetime | None,
    minutes: int | None,
    **facts: Any,  # noqa: ANN401 -- as a Stay has them
) -> Stay:
    end = ends_at or starts_at + timedelta(minutes=minutes or 0)
    return Stay(starts_at=starts_at, ends_at=end, **facts)


def system_year_of(trust: Trust, day: date) -> Year:
    """Return the first and last day of the academic year a day falls in."""
    year = AcademicYear.objects.filter(trust=trust, starts_on__lte=day, ends_on__gte=day).first()
    if year:
        return year.starts_on, year.ends_on
    first = day.year if day.month >= trust.year_starts_month else day.year - 1
    starts_on = date(first, trust.year_starts_month, 1)
    return starts_on, date.fromordinal(starts_on.replace(year=first + 1).toordinal() - 1)
