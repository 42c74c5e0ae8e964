"""The page a trustee opens: are we assured?"""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from trigpoint.governance.assurance import queries, rules
from trigpoint.governance.cells.rules import SHOWS
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.policies.crosswalks.queries import view_as
from trigpoint.policies.crosswalks.rules import Held, seen
from trigpoint.policies.standards.queries import areas_and_breaks
from trigpoint.policies.versions.rules import is_review_overdue
from trigpoint.web.screens import page, screen


@screen(Capability.ASSURANCE_VIEW)
def show(request: SignedInRequest) -> HttpResponse:
    """Show per area how good and how sure, what changed, what is not known and what to ask."""
    today = timezone.localdate()
    policy = areas_and_breaks(viewer=request.user)
    table = queries.table(viewer=request.user, on=today, policy=policy)
    version = policy[0][0].version if policy[0] else None
    everything = request.GET.get("changes") == "all"
    view = view_as(viewer=request.user, wanted=request.GET.get("as", ""))
    context = {
        "table": table,
        "view": view,
        "seen": seen(view.items, _held(table)),
        "changes": table.changes if everything else table.shown_changes,
        "more_changes": 0 if everything else table.more_changes,
        "overdue_policy": version if version and is_review_overdue(version, on=today) else None,
        "verdict": rules.verdict(table),
        "unknowns": rules.unknowns(table)[: rules.SHOWN_CHANGES],
        "questions": rules.questions(table),
        "reports": queries.final_reports(viewer=request.user),
    }
    return page(request, "governance/assurance/show.html", context)


def _held(table: rules.Table) -> dict[str, Held]:
    """Return each row of the table, to be read through an outside framework."""
    return {
        row.lineage: Held(
            row.level,
            row.strength,
            reverse("governance:assurance-area", args=[row.lineage]),
            scale=row.scale,
            is_judged=row.judged > 0,
        )
        for row in table.rows
    }


@screen(Capability.ASSURANCE_VIEW)
def area(request: SignedInRequest, area_lineage: str) -> HttpResponse:
    """List the academies behind one row of the table, each with the judgement it counts."""
    show = request.GET.get("show", "")
    listing = queries.listing(
        viewer=request.user, on=timezone.localdate(), lineage=area_lineage, show=show
    )
    if listing is None:
        raise Http404
    chips = [(it.level.code, it.level.label, it.count) for it in listing.levels]
    chips += [(name, words, listing.counts[name]) for name, words in SHOWS.items()]
    context = {
        "listing": listing,
        "show": show,
        "chips": [chip for chip in chips if chip[2] or chip[0] == show],
    }
    return page(request, "governance/assurance/area.html", context)
