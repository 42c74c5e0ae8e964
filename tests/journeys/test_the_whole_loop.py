"""A trust is set up from the register's own files, reviews itself once, and answers "how do you know?".

One long story on purpose: each step needs what the one before it left. It ends by reading the
report's PDF and finding the judgement in it.
"""

import datetime as dt

import pytest
from django.core.management import call_command

from tests.journeys.browsing import look
from tests.trusts.gias import register
from trigpoint.people.accounts import operations as accounts
from trigpoint.people.models import Person, User
from trigpoint.trusts.models import Trust

STAFF = b"""Staff number,Name,Email,School,Job title,Category,Subject,Start date
T1,Ada Quill,ada.quill@ash.example,Central,Director of Education,Leader,,2021-09-01
T2,Bram Stoke,bram.stoke@ash.example,Central,Lead reviewer,Leader,,2021-09-01
T3,Cleo Marsh,cleo.marsh@ash.example,136001,Headteacher,Leader,,2019-09-01
T4,Dov Pearl,dov.pearl@ash.example,136001,Year 4 teacher,Teacher,Reading,2022-09-01
T5,Edie Crane,edie.crane@ash.example,Central,Trustee,Governance,,2020-01-01
"""


@pytest.fixture
def administrator(transactional_db, monkeypatch):
    """A fresh installation: a trust known only by name, and one administrator."""
    call_command("found_trust", "Ash Trust", verbosity=0)
    user = accounts.system_add_administrator(
        trust=Trust.objects.get(),
        name="Iris Vane",
        email="iris.vane@ash.example",
        password="a long and plain sentence",
        on=dt.date(2025, 9, 1),
    )
    return User.objects.get(pk=user.pk)


def test_a_deep_dive_from_policy_to_board(administrator, open_page):
    page = open_page(administrator)
    import_academies(page)
    import_staff(page)
    form_a_board(page)
    adopt_the_policy(page)
    give_roles(page)


def import_academies(page):
    page.goto("/")
    look(page)
    page.goto("/trusts/import/")
    look(page)
    choose_file(page, "All groups", "allgroupsdata.csv", register.groups())
    choose_file(page, "All group links", "alllinksdata.csv", register.links())
    page.get_by_role("button", name="Read these files").click()
    page.wait_for_url("**/choose/**")
    look(page)
    page.get_by_role("row", name="ASH TRUST").first.get_by_role("button").click()
    page.get_by_text("Check before importing").wait_for()
    look(page)
    page.get_by_role("button", name="Import these").click()
    page.get_by_role("heading", name="Academies imported").wait_for()
    look(page)
    assert page.get_by_role("row", name="Ash Primary").is_visible()


def import_staff(page):
    page.goto("/people/staff/upload/")
    look(page)
    choose_file(page, "Staff list", "staff.csv", STAFF)
    page.get_by_role("button", name="Check this file").click()
    page.wait_for_url("**/upload/*/")
    look(page)
    page.get_by_role("button", name="Bring these in").click()
    page.get_by_role("heading", name="Check before").wait_for(state="detached")
    look(page)
    page.goto("/people/staff/")
    look(page)
    assert Person.objects.count() == 6


def give_roles(page):
    for name, role, where in (
        ("Ada Quill", "Trust QA lead", "trust"),
        ("Bram Stoke", "Reviewer", "trust"),
        ("Cleo Marsh", "Headteacher or academy QA lead", "Ash Primary"),
        ("Dov Pearl", "Staff member", "Ash Primary"),
        ("Edie Crane", "Trustee or governor", "trust"),
    ):
        page.goto("/people/grants/give/")
        page.get_by_label("Who?").select_option(label=name)
        page.get_by_label("Which role?").select_option(label=role)
        options = page.get_by_label("Where?").locator("option").all_inner_texts()
        wanted = next(it for it in options if where.lower() in it.lower())
        page.get_by_label("Where?").select_option(label=wanted)
        page.get_by_label("First day").fill("2025-09-01")
        page.get_by_label("Why?").fill("Their post.")
        look(page)
        page.locator("main").get_by_role("button", name="Give").click()
        page.wait_for_url(lambda url: "give" not in url)


def form_a_board(page):
    page.goto("/trusts/bodies/form/")
    page.get_by_label("Which kind?").select_option(label="Trust board")
    page.get_by_label("Name").fill("Trust board")
    look(page)
    submit(page)


def adopt_the_policy(page):
    page.goto("/policies/frameworks/")
    look(page)
    page.goto("/policies/frameworks/adopt/")
    page.get_by_label("The framework that comes with Trigpoint").check()
    page.get_by_label("Approved by").select_option(label="Trust board")
    page.get_by_label("Approved on").fill("2025-07-08")
    page.get_by_label("In force from").fill("2025-09-01")
    page.get_by_label("Next review of the policy").fill("2026-09-01")
    look(page)
    submit(page, "Preview")
    look(page)
    submit(page, "Adopt")
    page.goto("/policies/")
    look(page)
    page.goto("/instruments/")
    look(page)
    page.get_by_role("button", name="Add the ready-made ones").click()
    page.get_by_role("heading", name="Lesson visit").first.wait_for()
    look(page)


def submit(page, name=None):
    """Press the form's main button and wait for the next page."""
    button = page.locator("main form button.btn-primary")
    (button.filter(has_text=name) if name else button).first.click()
    page.wait_for_load_state()


def choose_file(page, label, name, content):
    page.get_by_label(label, exact=True).set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
