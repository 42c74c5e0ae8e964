import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.factories import AcademyFactory, NoticeFactory, person
from trigpoint.people.models import Notice, Preference
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
INDEX, MAIL = "/people/notices/", "/people/notices/mail/"


@pytest.fixture
def reader(client):
    user = person(Role.STAFF, at=AcademyFactory.create())
    client.force_login(user)
    return user


def test_index_lists_ones_own_by_day_newest_first(client, reader):
    evening = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)  # 2 July in London
    for day, words in ((evening, "Second of July"), (evening.replace(day=3, hour=9), "Third")):
        NoticeFactory.create(person=reader.person, sentence=words, made_at=day)
    NoticeFactory.create(sentence="Somebody else’s")

    text = client.get(INDEX).content.decode()

    order = [text.index(words) for words in ("3 July", "Third", "2 July", "Second of July")]
    assert order == sorted(order)
    assert "Somebody else" not in text


def test_index_says_what_to_do_when_there_is_nothing(client, reader):
    assert "No notices yet" in client.get(INDEX).content.decode()

    NoticeFactory.create(person=reader.person, seen_at="2026-01-01T00:00Z")

    assert "You have seen all your notices." in client.get(INDEX, {"show": "new"}).content.decode()


def test_index_costs_the_same_however_long_it_is(reader, assert_flat):
    assert_flat(INDEX, add_row=lambda: NoticeFactory.create(person=reader.person), at_most=10)


def test_index_and_every_page_count_what_is_new(client, reader):
    NoticeFactory.create_batch(2, person=reader.person)
    NoticeFactory.create(person=reader.person, seen_at="2026-01-01T00:00Z")
    NoticeFactory.create()

    said = client.get("/people/account/").content.decode()

    assert "Notices, 2 new" in said


def test_see_leads_to_the_page_and_is_new_no_more(client, reader):
    notice = NoticeFactory.create(person=reader.person, address="/people/roles/")

    answer = client.get(reverse("people:notices-see", args=[notice.pk]))

    assert answer.url == "/people/roles/"
    assert "1 new" not in client.get("/people/account/").content.decode()


def test_see_of_somebody_elses_is_not_found(client, reader):
    notice = NoticeFactory.create()

    assert client.get(reverse("people:notices-see", args=[notice.pk])).status_code == 404
    notice.refresh_from_db()
    assert notice.seen_at is None


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_see_never_leads_to_another_site(reader, address):
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory.create(person=reader.person, address=address)


def test_see_all_marks_ones_own(client, reader):
    mine, other = NoticeFactory.create(person=reader.person), NoticeFactory.create()

    answer = client.post("/people/notices/see-all/", follow=True)

    assert "All notices are marked as seen." in answer.content.decode()
    assert list(Notice.objects.filter(seen_at=None)) == [other]
    assert Notice.objects.get(pk=mine.pk).seen_at


def test_choose_preference_shows_what_holds_and_keeps_what_is_chosen(client, reader):
    before = client.get(MAIL).content.decode()

    answer = client.post(MAIL, {"how": "WEEKLY"}, follow=True)
    refused = client.post(MAIL, {"how": "HOURLY"})

    assert reader.email in before
    assert 'value="DAILY"' in before
    assert "once a week" in answer.content.decode()
    assert refused.status_code == 422
    assert Preference.objects.get(person=reader.person).how == "WEEKLY"
