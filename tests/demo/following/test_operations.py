import pytest

from trigpoint.improvement.models import Action, DevelopmentNeed, ImpactCheck
from trigpoint.improvement.needs.queries import totals
from trigpoint.judgements.models import Theme

pytestmark = pytest.mark.django_db


def test_actions_are_in_every_state(told):
    assert set(Action.objects.values_list("status", flat=True)) == {*Action.Status.values}
    late = Action.objects.filter(status__in=["OPEN", "IN_HAND"], due_on__lt=told.today)
    assert late.exists()


def test_checks_found_what_worked_and_what_did_not(told):
    outcomes = set(ImpactCheck.objects.values_list("outcome", flat=True))
    assert "WORKED" in outcomes
    assert outcomes & {"PARTLY", "DID_NOT"}


def test_needs_are_large_enough_to_show_and_small_enough_to_hide(told):
    assert Theme.objects.count() >= 5
    assert DevelopmentNeed.objects.count() > 100
    viewer = told.cast.parts["training-lead"]
    shown = [total for row in totals(viewer=viewer).rows for total in row.groups]
    assert any(total.hidden for total in shown)
    assert any(total.count >= 5 for total in shown)
