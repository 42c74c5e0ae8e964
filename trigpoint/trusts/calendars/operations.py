"""Setting when academies work: years and closed days."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from trigpoint.records import events, history
from trigpoint.trusts.calendars import rules
from trigpoint.trusts.calendars.models import AcademicYear, Closure
from trigpoint.trusts.structure.models import Academy, Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class CalendarChanged(events.Event):
    """An academy's terms or closed days are others than before."""

    academy_id: UUID


@transaction.atomic
def set_year(*, trust: Trust, name: str, starts_on: date, ends_on: date) -> AcademicYear:
    """Give a trust an academic year; one that starts on that day already is kept as it is."""
    year, _ = AcademicYear.objects.get_or_create(
        trust=trust, starts_on=starts_on, defaults={"name": name, "ends_on": ends_on}
    )
    return year


@transaction.atomic
def close_days(*, academy: Academy, closed: rules.Closed, by: "User", on: date) -> Closure:
    """Enter days an academy is closed, such as an INSET day of its own.

    Raises:
        Refused: the person may not change its calendar, or those days are closed already.

    """
    academy = Academy.objects.select_for_update().get(pk=academy.pk)
    rules.may_import(by, academy).enforce()
    rules.may_close_days(closed, academy.closures.all()).enforce()
    made = Closure.objects.create(
        trust_id=academy.trust_id,
        academy=academy,
        kind=closed.kind,
        name=closed.name,
        starts_on=closed.starts_on,
        ends_on=closed.ends_on,
    )
    history.write(made, "closed_days", by=by, on=on, name=closed.name)
    events.publish(CalendarChanged(academy.pk))
    return made


@transaction.atomic
def open_days(*, closure: Closure, by: "User", on: date) -> Academy:
    """Take closed days out again, because the academy works on them; the history keeps them.

    Raises:
        Refused: the person may not change its calendar.

    """
    academy = Academy.objects.select_for_update().get(pk=closure.academy_id)
    rules.may_import(by, academy).enforce()
    days = {"starts_on": closure.starts_on.isoformat(), "ends_on": closure.ends_on.isoformat()}
    history.write(closure, "opened_days", by=by, on=on, name=closure.name, **days)
    closure.delete()
    events.publish(CalendarChanged(academy.pk))
    return academy
