"""The page of the year."""

from django.http import HttpResponse
from django.utils import timezone

from trigpoint.people.models import User
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.policies.versions import queries as versions
from trigpoint.policies.versions import rules as version_rules
from trigpoint.reviews.charts import queries, rules
from trigpoint.reviews.charts.queries import Drawn
from trigpoint.reviews.programme import queries as programmes
from trigpoint.reviews.programme import rules as programme_rules
from trigpoint.reviews.programme.models import Programme
from trigpoint.reviews.promises.rules import label
from trigpoint.trusts.models import AcademicYear
from trigpoint.web.screens import page, screen

MOST_SAID = 3  # clashes and overdue reviews named on the page; the rest are counted


@screen(Capability.PROGRAMME_VIEW)
def show(request: SignedInRequest) -> HttpResponse:
    """Show the year: what is held, agreed, proposed and missing, and what it costs whom."""
    today, trust = timezone.localdate(), request.user.person.trust
    year = _year(request)
    context: dict[str, object] = {"trust": trust, "year": year}
    if year is None:
        return page(request, "reviews/charts/show.html", context)
    programme = programmes.programmes(viewer=request.user).filter(year=year).first()
    term = _term(request)
    found = queries.drawn(year, programme, viewer=request.user, on=today, term=term)
    at = timezone.now()
    context |= {
        "programme": programme,
        "is_working": programme_rules.is_being_proposed(programme, at=at),
        "years": _years(request),
        "may_propose": programme_rules.may_propose(
            request.user, year, asked_at=programme.asked_at if programme else None, at=at
        ),
        "kinds": [(letter, label(kind)) for kind, letter in rules.LETTERS.items()],
        "visit_budget": trust.visit_budget_count,
        **(_said(found, programme, term, viewer=request.user) if found else {}),
    }
    return page(request, "reviews/charts/show.html", context, fragment="chart")


def _said(
    found: Drawn, programme: Programme | None, term: int | None, *, viewer: User
) -> dict[str, object]:
    rows = found.chart.rows
    return {
        "drawn": found,
        "chart": found.chart,
        "version": found.gathered.version,
        "asked_for": sum(found.counts.values()) + len(found.waiting),
        "to_plan": found.counts[rules.LATE] + len(found.waiting),
        "overdue": found.overdue[:MOST_SAID],
        "overdue_count": len(found.overdue),
        "more_overdue": max(0, len(found.overdue) - MOST_SAID),
        "clashes": found.clashes[:MOST_SAID],
        "clash_count": len(found.clashes),
        "over": sorted((row for row in rows if row.is_over), key=lambda row: -row.hours),
        "promises": version_rules.promises(versions.cadence(found.gathered.version, viewer=viewer)),
        "unplaced": rules.seen_of(programme.unplaced if programme else [], found.gathered.year),
        "terms": rules.terms_to_show(found.gathered.year.terms),
        "term": "" if term is None else str(term),
    }


def _years(request: SignedInRequest) -> list[AcademicYear]:
    found = AcademicYear.objects.visible_to(request.user)
    return list(found.order_by("-starts_on", "id"))


def _year(request: SignedInRequest) -> AcademicYear | None:
    """Return the year that was asked for by its name, or the one that runs."""
    asked = AcademicYear.objects.visible_to(request.user).filter(name=request.GET.get("year", ""))
    running = programmes.system_school_year(request.user.trust_id, on=timezone.localdate())
    return asked.first() or running


def _term(request: SignedInRequest) -> int | None:
    asked = request.GET.get("term", "")
    return int(asked) if asked.isdecimal() and int(asked) < 10 else None  # noqa: PLR2004 -- terms
