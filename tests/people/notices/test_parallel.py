"""Many workers at once send a letter once, and the same told by two at once is told once."""

import datetime as dt

import pytest

from tests.factories import NoticeFactory, UserFactory
from tests.mail import Postbox, free_port, serving, through
from tests.parallel import HANDS, all_at_once
from trigpoint.people.models import Letter, Notice
from trigpoint.people.notices import operations
from trigpoint.people.notices.operations import News

NOW = dt.datetime(2025, 11, 12, 9, tzinfo=dt.UTC)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_deliver_at_once_sends_each_letter_once():
    users = [UserFactory.create() for _ in range(3)]
    for user in users:
        NoticeFactory.create_batch(2, person=user.person)
    port, postbox = free_port(), Postbox()
    people = [user.person_id for user in users]

    with serving(postbox, port), through(port):
        all_at_once([lambda: operations.deliver(person_ids=people, at=NOW)] * HANDS)

    assert sorted(to for [to], _ in postbox.letters) == sorted(user.email for user in users)
    assert Letter.objects.filter(sent_at=NOW).count() == Letter.objects.count() == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_tell_at_once_tells_once():
    user = UserFactory.create()
    news = News(kind=Notice.Kind.ACTION, sentence="It is yours.", address="/", once_key="one")

    all_at_once([lambda: operations.tell([user.person], news, at=NOW)] * HANDS)

    assert Notice.objects.count() == 1
