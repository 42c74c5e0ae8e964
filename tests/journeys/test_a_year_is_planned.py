"""The QA lead moves one proposed review with the mouse and one with the keyboard, and agrees one."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import (
    AcademicYearFactory,
    AcademyFactory,
    AreaFactory,
    CadenceRuleFactory,
    PersonFactory,
    PolicyVersionFactory,
    ProgrammeFactory,
    ProgrammeSlotFactory,
    ReviewerProfileFactory,
    ReviewFactory,
    TermFactory,
    TrustFactory,
    person,
)
from tests.journeys.browsing import PHONE, look
from trigpoint.people.roles import Role
from trigpoint.reviews.models import ProgrammeSlot
from trigpoint.trusts.calendars.queries import system_calendar


class Story:
    """A year about today: two academies, two proposed reviews, and one planned in a later week."""

    def __init__(self):
        today = timezone.localdate()
        self.monday = today - timedelta(days=today.weekday())
        trust = TrustFactory.create()
        first, last = self.monday - timedelta(weeks=4), self.monday + timedelta(weeks=30)
        year = AcademicYearFactory.create(
            trust=trust, name="This year", starts_on=first, ends_on=last
        )
        version = PolicyVersionFactory.create(
            policy__trust=trust, in_force=True, effective_on=first, review_due_on=last
        )
        area = AreaFactory.create(version=version, lineage="welfare", name="Welfare")
        CadenceRuleFactory.create(
            version=version, review_kind="DEEP_DIVE", area=area, tier=None, months=5
        )
        lead = PersonFactory.create(trust=trust, name="Gareth Pellow")
        ReviewerProfileFactory.create(person=lead)
        self.slots = []
        for name in ("Dunlow Vale", "Saltwyke"):
            academy = AcademyFactory.create(trust=trust, name=name)
            TermFactory.create(
                academy=academy, year=year, name="The term", starts_on=first, ends_on=last
            )
            day = self.open_day(academy, 8 + len(self.slots))
            self.slots.append(
                ProgrammeSlotFactory.create(
                    programme=ProgrammeFactory.create(year=year),
                    academy=academy,
                    area_lineage="welfare",
                    lead=lead,
                    due_on=self.monday + timedelta(weeks=20),
                    starts_on=day,
                    ends_on=day,
                    why="The policy promises it.",
                )
            )
        taken = self.open_day(self.slots[0].academy, 12)
        ReviewFactory.create(
            academy=self.slots[0].academy,
            policy_version=version,
            fieldwork_starts_on=taken,
            fieldwork_ends_on=taken,
        )
        self.user = person(Role.QA_LEAD, at=trust)

    def open_day(self, academy, weeks):
        """Return the first open day of a week so many weeks ahead, or the next one after it."""
        return system_calendar(academy.pk).add(self.monday + timedelta(days=weeks * 7 - 1), 1)

    def week_of(self, number):
        """Return the Monday of the week a proposed review is in now."""
        day = ProgrammeSlot.objects.get(pk=self.slots[number].pk).starts_on
        return day - timedelta(days=day.weekday())


@pytest.fixture
def story(transactional_db):
    return Story()


def event(page, slot):
    return page.locator(f"#event-{slot.pk}")


def cell(page, slot, monday):
    row = page.locator("tr", has=event(page, slot))
    return row.locator(f"td[data-week='{monday}']")


def test_what_stands_in_a_week_can_be_hit_on_a_narrow_screen(story, open_page):
    page = open_page(user=story.user, size={"width": 1100, "height": 800})

    page.goto("/reviews/programme/")

    look(page)
    weeks = page.locator(".tp-cal thead tr:last-child th").all()
    assert min(week.bounding_box()["width"] for week in weeks) >= 25  # with its line: 24 to hit


def test_a_proposed_review_is_dragged_carried_and_agreed(story, open_page):
    page = open_page(user=story.user)
    page.goto("/reviews/programme/")
    look(page)
    first, second = story.slots
    to = story.week_of(0) + timedelta(weeks=2)

    event(page, first).drag_to(cell(page, first, to))

    expect(cell(page, first, to).locator("a")).to_have_attribute("id", f"event-{first.pk}")
    assert story.week_of(0) == to

    was = story.week_of(1)
    event(page, second).focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#carried")).to_contain_text("Enter puts it there")
    look(page)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")

    expect(cell(page, second, was - timedelta(weeks=1)).locator("a")).to_be_focused()
    assert story.week_of(1) == was - timedelta(weeks=1)

    page.locator(".htmx-added").first.wait_for(
        state="detached"
    )  # what was drawn anew listens by now
    page.keyboard.press("Enter")  # nothing is carried: it opens
    expect(page.get_by_role("heading", name="Deep dive, Saltwyke")).to_be_focused()
    look(page)
    page.get_by_role("button", name="Agree", exact=True).click()
    page.get_by_text("Welfare deep dive at Saltwyke is planned").wait_for()


def test_an_agreed_review_that_is_dragged_asks_before_it_moves(story, open_page):
    page = open_page(user=story.user)
    page.goto("/reviews/programme/")
    [slot, _] = story.slots
    event(page, slot).click()
    page.get_by_role("button", name="Agree", exact=True).click()
    page.get_by_text("is planned").wait_for()
    slot.refresh_from_db()
    review, to = slot.review, story.monday + timedelta(weeks=6)
    planned = page.locator(f"#event-{review.pk}")
    row = page.locator("tr", has=planned)

    planned.drag_to(row.locator(f"td[data-week='{to}']"))
    expect(page.get_by_role("heading", name="Move it to another week")).to_be_visible()
    look(page)
    expect(page.get_by_label("Week")).to_have_value(f"{to}")
    page.get_by_role("button", name="Move", exact=True).click()
    page.get_by_text("and its clock with it").wait_for()

    review.refresh_from_db()
    assert to <= review.fieldwork_starts_on < to + timedelta(weeks=1)


def test_a_move_that_breaks_a_rule_is_refused_in_words(story, open_page):
    page = open_page(user=story.user)
    page.goto("/reviews/programme/")
    [slot, _] = story.slots
    before = story.week_of(0)

    event(page, slot).drag_to(cell(page, slot, story.monday + timedelta(weeks=12)))

    page.get_by_text("One a week is the most").wait_for()
    assert story.week_of(0) == before


def test_without_a_script_and_on_a_phone_a_form_moves_it(story, open_page):
    page = open_page(user=story.user, size=PHONE, java_script_enabled=False)
    page.goto("/reviews/programme/")
    to = story.week_of(0) + timedelta(weeks=1)

    event(page, story.slots[0]).click()
    page.get_by_role("link", name="Move").click()
    page.get_by_label("Week").select_option(value=str(to))
    page.get_by_role("button", name="Move").click()

    page.get_by_text("Moved to").wait_for()
    assert story.week_of(0) == to
