"""A head reminds a teacher to read the policy; the teacher follows the bell, reads and confirms."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import AcademyFactory, PolicyVersionFactory, PostFactory, person
from tests.journeys.browsing import PHONE, look
from trigpoint.people.roles import Role


@pytest.mark.django_db(transaction=True)
def test_a_head_reminds_a_teacher_who_reads_and_confirms(open_page):
    version = PolicyVersionFactory.create(in_force=True, number=3)
    academy = AcademyFactory.create(trust=version.trust)
    head, teacher = (person(role, at=academy) for role in (Role.HEADTEACHER, Role.STAFF))
    for user in (head, teacher):
        PostFactory.create(person=user.person, academy=academy)

    office = open_page(head)
    office.goto("/policies/readers/?show=waiting")
    look(office)
    office.get_by_role("button", name=f"Remind {teacher.person.name}").click()
    expect(office.get_by_text(f"{teacher.person.name} has been reminded.")).to_be_visible()

    phone = open_page(teacher, size=PHONE)
    phone.goto("/insight/me/")
    expect(phone.get_by_text("Please read version 3 of the policy")).to_be_visible()
    look(phone)
    phone.get_by_role("link", name="Notices, 1 new").click()
    look(phone)
    phone.get_by_role("link", name=re.compile("Please read version 3")).click()
    phone.get_by_role("button", name="I have read this version").click()
    expect(phone.get_by_text("Your confirmation is kept.")).to_be_visible()
    expect(phone.get_by_text("You have read version 3")).to_be_visible()
    expect(phone.get_by_role("link", name="Notices", exact=True)).to_be_visible()  # nothing new

    office.goto("/policies/readers/?show=read")
    expect(office.get_by_role("row", name=teacher.person.name)).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_somebody_makes_copies_and_revokes_the_address_of_their_calendar(open_page):
    user = person(Role.STAFF, at=AcademyFactory.create())
    page = open_page(user)

    page.goto("/people/calendar/")
    look(page)
    page.get_by_role("button", name="Make an address").click()
    look(page)
    address = page.get_by_label("Copy it now").input_value()
    page.get_by_role("button", name="Copy").click()
    expect(
        page.get_by_role("status").filter(has_text=re.compile("Copied|Selected"))
    ).to_be_visible()
    assert "BEGIN:VCALENDAR" in page.request.get(address).text()

    page.get_by_role("button", name="Revoke it").click()
    expect(page.get_by_text("No address yet")).to_be_visible()
    assert page.request.get(address).status == 404
