"""The frame of a page: which scope, which academy, which line of the sidebar is lit."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from uuid import UUID

import pytest

from trigpoint.web import everywhere, navigation, screens, shell
from trigpoint.web.navigation import Entry, Group, Scope, Takes
from trigpoint.web.screens import SIGNED_IN
from trigpoint.web.shell import Place, SignIn, Surroundings

pytestmark = [pytest.mark.urls("tests.web.urls"), pytest.mark.usefixtures("_registries")]

THORNMERE = Place(UUID(int=1), "Thornmere Primary", "Ages 3 to 11")
SALTWYKE = Place(UUID(int=2), "Saltwyke Academy")
KEY = "00000000-0000-0000-0000-00000000000"
HELD = ("overview.view", "academy.view", "thing.view")


@pytest.fixture
def _menu(_registries):
    navigation.register(
        Entry("Overview", "layout-grid", "try-own", "overview.view", home=True),
        Entry(
            "Our academy",
            "school",
            "try-academy",
            "academy.view",
            scopes=(Scope.ACADEMY,),
            takes=Takes.PATH,
            home=True,
        ),
        Entry(
            "Things",
            "list-details",
            "things-index",
            "thing.view",
            Group.REVIEW,
            scopes=(Scope.TRUST, Scope.ACADEMY),
            takes=Takes.QUERY,
            count=lambda _: 6,
        ),
    )
    shell.describe_surroundings(
        lambda _: Surroundings(
            person="Priya Nandakumar",
            person_place="Central team",
            trust="Wetherlow Learning Trust",
            term="Autumn term, week 10",
            academies=(THORNMERE, SALTWYKE),
        )
    )


@pytest.mark.usefixtures("_menu")
def test_frame_of_a_scopes_home_turns_to_that_scope_and_remembers_it(asking):
    request = asking(f"/try/academies/{KEY}2/", *HELD)

    frame = shell.frame(request)

    assert (frame.scope, frame.here) == (Scope.ACADEMY, SALTWYKE)
    assert request.session["shell_scope"] == "academy"
    assert request.session["shell_academy"] == f"{KEY}2"
    assert [(link.label, link.url, link.current) for link in frame.switch] == [
        ("Trust", "/try/own/", ""),
        ("Academy", f"/try/academies/{KEY}2/", "true"),
    ]
    assert [(link.label, link.current) for link in frame.places] == [
        ("Thornmere Primary", ""),
        ("Saltwyke Academy", "true"),
    ]


@pytest.mark.usefixtures("_menu")
def test_frame_of_a_shared_page_keeps_the_remembered_scope_and_academy(asking):
    request = asking("/try/list/", *HELD)
    request.session["shell_scope"] = "academy"
    request.session["shell_academy"] = f"{KEY}2"

    frame = shell.frame(request)

    assert [
        (group, [(link.url, link.current, link.count) for link in links])
        for group, links in frame.groups
    ] == [
        (Group.TOP, [(f"/try/academies/{KEY}2/", "", None)]),
        (Group.REVIEW, [(f"/try/list/?academy={KEY}2", "page", 6)]),
    ]


@pytest.mark.usefixtures("_menu")
def test_frame_of_somebody_without_an_academy_stays_out_of_that_scope(asking):
    shell.describe_surroundings(lambda _: Surroundings(person="A reviewer of one review"))

    frame = shell.frame(asking("/try/list/", "academy.view", "thing.view"))

    assert (frame.scope, frame.here) == (Scope.TRUST, None)
    assert [link.url for _, links in frame.groups for link in links] == ["/try/list/"]


@pytest.mark.usefixtures("_menu")
def test_frame_of_one_thing_lights_the_line_of_its_list(asking):
    frame = shell.frame(asking(f"/try/list/{KEY}9/", *HELD))

    assert frame.scope is Scope.TRUST
    assert frame.groups[1][1][0].current == "true"


@pytest.mark.usefixtures("_menu")
def test_frame_never_turns_to_an_academy_that_is_not_the_persons(asking):
    frame = shell.frame(asking(f"/try/list/?academy={KEY}7", *HELD))

    assert frame.here == THORNMERE


@pytest.mark.usefixtures("_menu")
@pytest.mark.parametrize("path", ["/try/list/", f"/try/list/?academy={KEY}1"])
def test_frame_turns_to_the_academy_of_what_the_page_shows(asking, path):
    """A review of one academy never stands under another's name, nor do its links lead there."""
    request = asking(path, "academy.view", "thing.view")
    request.session["shell_academy"] = f"{KEY}1"

    screens.page(request, "web/refused.html", {"thing": SimpleNamespace(academy_id=SALTWYKE.id)})
    frame = shell.frame(request)

    assert frame.here == SALTWYKE
    assert [link.url for _, links in frame.groups for link in links] == [
        f"/try/academies/{KEY}2/",
        f"/try/list/?academy={KEY}2",
    ]
    assert request.session["shell_academy"] == f"{KEY}2"


