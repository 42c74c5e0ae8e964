"""Actions as JSON: the same register and the same rules as the screens."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from trigpoint.improvement.actions import queries
from trigpoint.improvement.actions.models import Action
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.web.endpoints import endpoint
from trigpoint.web.paging import Pages

PAGE_SIZE = 50
router = Router(tags=["actions"])


class ActionOut(Schema):
    """An action. ``done_on`` and ``outcome`` are separate facts; an empty outcome is not checked."""

    id: UUID
    academy_id: UUID
    finding_id: UUID
    owner_id: UUID
    title: str
    success_criterion: str
    status: str
    due_on: date
    check_due_on: date
    done_on: date | None
    outcome: str
    closed_on: date | None


@router.get("", response=list[ActionOut], url_name="actions-index")
@paginate(Pages, page_size=PAGE_SIZE)
@endpoint(Capability.ACTION_VIEW)
def index(request: SignedInRequest, show: str = "") -> QuerySet[Action]:
    """List actions, the most pressing first; ``show`` is open, stuck, check, check_late or mine."""
    return queries.register(viewer=request.user, on=timezone.localdate(), show=show)


@router.get("{uuid:action_id}", response=ActionOut, url_name="actions-show")
@endpoint(Capability.OWN_VIEW)
def show(request: SignedInRequest, action_id: UUID) -> Action:
    """Return one action."""
    return get_object_or_404(Action.objects.visible_to(request.user), pk=action_id)
