"""Somebody signs in, looks around with the keyboard, and signs out again."""

import pytest

from tests.factories import AcademyFactory, person
from tests.journeys.browsing import PHONE, look
from trigpoint.people.roles import Role

PASSWORD = "a long and plain sentence"


@pytest.fixture
def head(transactional_db):
    user = person(Role.HEADTEACHER, at=AcademyFactory.create(name="Ash Lane Primary"))
    user.set_password(PASSWORD)
    user.save()
    return user


def test_sign_in_and_out(head, page):
    page.goto("/")
    look(page)
    page.get_by_label("Email").fill(head.email)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("not correct").first.wait_for()
    look(page)

    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    look(page)
    page.goto("/people/sign-out/")
    look(page)
    page.locator("main").get_by_role("button", name="Sign out").click()

    page.goto("/")
    assert "/people/sign-in/" in page.url


def test_forgotten_password(head, page, mailoutbox):
    page.goto("/people/password/reset/")
    look(page)
    page.get_by_label("Email").fill(head.email)
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url("**/sent/")
    look(page)

    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/" in word)
    page.goto(link)
    look(page)
    for box in page.locator("input[type=password]").all():
        box.fill("another long and plain sentence")
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url("**/changed/")
    look(page)


def test_page_that_is_not_there(open_page):
    page = open_page(size=PHONE)
    page.goto("/nothing/here/")
    look(page)
