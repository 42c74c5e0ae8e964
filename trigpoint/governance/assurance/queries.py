"""The assurance table for one reader: their academies, the areas of the policy in force."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format

from trigpoint.governance.assurance import rules
from trigpoint.governance.assurance.rules import Cell, Judged, Shown, Table
from trigpoint.judgements.models import Judgement
from trigpoint.policies.models import Area, PolicyVersion
from trigpoint.reporting.models import Report
from trigpoint.trusts.models import Academy, Term

if TYPE_CHECKING:
    from trigpoint.people.models import User

ASSURES = "assurance.view"
A_TERM = timedelta(days=120)  # looked back when no term dates are known
A_YEAR = 365
LATEST_REPORTS = 8


def table(*, viewer: "User", on: date, academy_id: UUID | None = None) -> Table:
    """Return per area how good, how sure, what changed since the term began and what is unknown.

    Four queries however much history there is: the latest judgement of each cell is found on the
    index by academy and area, never by reading all of them. The school's own judgements are left
    out: the table says what others have seen. On each of the two days it is what stood then, so
    that a table made again shows what the body had in front of it.

    Args:
        viewer: who asks; a local governor gets their own academy's table.
        on: the day it is for.
        academy_id: one academy only; one out of the viewer's reach gives an empty table.

    """
    areas = list(
        Area.objects.visible_to(viewer)
        .filter(version__status=PolicyVersion.Status.IN_FORCE)
        .select_related("version")
        .order_by("position", "id")
    )
    since = _since(viewer, on)
    academies = _picked(_academies(viewer, on, academy_id), areas, on=on, since=since)
    judged = _judged(academies, areas)
    rows, changes = [], []
    for place, area in enumerate(areas):
        cells = [
            Cell(academy.name, *(judged.get(getattr(academy, f"{when}_{place}")) for when in WHEN))
            for academy in academies
        ]
        days = int(area.version.settings.get("strength", {}).get("max_age_days", A_YEAR))
        rows.append(rules.row(area.name, area.lineage, cells, on=on, max_age_days=days))
        changes += rules.changes(area.name, cells)
    return Table(
        on=date_format(on, "j F Y"),
        since=date_format(since, "j F"),
        academies=len(academies),
        rows=tuple(rows),
        changes=tuple(sorted(changes, key=lambda change: change.better)),
    )


WHEN = ("now", "before")


def _academies(viewer: "User", on: date, academy_id: UUID | None) -> "QuerySet[Academy]":
    found = Academy.objects.filter(
        viewer.access.where(ASSURES, academy="id"), Q(closed_on=None) | Q(closed_on__gt=on)
    )
    return found.filter(pk=academy_id) if academy_id else found


def _since(viewer: "User", on: date) -> date:
    """Return the first day of the term the day is in or follows."""
    started = Term.objects.filter(trust=viewer.trust_id, starts_on__lte=on)
    last = started.order_by("-starts_on", "id").values_list("starts_on", flat=True).first()
    return last or on - A_TERM


def _picked(
    academies: "QuerySet[Academy]", areas: Iterable[Area], *, on: date, since: date
) -> list[Academy]:
    """Read the academies, each with the ids of its latest judgements now and before the term."""
    picks = {}
    for place, area in enumerate(areas):
        picks[f"now_{place}"] = _latest(area, Q(stands_from__lte=on))
        picks[f"before_{place}"] = _latest(area, Q(stands_from__lt=since))
    return list(academies.annotate(**picks).order_by("name", "id"))


def _latest(area: Area, when: Q) -> Coalesce:
    """The latest judgement of the whole area; failing that, the weakest of its standards."""
    found = Judgement.objects.filter(
        when,
        academy=OuterRef("pk"),
        area__in=Area.objects.filter(trust=area.trust_id, lineage=area.lineage).values("pk"),
        perspective__in=[Judgement.Perspective.TRUST, Judgement.Perspective.EXTERNAL],
    )
    whole = found.filter(standard=None).order_by("-made_on", "-created_at", "id")
    parts = found.exclude(standard=None).order_by("-made_on", F("level__rank").desc(), "id")
    return Coalesce(Subquery(whole.values("pk")[:1]), Subquery(parts.values("pk")[:1]))


def _judged(academies: Iterable[Model], areas: list[Area]) -> dict[UUID | None, Judged]:
    wanted = {
        getattr(academy, f"{when}_{place}")
        for academy in academies
        for place in range(len(areas))
        for when in WHEN
    }
    rows = Judgement.objects.filter(pk__in=wanted - {None}).values_list(
        "pk", "level__mark", "level__label", "strength", "made_on", "perspective", "valid_until"
    )
    return {
        pk: Judged(Shown(mark, label), strength, made_on, perspective, valid_until)
        for pk, mark, label, strength, made_on, perspective, valid_until in rows
    }


def final_reports(*, viewer: "User", academy_id: UUID | None = None) -> "QuerySet[Report]":
    """Return the latest final reports one may read."""
    found = Report.objects.visible_to(viewer).filter(status=Report.Status.FINAL)
    if academy_id:
        found = found.filter(academy=academy_id)
    return found.select_related("academy", "review").order_by("-finalised_at", "id")[
        :LATEST_REPORTS
    ]
