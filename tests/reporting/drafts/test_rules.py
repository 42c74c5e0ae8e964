"""When a draft can be assembled."""

import pytest

from tests.factories import ReviewFactory, person
from trigpoint.people.roles import Role
from trigpoint.reporting.drafts import rules
from trigpoint.reporting.drafts.rules import Readiness
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("review", "ready", "why"),
    [
        pytest.param("REPORTING", Readiness(1), "", id="ready"),
        pytest.param("CORROBORATING", Readiness(0), "No claim is agreed", id="nothing agreed"),
        pytest.param(
            "CORROBORATING",
            Readiness(2, ("3", "1.2")),
            "contradicts claim 3, 1.2",
            id="contradicted",
        ),
        pytest.param("FIELDWORK", Readiness(1), "Finish fieldwork", id="too soon"),
        pytest.param("REPORTING", Readiness(1, (), "FINAL"), "final and locked", id="final"),
    ],
)
def test_may_assemble_says_what_is_in_the_way(review, ready, why):
    under_way = ReviewFactory.create(status=Review.Status[review])

    verdict = rules.may_assemble(person(Role.QA_LEAD, at=under_way.trust), under_way, ready)

    assert bool(verdict) == (why == "")
    assert why in verdict.reason
