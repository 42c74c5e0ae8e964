"""A team leader writes down a visit nobody planned: it belongs to their team without their asking."""

import pytest

from tests.factories import (
    InstrumentVersionFactory,
    LookForFactory,
    PolicyVersionFactory,
    TeamFactory,
    person,
)
from tests.journeys.browsing import PHONE, TABLET, look
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.roles import Role


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["on a tablet", "on a phone"])
def test_captures_a_visit_nobody_planned(transactional_db, open_page, size):
    team = TeamFactory.create(name="Reading", academy__name="Thornmere")
    InstrumentVersionFactory.create(instrument__trust=team.trust)
    LookForFactory.create(
        standard__area__version=PolicyVersionFactory.create(
            policy__trust=team.trust, in_force=True
        ),
        standard__expected_kinds=["LESSON_VISIT"],
    )
    page = open_page(person(Role.TEAM_LEADER, at=team), size=size)

    page.goto("/evidence/entries/new/")
    look(page)
    page.get_by_label("Kind of visit").select_option("LESSON_VISIT")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/capture/**")
    look(page)
    page.get_by_label("Your note").fill("Every pupil has the text open")
    page.locator("#state").get_by_text("Saved at").wait_for()
    for part in ("Questions", "Details", "Photos", "Notes"):
        page.get_by_role("link", name=part, exact=True).click()
        look(page)
    page.get_by_role("link", name="Details", exact=True).click()
    page.get_by_label("Title").fill("Year 8 reading")
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("Submitted. The team can weigh it now.").wait_for()

    record = EvidenceRecord.objects.get()
    assert (record.team, record.status) == (team, "SUBMITTED")
