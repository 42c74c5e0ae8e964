import datetime as dt
import html

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    ActivityFactory,
    GrantFactory,
    PersonFactory,
    PostFactory,
    ReviewFactory,
    ReviewTeamMemberFactory,
    grant,
    person,
)
from trigpoint.people.models import Grant, Person
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(client):
    """A review whose lead, a reviewer of that review alone, is signed in."""
    made = ReviewFactory.create()
    user = person(Role.REVIEWER, at=made)
    made.lead = user.person
    made.save()
    client.force_login(user)
    return made


def at(verb, row):
    return reverse(f"reviews:members-{verb}", args=[row.pk])


def text(response):
    return " ".join(html.unescape(response.content.decode()).split())


def external(review, name):
    return PersonFactory.create(trust=review.trust, name=name, kind=Person.Kind.EXTERNAL)


def panel(client, review):
    return text(client.get(reverse("reviews:reviews-show", args=[review.pk])))


def test_join_offers_reviewers_and_specialists_to_a_lead_who_sees_no_staff(client, review):
    external(review, "Ellis Extern")
    PersonFactory.create(trust=review.trust, name="Tess Teacher")
    person(Role.REVIEWER, at=ReviewFactory.create())

    form = client.get(at("join", review)).context["form"]

    names = {name for _, name in form.fields["person"].choices}
    assert names == {"Choose", review.lead.name, "Ellis Extern"}


def test_join_offers_nobody_to_a_reviewer_who_does_not_lead_and_says_who_does(client, review):
    other = person(Role.REVIEWER, at=review)
    external(review, "Ellis Extern")
    client.force_login(other)

    shown = text(client.get(at("join", review)))

    assert "Ellis Extern" not in shown
    assert f"Only the lead, {review.lead.name}" in shown


def test_join_adds_a_member_once_and_asks_who(client, review):
    someone = external(review, "Ellis Extern")

    nobody = client.post(at("join", review), {})
    joined = client.post(at("join", review), {"person": someone.pk, "conflict": "A cousin"})
    again = client.post(at("join", review), {"person": someone.pk})

    assert (nobody.status_code, joined.status_code, again.status_code) == (422, 302, 409)
    assert "Ellis Extern is on this review's team already" in text(again)
    member = review.members.get()
    assert (member.person, member.conflict) == (someone, "A cousin")
    shown = panel(client, review)
    assert "Conflict declared: A cousin" in shown
    assert at("join", review) in shown
    assert at("leave", member) in shown


def test_join_leaves_a_role_to_be_given_until_one_reaches_the_review(client, review):
    waits = "ask an administrator of the trust to give them the role of reviewer for this review."
    someone = external(review, "Ellis Extern")
    client.post(at("join", review), {"person": someone.pk})
    elsewhere = GrantFactory.create(
        person=someone, role=Role.REVIEWER, review_id=ReviewFactory.create().pk,
        ends_on=dt.date(2099, 1, 1),
    )  # fmt: skip

    assert waits in panel(client, review)
    Grant.objects.filter(pk=elsewhere.pk).update(review_id=review.pk)
    assert waits not in panel(client, review)


def test_join_leads_whoever_gives_roles_to_the_form_filled_in(client, review):
    user = person(Role.QA_LEAD, at=review.trust)
    grant(user, Role.ADMINISTRATOR, at=review.trust)
    client.force_login(user)
    member = ReviewTeamMemberFactory.create(review=review)
    PostFactory.create(person=member.person)
    link = (
        f"{reverse('people:grants-give')}?person={member.person_id}"
        f"&role=REVIEWER&where=review:{review.pk}"
    )

    assert link in panel(client, review)
    form = client.get(link).context["form"]
    assert [form[name].value() for name in ("person", "role", "where")] == [
        str(member.person_id),
        "REVIEWER",
        f"review:{review.pk}",
    ]
    given = client.post(
        link,
        {
            **{name: form[name].value() for name in ("person", "role", "where")},
            "starts_on": timezone.localdate().isoformat(),
            "ends_on": timezone.localdate().isoformat(),
            "reason": "Joins the review",
        },
    )
    assert given.status_code == 302
    assert link not in panel(client, review)


def test_leave_asks_why_and_names_what_is_still_planned(client, review):
    member = ReviewTeamMemberFactory.create(review=review, person__name="Nuala Brisco")
    activity = ActivityFactory.create(review=review, title="Year 4 lesson")
    activity.reviewers.add(member.person)

    asked = text(client.get(at("leave", member)))
    refused = client.post(at("leave", member), {"because": "On leave"})

    assert "Nuala Brisco is still planned for “Year 4 lesson”" in asked
    assert reverse("reviews:activities-schedule", args=[review.pk]) in asked
    assert refused.status_code == 409
    activity.reviewers.set([review.lead])
    assert client.post(at("leave", member), {}).status_code == 422
    assert client.post(at("leave", member), {"because": "On leave"}).status_code == 302
    assert "Nuala Brisco" not in panel(client, review).replace("Nuala Brisco left the team.", "")


def test_join_and_leave_are_not_offered_when_the_review_is_over(client, review):
    member = ReviewTeamMemberFactory.create(review=review)
    Review.objects.update(status=Review.Status.CANCELLED, cancelled_because="Snow")

    shown = panel(client, review)
    refused = client.post(at("leave", member), {"because": "On leave"})

    assert at("join", review) not in shown
    assert at("leave", member) not in shown
    assert "ask an administrator" not in shown
    assert "This review is over" in text(refused)
