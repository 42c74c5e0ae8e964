"""One name of many is found by typing it, with the keyboard alone, or chosen without a script."""

import pytest
from playwright.sync_api import expect

from tests.factories import PersonFactory, TrustFactory, person
from tests.journeys.browsing import PHONE, look
from trigpoint.people.roles import Role

NAMES = ("Amélie O’Brien", "Bram Obrey", "Cleo Marsh", *(f"Dov Pearl {n}" for n in range(10)))


@pytest.fixture
def administrator(transactional_db):
    trust = TrustFactory.create()
    for name in NAMES:
        PersonFactory.create(trust=trust, name=name)
    return person(Role.ADMINISTRATOR, at=trust)


def chosen(page):
    return page.locator("select[name=person]").evaluate("it => it.selectedOptions[0].text")


def test_somebody_is_found_by_the_beginning_of_a_name(administrator, open_page):
    page = open_page(user=administrator)
    page.goto("/people/grants/give/")
    field = page.get_by_role("combobox", name="Who?")
    field.focus()

    page.keyboard.type("amelie o")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_text(["Amélie O’Brien"])
    expect(page.get_by_role("status").filter(has_text="1 found")).to_be_attached()
    look(page)
    page.keyboard.press("Tab")  # the only one is meant

    expect(field).to_have_value("Amélie O’Brien")
    assert chosen(page) == "Amélie O’Brien"

    field.fill("pearl")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    look(page)
    page.keyboard.press("Enter")

    assert chosen(page) == "Dov Pearl 1"
    page.keyboard.press("Shift+Tab")
    field.click()
    page.get_by_role("listbox").get_by_text("Cleo Marsh").click()
    assert chosen(page) == "Cleo Marsh"
    page.keyboard.press("Backspace")
    field.fill("x")
    page.keyboard.press("Escape")  # back to what was chosen
    expect(field).to_have_value("Cleo Marsh")


def test_a_name_that_is_nobodys_is_kept_said_and_not_sent(administrator, open_page):
    page = open_page(user=administrator, size=PHONE)
    page.goto("/people/grants/give/")
    field = page.get_by_role("combobox", name="Who?")

    field.fill("Nobody here")
    page.get_by_role("button", name="Give the role").click()

    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(
        "“Nobody here” is not in the list. Choose one from the list."
    )
    look(page)
    field.fill("obr")
    page.keyboard.press("Enter")
    expect(field).to_have_accessible_description(
        "“obr” fits more than one. Choose one from the list."
    )
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Give the role").click()
    page.get_by_text("There is a problem").wait_for()  # the rest is missing; the person stays
    expect(field).to_have_value("Amélie O’Brien")


def test_without_a_script_it_is_a_list(administrator, open_page):
    page = open_page(user=administrator, java_script_enabled=False)
    page.goto("/people/grants/give/")

    page.get_by_label("Who?").select_option(label="Cleo Marsh")

    assert page.get_by_role("combobox").count() == 3
