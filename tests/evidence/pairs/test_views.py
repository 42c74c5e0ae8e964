import pytest
from django.urls import reverse

from tests.factories import (
    ActivityFactory,
    EarlierVersionFactory,
    EvidenceRecordFactory,
    InstrumentVersionFactory,
    LookForFactory,
    LookForMarkFactory,
    PersonFactory,
    ReviewFactory,
    person,
)
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
FORM = {
    "sections": [
        {"title": "Seen", "questions": [{"key": "calm", "type": "yes_no", "label": "Was it calm?"}]}
    ]
}


def reviewer(trust, name):
    user = person(Role.REVIEWER, at=trust)
    user.person.name = name
    user.person.save()
    return user


class World:
    """A paired visit of Nuala, who has handed in, and Simone, who has not; the QA lead looks."""

    def __init__(self, client):
        self.review = ReviewFactory.create()
        self.lead = person(Role.QA_LEAD, at=self.review.trust)
        self.nuala, self.simone = (
            reviewer(self.review.trust, name) for name in ("Nuala Brisco", "Simone Achebe")
        )
        self.form = InstrumentVersionFactory.create(
            instrument__trust=self.review.trust, content=FORM
        )
        self.visit = self.pair()
        self.first = self.record(self.nuala, blind_to=self.simone.person, answers={"calm": True})
        client.force_login(self.lead)

    def pair(self):
        """Plan a paired visit of the two."""
        visit = ActivityFactory.create(
            review=self.review, instrument_version=self.form, is_paired=True, status="DONE"
        )
        visit.reviewers.add(self.nuala.person, self.simone.person)
        return visit

    def record(self, by, **facts):
        """Hand in a record of the visit."""
        return EvidenceRecordFactory.create(
            review=self.review, activity=self.visit, instrument_version=self.form,
            author=by.person, **{"submitted": True, **facts},
        )  # fmt: skip

    def url(self, verb="show"):
        """Return the address of the pair."""
        return reverse(f"evidence:pairs-{verb}", args=[self.visit.pk])


@pytest.fixture(name="world")
def _world(client):
    return World(client)


def text(answer):
    return " ".join(answer.content.decode().split())


def test_index_lists_the_pairs_of_a_review_and_how_far_they_are(client, world):
    answer = client.get(reverse("evidence:pairs-index", args=[world.review.pk]))

    assert "Nuala Brisco, Simone Achebe" in text(answer)
    assert "One handed in" in text(answer)


def test_index_costs_the_same_however_long_it_is(client, world, assert_flat):
    assert_flat(
        reverse("evidence:pairs-index", args=[world.review.pk]), add_row=world.pair, at_most=14
    )


def test_show_says_whom_it_waits_for_and_offers_to_open_it(client, world):
    said = text(client.get(world.url()))

    assert "Still to hand in: Simone Achebe" in said
    assert world.url("open_pair") in said
    assert "Where they agree" not in said


def test_show_gives_the_waiting_observer_neither_the_record_nor_a_way_to_open_it(client, world):
    client.force_login(world.simone)

    said = text(client.get(world.url()))

    assert world.first.title not in said
    assert world.url("open_pair") not in said
    assert client.get(reverse("evidence:entries-show", args=[world.first.pk])).status_code == 404


def test_show_sets_both_accounts_side_by_side_once_both_are_there(client, world):
    second = world.record(world.simone, answers={"calm": False})
    world.first.blind_to = None
    world.first.save()
    look_for = LookForFactory.create(text="Pupils read aloud.", standard__area__version__policy__trust=world.review.trust)  # fmt: skip
    for record, seen in ((world.first, "SEEN"), (second, "PARTLY")):
        LookForMarkFactory.create(record=record, look_for=look_for, seen=seen)
    EarlierVersionFactory.create(record=second)
    client.force_login(world.simone)

    said = text(client.get(world.url()))

    assert "Of 2 things both said something about: <strong>0 the same</strong>, 1 a step apart, 1 different" in said  # fmt: skip
    assert "Pupils read aloud." in said
    assert "Was it calm?" in said
    assert "no coefficient" in said
    assert "Corrected since" in said


def test_show_tells_a_head_nothing_of_what_is_not_shared_with_them(client, world):
    second = world.record(world.simone)
    world.first.blind_to = None
    world.first.save()
    client.force_login(person(Role.HEADTEACHER, at=world.review.academy))

    said = text(client.get(world.url()))

    assert world.first.title not in said
    assert second.title not in said
    assert "once their authors have shared them" in said


def test_show_of_a_visit_that_is_not_paired_is_not_there(client, world):
    other = ActivityFactory.create(review=world.review)
    other.reviewers.add(PersonFactory.create(trust=world.review.trust))

    assert client.get(reverse("evidence:pairs-show", args=[other.pk])).status_code == 404


def test_open_pair_asks_why_and_shows_the_reason(client, world):
    empty = client.post(world.url("open_pair"), {"because": ""})
    answer = client.post(world.url("open_pair"), {"because": "Simone is ill."}, follow=True)

    assert empty.status_code == 422
    assert "Opened before both had handed in" in text(answer)
    assert "Simone is ill." in text(answer)
    client.force_login(world.simone)
    assert client.get(reverse("evidence:entries-show", args=[world.first.pk])).status_code == 200


def test_open_pair_is_refused_to_one_of_the_two_with_the_way_round(client, world):
    client.force_login(world.simone)

    answer = client.post(world.url("open_pair"), {"because": "I want to see."})

    assert answer.status_code == 409
    assert "You are one of the two" in text(answer)


def test_record_of_a_pair_says_that_it_waits_and_links_both(client, world):
    said = text(client.get(reverse("evidence:entries-show", args=[world.first.pk])))

    assert "the other observer reads this once they have handed in theirs" in said
    assert world.url() in said
    listed = text(client.get(reverse("evidence:room-index", args=[world.review.pk])))
    assert reverse("evidence:pairs-index", args=[world.review.pk]) in listed
