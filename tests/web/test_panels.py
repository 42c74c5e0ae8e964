"""Panels fill a lower page's slot, tabs its row of faces, each by what the person may open."""

import pytest

from tests.web.conftest import Holds
from trigpoint.web import panels, tabs
from trigpoint.web.panels import Panel
from trigpoint.web.screens import SIGNED_IN
from trigpoint.web.tabs import DrawnTab, Tab

pytestmark = [pytest.mark.urls("tests.web.urls"), pytest.mark.usefixtures("_registries")]

KEY = "00000000-0000-0000-0000-000000000001"
URL = f"/try/academies/{KEY}/"
FINDINGS = Panel("standard", "Findings", "try-academy", "finding.view", order=20)
EVIDENCE = Panel("standard", "Evidence & notes", "things-show", SIGNED_IN, order=10)


def test_panels_are_ordered_and_cut_to_what_the_person_holds():
    panels.register(FINDINGS, EVIDENCE)
    panels.register(FINDINGS)

    everything = panels.panels_for(Holds(("finding.view",)), "standard", KEY)

    assert everything == [(EVIDENCE, f"/try/list/{KEY}/"), (FINDINGS, URL)]
    assert panels.panels_for(Holds(), "standard", KEY) == everything[:1]
    assert panels.panels_for(Holds(("finding.view",)), "elsewhere", KEY) == []


def test_panels_tag_loads_by_htmx_and_is_a_link_without(asking, draw):
    panels.register(EVIDENCE)

    html = draw('{% panels "standard" key %}', asking("/try/own/"), key=KEY)

    assert f'hx-get="/try/list/{KEY}/" hx-trigger="load" hx-swap="outerHTML"' in html
    assert f'<a href="/try/list/{KEY}/">Evidence &amp; notes</a>' in html


TODAY = Tab("review", "Today", "things-show", SIGNED_IN, order=1)
REPORT = Tab("review", "Report", "try-academy", "report.view", order=2, count=lambda _, pk: len(pk))


def test_tabs_are_ordered_counted_and_cut_to_what_the_person_holds():
    tabs.register(REPORT, TODAY)
    tabs.register(TODAY)

    drawn = tabs.tabs_for(None, Holds(("report.view",)), "review", KEY, current="try-academy")

    assert drawn == [
        DrawnTab("Today", f"/try/list/{KEY}/", current=False, count=None),
        DrawnTab("Report", URL, current=True, count=36),
    ]
    assert len(tabs.tabs_for(None, Holds(), "review", KEY, current="Today")) == 1


def test_tabs_tag_finds_the_current_tab_from_the_page(asking, draw):
    tabs.register(TODAY, REPORT)

    html = draw('{% tabs "review" key %}', asking(f"/try/list/{KEY}/", "report.view"), key=KEY)

    assert f'<a href="/try/list/{KEY}/" aria-current="page">Today</a>' in html
    assert f'<a href="{URL}">Report <span class="tp-count">36</span></a>' in html


def test_tabs_tag_can_be_told_the_current_tab(asking, draw):
    tabs.register(TODAY)

    html = draw('{% tabs "review" key current="Today" %}', asking("/nowhere/"), key=KEY)

    assert 'aria-current="page">Today' in html
