import pytest
from django.urls import reverse

from tests.factories import LineOfEnquiryFactory, StandardFactory, person
from trigpoint.people.roles import Role
from trigpoint.reviews.models import LineOfEnquiry, Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(client):
    made = LineOfEnquiryFactory.create(question="Do they catch up?", wanted={"LESSON_VISIT": 4})
    client.force_login(person(Role.QA_LEAD, at=made.review.trust))
    return made


@pytest.fixture
def standard(line):
    made = StandardFactory.create(area__version=line.review.policy_version)
    line.review.areas.add(made.area)
    return made


def at(verb, line):
    return reverse(f"reviews:lines-{verb}", args=[line.pk])


def test_reword_starts_from_what_is_written_and_changes_it(client, line, standard):
    listed = client.get(reverse("reviews:reviews-ask", args=[line.review_id])).content.decode()
    form = client.get(at("reword", line)).context["form"]
    counts = {field.name: field.initial for field in form.kind_fields}
    said = {
        **counts,
        "question": "Who catches up?",
        "standards": [standard.pk],
        "base_revision": form["base_revision"].value(),
    }

    client.post(at("reword", line), said)
    stale = client.post(at("reword", line), {**said, "question": "Why not?"})

    line.refresh_from_db()
    assert at("reword", line) in listed
    assert at("drop", line) in listed
    assert (line.question, line.wanted) == ("Who catches up?", {"LESSON_VISIT": 4})
    assert stale.status_code == 409
    assert "Who catches up?" in stale.content.decode()


def test_drop_asks_first(client, line):
    assert "Drop this line of enquiry?" in client.get(at("drop", line)).content.decode()

    answer = client.post(at("drop", line))

    assert answer.url == reverse("reviews:reviews-ask", args=[line.review_id])
    assert not LineOfEnquiry.objects.exists()


def test_drop_is_refused_in_words_once_fieldwork_has_started(client, line):
    Review.objects.update(status=Review.Status.FIELDWORK)

    assert "Fieldwork has started" in client.get(at("drop", line)).content.decode()
    assert client.post(at("drop", line)).status_code == 409
    asked = client.get(reverse("reviews:reviews-ask", args=[line.review_id])).content.decode()
    assert at("drop", line) not in asked
