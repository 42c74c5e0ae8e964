"""The page a trustee opens: are we assured?"""

from django.http import HttpResponse
from django.utils import timezone

from trigpoint.governance.assurance import queries, rules
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.web.screens import page, screen


@screen(Capability.ASSURANCE_VIEW)
def show(request: SignedInRequest) -> HttpResponse:
    """Show per area how good and how sure, what changed, what is not known and what to ask."""
    table = queries.table(viewer=request.user, on=timezone.localdate())
    context = {
        "table": table,
        "verdict": rules.verdict(table),
        "unknowns": rules.unknowns(table)[: rules.SHOWN_CHANGES],
        "questions": rules.questions(table),
        "reports": queries.final_reports(viewer=request.user),
    }
    return page(request, "governance/assurance/show.html", context)
