"""The administrator: academies, staff, term dates, a board, the policy and who may do what."""

from tests.journeys.browsing import look
from tests.journeys.loop.hands import choose_file, press, submit
from tests.trusts.gias import register
from tests.trusts.term_files import calendar
from trigpoint.people.models import Person

STAFF = b"""Staff number,Name,Email,School,Job title,Category,Subject,Start date
T1,Ada Quill,ada.quill@ash.example,Central,Director of Education,Leader,,2021-09-01
T2,Bram Stoke,bram.stoke@ash.example,Central,Lead reviewer,Leader,,2021-09-01
T3,Cleo Marsh,cleo.marsh@ash.example,136001,Headteacher,Leader,,2019-09-01
T4,Dov Pearl,dov.pearl@ash.example,136001,Year 4 teacher,Teacher,Reading,2022-09-01
T5,Edie Crane,edie.crane@ash.example,Central,Trustee,Governance,,2020-01-01
"""


def import_academies(page):
    page.goto("/")
    look(page)
    page.goto("/trusts/import/")
    look(page)
    choose_file(page, "All groups", "allgroupsdata.csv", register.groups())
    choose_file(page, "All group links", "alllinksdata.csv", register.links())
    press(page, "Read these files")
    look(page)
    page.get_by_role("row", name="ASH TRUST").first.get_by_role("button").click()
    page.get_by_text("Check before importing").wait_for()
    look(page)
    press(page, "Import these")
    page.get_by_role("heading", name="Academies imported").wait_for()
    look(page)
    assert page.get_by_role("row", name="Ash Primary").is_visible()


def import_staff(page):
    page.goto("/people/staff/upload/")
    look(page)
    choose_file(page, "Staff list", "staff.csv", STAFF)
    press(page, "Check this file")
    look(page)
    press(page, "Bring these in")
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
        who = page.get_by_label("Who?")
        who.select_option(label=who.locator("option", has_text=name).inner_text())
        page.get_by_label("Which role?").select_option(label=role)
        options = page.get_by_label("Where?").locator("option").all_inner_texts()
        wanted = next(it for it in options if where.lower() in it.lower())
        page.get_by_label("Where?").select_option(label=wanted)
        page.get_by_label("First day").fill("2025-09-01")
        page.get_by_label("Why?").fill("Their post.")
        look(page)
        submit(page)
        assert "give" not in page.url


def form_a_board(page):
    page.goto("/trusts/bodies/form/")
    page.get_by_label("Which kind?").select_option(label="Trust board")
    page.get_by_label("Name").fill("Trust board")
    look(page)
    submit(page)


def adopt_the_policy(page):
    page.goto("/policies/frameworks/")
    look(page)
    page.goto("/policies/drafts/adopt/")
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
    press(page, "Add the ready-made ones")
    page.get_by_role("heading", name="Lesson visit").first.wait_for()
    look(page)


def import_term_dates(page):
    page.goto("/trusts/term-dates/")
    look(page)
    choose_file(page, "Calendar file", "terms.ics", calendar.a_year(), kind="text/calendar")
    press(page, "Read this file")
    look(page)
    press(page, "Import these")
    look(page)
    assert page.get_by_text("Autumn").first.is_visible()
