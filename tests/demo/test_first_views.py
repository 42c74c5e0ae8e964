"""The first page somebody sees in a session stays within its budget of queries, on the demo."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trigpoint.insight.teams import queries as teams
from trigpoint.people.models import User
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Academy

pytestmark = pytest.mark.django_db
MOST, MOST_ON_THE_OVERVIEW = 12, 15


def somebody(role):
    return User.objects.filter(person__grants__role=role).order_by("created_at", "id").first()


def newest(status):
    return Review.objects.filter(status=status).order_by("-fieldwork_starts_on", "id").first()


def addresses():
    """Give each main screen its address, and who opens it first."""
    lead, staff, trustee = Role.QA_LEAD, Role.STAFF, Role.TRUSTEE
    leader = somebody(Role.TEAM_LEADER)
    academy = Academy.objects.order_by("name").first()
    corroborating = newest(Review.Status.CORROBORATING) or newest(Review.Status.CLOSED)
    return {
        "academy": (lead, reverse("insight:overviews-academy", args=[academy.pk])),
        "team": (
            Role.TEAM_LEADER,
            reverse("insight:teams-show", args=[teams.mine(viewer=leader).first().pk]),
        ),
        "my practice": (staff, reverse("insight:practice-show")),
        "policy": (staff, reverse("policies:versions-show")),
        "reviews": (lead, reverse("reviews:reviews-index")),
        "workspace": (lead, reverse("reviews:reviews-show", args=[corroborating.pk])),
        "corroborate": (lead, reverse("judgements:claims-index", args=[corroborating.pk])),
        "evidence": (lead, reverse("evidence:room-index")),
        "findings": (lead, reverse("judgements:findings-index")),
        "reports": (lead, reverse("reporting:reports-index")),
        "actions": (lead, reverse("improvement:actions-index")),
        "needs": (lead, reverse("improvement:needs-index")),
        "good practice": (staff, reverse("improvement:practices-index")),
        "assurance": (trustee, reverse("governance:assurance-show")),
    }


def first_view(role, url):
    client = Client()
    client.force_login(somebody(role))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


def test_the_overview_opens_in_fifteen_queries(told):
    asked = first_view(Role.QA_LEAD, reverse("insight:overviews-trust"))

    assert len(asked) <= MOST_ON_THE_OVERVIEW, "\n".join(asked)


def test_main_screens_open_in_twelve_queries(told):
    over = {
        name: len(asked)
        for name, (role, url) in addresses().items()
        if len(asked := first_view(role, url)) > MOST
    }

    assert not over


@pytest.mark.parametrize("role", Role)
def test_every_role_lands_on_a_page_that_opens(told, role):
    client = Client()
    client.force_login(somebody(role))

    assert client.get("/", follow=True).status_code == 200
