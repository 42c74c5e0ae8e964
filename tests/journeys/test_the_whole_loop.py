"""A trust is set up from the register's own files, reviews itself once, and answers "how do you know?".

One long story on purpose: each chapter needs what the one before it left. It ends by reading the
report's PDF and finding the judgement in it. Every screen passed is checked against WCAG 2.2 AA.
"""

import datetime as dt
from functools import partial

import pytest
import time_machine
from django.core.management import call_command

from tests.journeys.browsing import TABLET, look
from tests.journeys.loop import (
    capturing,
    overseeing,
    reviewing,
    setting_up,
    telling,
    weighing,
)
from trigpoint.people.accounts import operations as accounts
from trigpoint.people.models import Person, User
from trigpoint.trusts.models import Trust

NOW = dt.datetime(2025, 11, 12, 9, tzinfo=dt.UTC)  # a Wednesday in term, at nine in London
PASSWORD = "a long and plain sentence"


@pytest.fixture
def one_wednesday(transactional_db):
    """Put the server's clock on a school day in November; it runs on from there."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def administrator(one_wednesday):
    """A fresh installation: a trust known only by name, and one administrator."""
    call_command("found_trust", "Ash Trust", verbosity=0)
    user = accounts.system_add_administrator(
        trust=Trust.objects.get(),
        name="Iris Vane",
        email="iris.vane@ash.example",
        password=PASSWORD,
        on=dt.date(2025, 9, 1),
    )
    return User.objects.get(pk=user.pk)


@pytest.fixture
def enter(administrator, open_page):
    """Open a page for somebody by name, on a browser whose clock agrees with the server's."""
    return partial(_enter, open_page)


def _enter(open_page, name, **more):
    person = Person.objects.get(name=name)
    if not User.objects.filter(person=person).exists():
        accounts.open_account(
            person=person, email=person.email, password=PASSWORD, by=None, on=NOW.date()
        )
    return open_page(User.objects.get(person=person), now=NOW, **more)


@pytest.mark.slow
def test_a_deep_dive_from_policy_to_board(administrator, open_page, enter):
    set_up(open_page(now=NOW), administrator)
    ada, bram, cleo = (enter(name) for name in ("Ada Quill", "Bram Stoke", "Cleo Marsh"))
    plan(ada)
    capture(enter)
    corroborate(bram)
    pdf = report(bram, ada, cleo)
    act(cleo)
    overseeing.read_as_a_trustee(enter("Edie Crane"))
    overseeing.walk_from_a_number_to_the_evidence(ada)
    overseeing.open_the_overviews(ada)

    said = telling.words_of_pdf(pdf)
    assert f"Curriculum M {weighing.LEVEL}" in said
    assert weighing.CLAIM in said
    assert not [name for name in overseeing.STAFF_NAMES if name in said]


def set_up(page, administrator):
    page.goto("/")
    look(page)
    page.get_by_label("Email").fill(administrator.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    setting_up.import_academies(page)
    setting_up.import_term_dates(page)
    setting_up.import_staff(page)
    setting_up.form_a_board(page)
    setting_up.adopt_the_policy(page)
    setting_up.give_roles(page)


def plan(page):
    reviewing.read_the_policy(page)
    reviewing.plan_the_review(page)
    reviewing.plan_the_visits(page)
    reviewing.start_fieldwork(page)


def capture(enter):
    tablet = enter("Bram Stoke", size=TABLET)
    capturing.capture_everything(tablet)
    capturing.share_the_visit(tablet)
    capturing.read_and_reply(enter("Dov Pearl"))


def corroborate(page):
    weighing.start_corroborating(page)
    weighing.propose(page)
    weighing.weigh(page)
    weighing.judge(page)
    weighing.raise_a_finding(page)


def report(writer, reader, head):
    telling.assemble(writer)
    telling.send_to_internal_qa(writer)
    telling.open_to_the_academy(reader)
    telling.walk_from_a_statement_to_the_evidence(writer)
    telling.correct_a_fact(head)
    telling.dispose(writer)
    telling.confirm(head)
    telling.finalise(writer)
    assert telling.download(writer, "Word").startswith(b"PK")
    return telling.download(writer, "PDF")


def act(head):
    telling.act_on_the_finding(head)
    telling.mark_done_but_not_worked(head)
