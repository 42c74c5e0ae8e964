"""My practice."""

from django.http import HttpResponse
from django.utils import timezone

from trigpoint.improvement.needs import queries as needs
from trigpoint.insight.practice import queries
from trigpoint.people.accounts import queries as accounts
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reviews.models import Activity
from trigpoint.web.screens import page, screen


@screen(Capability.MY_PRACTICE)
def show(request: SignedInRequest) -> HttpResponse:
    """Show who comes and when, what was written about one's work, and one useful next step."""
    today, now = timezone.localdate(), timezone.now()
    own_needs = list(needs.own(viewer=request.user))
    feedback = list(queries.feedback(viewer=request.user))
    ahead = list(queries.next_visits(viewer=request.user, at=now))
    context = {
        "person": request.user.person,
        "next_step": own_needs[0] if own_needs else None,
        "needs": own_needs[1:],
        "feedback": feedback,
        "unread": sum(
            not any(reply.author_id == request.user.person_id for reply in record.replies.all())
            for record in feedback
        ),
        "visits": [visit for visit in ahead if visit.status == Activity.Status.PLANNED],
        "called_off": [visit for visit in ahead if visit.status == Activity.Status.OFF],
        "budget": queries.budget(viewer=request.user, at=now),
        "findings": queries.findings(viewer=request.user),
        "actions": queries.own_actions(viewer=request.user),
        "watchers": accounts.watchers(viewer=request.user, on=today),
        "today": today,
    }
    return page(request, "insight/practice/show.html", context)