@pytest.mark.usefixtures("_menu")
def test_frame_forgets_a_scope_the_person_no_longer_has(asking):
    request = asking("/try/list/", "academy.view", "thing.view")
    request.session["shell_scope"] = "trust"

    assert shell.frame(request).scope is Scope.ACADEMY


def test_frame_of_a_person_without_any_role_still_has_a_name_and_a_way_out(asking, draw):
    request = asking("/try/own/")

    frame = shell.frame(request)

    bare = shell.Shell(Surroundings(person="Priya Nandakumar"), Scope.TRUST, None)
    assert frame == replace(bare, pieces=everywhere.pieces())
    html = draw('{% include "web/_topbar.html" %}', request)
    assert "Priya Nandakumar" in html
    assert "/people/sign-out/" in html
    assert 'role="search"' not in html


@pytest.mark.usefixtures("_menu")
def test_base_draws_the_frame_with_search_and_bell_when_offered(asking, draw):
    navigation.offer_search(Entry("Search everything", "search", "try-own", SIGNED_IN))
    navigation.offer_bell(Entry("Notices", "bell", "try-changed", SIGNED_IN, count=lambda _: 2))
    navigation.register(Entry("Your account", "user", "try-changed", SIGNED_IN, Group.ACCOUNT))

    html = draw('{% include "web/base.html" %}', asking("/try/own/", *HELD))

    for words in (
        "Skip to main content",
        "Wetherlow Learning Trust",
        "Autumn term, week 10",
        'placeholder="Search everything"',
        "Notices, 2 new",
        "Your account",
        'aria-current="page"',
        "Choose an academy",
    ):
        assert words in html
    assert "Demo." not in html


@pytest.mark.usefixtures("_menu")
def test_sidebar_names_whose_work_it_is_about(asking, draw):
    navigation.register(
        Entry("My practice", "notebook", "things-index", SIGNED_IN, scopes=(Scope.ME,), home=True)
    )
    sidebar = '{% include "web/_sidebar.html" %}'

    academy = draw(sidebar, asking(f"/try/academies/{KEY}1/", "academy.view"))
    mine = draw(sidebar, asking("/try/list/"))

    assert "<strong>Thornmere Primary</strong><small>Ages 3 to 11</small>" in academy
    assert "<strong>Priya Nandakumar</strong><small>Central team</small>" in mine


def test_one_academy_needs_no_list_to_choose_from(asking):
    navigation.register(
        Entry("Ours", "school", "try-academy", SIGNED_IN, scopes=(Scope.ACADEMY,), takes=Takes.PATH, home=True)
    )  # fmt: skip
    shell.describe_surroundings(lambda _: Surroundings(academies=(THORNMERE,)))

    assert shell.frame(asking("/try/list/")).places == []


def test_context_tells_the_day_and_that_a_demo_is_one(asking, draw, settings):
    settings.TRIGPOINT_DEMO = True

    assert shell.context(asking())["today"] >= date(2026, 11, 1)
    assert "Every trust, school and person here is invented" in draw(
        '{% include "web/_demo.html" %}'
    )


@pytest.mark.parametrize(
    ("demo", "path", "offered"),
    [
        pytest.param(True, "/people/sign-in/", 1, id="demo, sign-in page"),
        pytest.param(True, "/try/own/", 0, id="demo, another page"),
        pytest.param(False, "/people/sign-in/", 0, id="not a demo"),
        pytest.param(False, "/people/sign-in/?demo=1", 0, id="asked for by a request"),
    ],
)
def test_context_offers_demo_sign_ins_only_in_a_demo(asking, settings, demo, path, offered):
    settings.TRIGPOINT_DEMO = demo
    shell.offer_sign_ins(lambda: [SignIn("Headteacher", "Tom Ludlam", "/demo/head/")])

    assert len(shell.context(asking(path))["demo_signins"]) == offered
