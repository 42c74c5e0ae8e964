import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories import NoticeFactory, PersonFactory, PreferenceFactory, UserFactory
from tests.mail import Postbox, free_port, serving, through
from tests.queue import queued, work
from trigpoint.people.models import Letter, Notice, Preference, User
from trigpoint.people.notices import operations, tasks
from trigpoint.people.notices.operations import News
from trigpoint.records.refusals import Refused

NOW = dt.datetime(2025, 11, 12, 9, tzinfo=dt.UTC)
How = Preference.How
NEWS = News(
    kind=Notice.Kind.ACTION,
    sentence="An action is yours to do, by 3 March 2026.",
    address="/improvement/actions/",
    once_key="action:1",
)


@pytest.fixture
def reader(transactional_db):
    """Somebody who signs in and wants mail at once."""
    return at_once("reader@trust.example")


def at_once(email):
    user = UserFactory.create(person__email=email)
    PreferenceFactory.create(person=user.person, how=How.AT_ONCE)
    return user


def tell(*users, **more):
    news = News(**{**{name: getattr(NEWS, name) for name in NEWS.__slots__}, **more})
    operations.tell([user.person for user in users], news, at=timezone.now())


def make_due():
    """Let the time until the next try go by."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


@pytest.mark.django_db
def test_tell_makes_one_notice_for_each_person_and_none_twice():
    one, other, doer = (UserFactory.create() for _ in range(3))
    everybody = [one.person, other.person, doer.person]

    operations.tell(everybody, NEWS, at=NOW, besides=doer)
    operations.tell(everybody, NEWS, at=NOW, besides=doer)

    made = Notice.objects.all()
    assert {notice.person for notice in made} == {one.person, other.person}
    assert made.count() == 2
    assert queued() == []  # once a day is what they get unless they chose


@pytest.mark.django_db(transaction=True)
def test_tell_leaves_nothing_behind_when_its_cause_is_rolled_back():
    user = at_once("reader@trust.example")

    def cause():
        with transaction.atomic():
            tell(user)
            message = "the cause did not come about"
            raise ValueError(message)

    with pytest.raises(ValueError, match="did not come about"):
        cause()

    assert not Notice.objects.exists()
    assert queued() == []


def test_a_letter_arrives_once_and_says_nothing_about_anybody(reader):
    port, postbox = free_port(), Postbox()

    with serving(postbox, port), through(port):
        tell(reader)
        tell(reader, once_key="action:2", sentence="Another action is yours to do.")
        work()
        tell(reader)
        work()

    [(to, letter)] = postbox.letters
    notices = Notice.objects.filter(person=reader.person)
    text = letter.get_body(("plain",)).get_content()
    markup = letter.get_body(("html",)).get_content()
    assert to == ["reader@trust.example"]
    assert letter["Subject"] == "Trigpoint: 2 new notices"
    assert reader.person.name not in letter.as_string()
    assert all(f"https://qa.trust.example/people/notices/{it.pk}/" in text for it in notices)
    assert all(f"https://qa.trust.example/people/notices/{it.pk}/" in markup for it in notices)
    assert "https://qa.trust.example/people/notices/mail/" in text
    assert letter["Message-ID"] == f"<{Letter.objects.get().pk}@qa.trust.example>"
    assert letter["Auto-Submitted"] == "auto-generated"


def test_a_letter_waits_while_the_server_is_away_and_then_arrives_once(reader):
    port, postbox = free_port(), Postbox()

    with through(port):
        tell(reader)
        work()
        waiting = DBTaskResult.objects.get(status="READY")
        first_pause = waiting.run_after - timezone.now()
        make_due()
        work()
        second_pause = DBTaskResult.objects.get(status="READY").run_after - timezone.now()
        assert Letter.objects.get().sent_at is None
        with serving(postbox, port):
            make_due()
            work()
            make_due()
            work()

    assert dt.timedelta(seconds=50) < first_pause < second_pause
    assert postbox.subjects_to("reader@trust.example") == ["Trigpoint: 1 new notice"]
    assert Letter.objects.get().sent_at is not None
    assert queued() == []


def test_a_server_that_refuses_for_now_gets_the_letter_later(reader):
    port, postbox = free_port(), Postbox()
    postbox.refuses = {"*": "451 Try again later"}

    with serving(postbox, port), through(port):
        tell(reader)
        work()
        postbox.refuses = {}
        make_due()
        work()

    assert postbox.refused == 1
    assert len(postbox.letters) == 1


def test_one_refused_address_holds_up_nobody_else(transactional_db):
    users = [at_once(f"{name}@trust.example") for name in ("ann", "ben", "cy")]
    port, postbox = free_port(), Postbox()
    postbox.refuses = {"ben@trust.example": "550 No such user"}

    with serving(postbox, port), through(port):
        tell(*users)
        work()
        make_due()
        work()

    counts = {user.email[0]: len(postbox.subjects_to(user.email)) for user in users}
    assert counts == {"a": 1, "b": 0, "c": 1}
    assert queued("deliver") == [[[str(users[1].person_id)]]]


def test_one_impossible_address_holds_up_nobody_else(transactional_db):
    wrong, right = at_once("ann@trust.example"), at_once("ben@trust.example")
    User.objects.filter(pk=wrong.pk).update(email="ann@trust.example, eve@trust.example")
    port, postbox = free_port(), Postbox()

    with serving(postbox, port), through(port):
        tell(wrong, right)
        work()

    assert [to for to, _ in postbox.letters] == [["ben@trust.example"]]
    assert queued("deliver") == [[[str(wrong.person_id)]]]


def test_a_server_that_dies_between_two_letters_gets_the_rest_later(transactional_db):
    users = [at_once(f"{name}@trust.example") for name in ("ann", "ben", "cy")]
    port, postbox = free_port(), Postbox()
    dead = {}

    def refuse_the_rest():
        dead["*"] = "421 Going away"
        postbox.refuses = dead

    postbox.after = refuse_the_rest
    with through(port):
        with serving(postbox, port):
            tell(*users)
            work()
        make_due()
        work()  # nobody listens
        postbox.refuses, postbox.after = {}, None
        with serving(postbox, port):
            make_due()
            work()

    assert sorted(to for [to], _ in postbox.letters) == sorted(user.email for user in users)
    assert queued() == []


def test_a_letter_that_another_worker_has_in_hand_is_left_to_it(reader):
    port, postbox = free_port(), Postbox()

    with serving(postbox, port), through(port):
        tell(reader)
        with through(free_port()):
            operations.deliver(person_ids=[reader.person_id], at=NOW)
        Letter.objects.update(held_until=timezone.now() + operations.IN_HAND)
        left = operations.deliver(person_ids=[reader.person_id], at=timezone.now())
        assert (left, postbox.letters) == ([reader.person_id], [])

        much_later = timezone.now() + operations.IN_HAND * 2  # the other one was killed
        left = operations.deliver(person_ids=[reader.person_id], at=much_later)

    assert left == []
    assert len(postbox.letters) == 1


def test_tries_end_after_days_and_the_letter_goes_with_the_next_one(reader):
    port, postbox = free_port(), Postbox()

    with through(port):
        tell(reader)
        tasks.deliver.call([str(reader.person_id)], tries=tasks.MOST_TRIES)
        DBTaskResult.objects.all().delete()
        with serving(postbox, port):
            tell(reader, once_key="action:2")
            work()

    assert postbox.subjects_to("reader@trust.example") == ["Trigpoint: 1 new notice"] * 2


@pytest.mark.parametrize(
    "change",
    [
        {"person__user__is_switched_on": False},
        {"person__left_on": dt.date(2020, 1, 1)},
        {"how": How.IN_APP},
    ],
    ids=["switched off", "left", "never"],
)
def test_nobody_is_mailed_who_cannot_or_will_not_read(reader, change):
    port, postbox = free_port(), Postbox()
    tell(reader)
    for name, value in change.items():
        owner = {"how": reader.person.preference}.get(name)
        owner = owner or (reader if "user" in name else reader.person)
        setattr(owner, name.split("__")[-1], value)
        owner.save()

    with serving(postbox, port), through(port):
        work()

    assert postbox.letters == []
    assert queued() == []


def test_digests_hold_what_was_not_seen_for_those_who_want_them(transactional_db):
    users = {how: UserFactory.create(person__email=f"{how.lower()}@trust.example") for how in How}
    for how, user in users.items():
        if how != How.DAILY:  # nothing chosen is once a day
            PreferenceFactory.create(person=user.person, how=how)
    without_sign_in = PersonFactory.create()
    port, postbox = free_port(), Postbox()

    with serving(postbox, port), through(port):
        for key in ("a", "b", "seen"):
            tell(*users.values(), once_key=key)
        operations.tell([without_sign_in], NEWS, at=NOW)
        Notice.objects.filter(once_key="seen").update(seen_at=NOW)
        DBTaskResult.objects.all().delete()  # those at once are another test's
        tasks.deliver_daily.enqueue()
        work()
        daily = [to for to, _ in postbox.letters]
        tasks.deliver_weekly.enqueue()
        tasks.deliver_daily.enqueue()
        work()

    assert daily == [["daily@trust.example"]]
    assert [to for to, _ in postbox.letters] == [["daily@trust.example"], ["weekly@trust.example"]]
    assert postbox.subjects_to("weekly@trust.example") == ["Trigpoint: 2 new notices"]


@pytest.mark.django_db
def test_choose_preference_of_no_mail_keeps_what_waits_out_of_it():
    user = UserFactory.create()
    NoticeFactory.create(person=user.person)

    operations.choose_preference(how=How.IN_APP, by=user)
    operations.tell([user.person], NEWS, at=NOW)
    operations.choose_preference(how=How.AT_ONCE, by=user)

    assert Preference.objects.get().how == How.AT_ONCE
    assert set(Notice.objects.values_list("is_for_mail", flat=True)) == {False}


@pytest.mark.django_db
def test_see_is_for_oneself_and_keeps_the_first_time():
    notice = NoticeFactory.create()
    owner = UserFactory.create(person=notice.person)

    operations.see(notice=notice, by=owner, at=NOW)
    operations.see(notice=notice, by=owner, at=NOW + dt.timedelta(days=1))

    notice.refresh_from_db()
    assert notice.seen_at == NOW
    with pytest.raises(Refused, match="somebody else"):
        operations.see(notice=notice, by=UserFactory.create(), at=NOW)


@pytest.mark.django_db
def test_see_all_leaves_others_notices_new():
    mine, other = NoticeFactory.create(), NoticeFactory.create()
    owner = UserFactory.create(person=mine.person)

    assert operations.see_all(by=owner, at=NOW) == 1

    assert list(Notice.objects.filter(seen_at=None)) == [other]


@pytest.mark.django_db
def test_forget_leaves_what_is_younger():
    for days in (731, 729):
        NoticeFactory.create(made_at=NOW - dt.timedelta(days=days), once_key=f"{days}")

    assert operations.forget(before=NOW - tasks.KEPT) == 1
    assert [it.once_key for it in Notice.objects.all()] == ["729"]
