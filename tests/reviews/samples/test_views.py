import pytest
from django.urls import reverse

from tests.factories import AcademyFactory, ReviewFactory, SampleFactory, TeamFactory, person
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Sample
from trigpoint.reviews.reviews.rules import may_view

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(client):
    review = ReviewFactory.create(academy__age_from=7, academy__age_to=9, subjects="English")
    TeamFactory.create(academy=review.academy, subject="Mathematics")
    client.force_login(person(Role.QA_LEAD, at=review.trust))
    return review


def url(verb, review):
    return reverse(f"reviews:samples-{verb}", args=[review.pk])


def said(review, **changes):
    return {
        "kind": "LESSON_VISIT",
        "count": "3",
        "subjects": ["English", "Mathematics"],
        "year_groups": ["Year 3", "Year 4"],
        "observers": [str(review.lead.pk)],
        "seed": "12",
    } | changes


def test_draw_offers_what_is_taught_and_keeps_the_draw(client, review):
    page = client.get(url("draw", review)).content.decode()

    answer = client.post(url("draw", review), said(review))

    sample = Sample.objects.get()
    assert "Mathematics" in page
    assert "Year 4" in page
    assert answer.url == url("index", review)
    assert (sample.seed, len(sample.drawn)) == (12, 3)


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"count": "5"}, 409),
        ({"count": "0"}, 422),
        ({"subjects": []}, 422),
        ({"year_groups": ["Year 13"]}, 422),
        ({"observers": []}, 422),
        ({"seed": "x"}, 422),
    ],
)
def test_draw_refuses_in_the_form(client, review, wrong, status):
    assert client.post(url("draw", review), said(review, **wrong)).status_code == status
    assert not Sample.objects.exists()


def test_index_shows_what_was_drawn_and_what_is_left_unseen(client, review):
    SampleFactory.create(review=review)

    page = client.get(url("index", review)).content.decode()

    assert "Seed 1852" in page
    assert review.lead.name in page
    unseen = page[page.index("Left unseen") :]
    assert "Mathematics" in unseen
    assert "English" in unseen


def test_index_leads_to_a_timetable_form_that_is_filled_in(client, review):
    SampleFactory.create(review=review)
    there = reverse("reviews:activities-schedule", args=[review.pk])

    page = client.get(url("index", review)).content.decode()
    form = client.get(f"{there}?kind=LESSON_VISIT&year=Year+3&subject=English").context["form"]

    assert f"{there}?kind=LESSON_VISIT&amp;year=Year%203&amp;subject=English" in page
    assert form["title"].value() == "Year 3 English"
    assert form["year_groups"].value() == "Year 3"


def test_index_without_a_draw_says_what_to_do(client, review):
    assert "Nothing drawn yet" in client.get(url("index", review)).content.decode()


def test_index_costs_the_same_however_many(client, review, assert_flat):
    assert_flat(
        url("index", review), add_row=lambda: SampleFactory.create(review=review), at_most=12
    )


@pytest.mark.parametrize("role", Role)
def test_view_rule_and_list_agree(role):
    academy = AcademyFactory.create()
    for place in (academy, AcademyFactory.create(trust=academy.trust), AcademyFactory.create()):
        SampleFactory.create(review__academy=place)

    for place in (academy, academy.trust):
        viewer = person(role, at=place)
        listed = set(Sample.objects.visible_to(viewer))
        assert listed == {it for it in Sample.objects.all() if may_view(viewer, it.review)}
