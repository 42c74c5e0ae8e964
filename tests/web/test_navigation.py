"""The sidebar shows what a person's roles open, in its groups, for the scope they are in."""

import pytest

from tests.web.conftest import Holds
from trigpoint.web import navigation
from trigpoint.web.navigation import Entry, Group, Scope, Takes
from trigpoint.web.screens import SIGNED_IN

pytestmark = [pytest.mark.urls("tests.web.urls"), pytest.mark.usefixtures("_registries")]

ACADEMY = "00000000-0000-0000-0000-000000000001"
OVERVIEW = Entry("Overview", "layout-grid", "try-own", "overview.view", home=True)
OURS = Entry(
    "Our academy", "school", "try-academy", "academy.view",
    scopes=(Scope.ACADEMY,), takes=Takes.PATH, home=True,
)  # fmt: skip
THINGS = Entry(
    "Things", "list-details", "things-index", "thing.view", Group.REVIEW, order=5,
    scopes=(Scope.TRUST, Scope.ACADEMY), takes=Takes.QUERY,
)  # fmt: skip
ACCOUNT = Entry("Your account", "user", "try-own", SIGNED_IN, Group.ACCOUNT)


def test_entries_are_grouped_ordered_and_cut_to_what_the_person_holds():
    early = Entry("Early", "bolt", "try-own", "thing.view", Group.REVIEW, order=1)
    navigation.register(THINGS, OVERVIEW, ACCOUNT, early)

    assert navigation.entries(Holds(("overview.view", "thing.view")), scope=Scope.TRUST) == [
        (Group.TOP, [OVERVIEW]),
        (Group.REVIEW, [early, THINGS]),
    ]
    assert navigation.entries(Holds(("thing.view",)), scope=Scope.ACADEMY) == [
        (Group.REVIEW, [THINGS])
    ]
    assert navigation.entries(Holds(), scope=Scope.TRUST) == []


def test_register_twice_shows_an_entry_once():
    navigation.register(THINGS)
    navigation.register(THINGS)

    assert navigation.entries(Holds(("thing.view",)), scope=Scope.TRUST) == [
        (Group.REVIEW, [THINGS])
    ]


def test_account_menu_is_for_everybody_signed_in():
    navigation.register(ACCOUNT, OVERVIEW)

    assert navigation.account(Holds()) == [ACCOUNT]


def test_search_and_bell_appear_when_offered_and_held():
    navigation.offer_search(THINGS)
    navigation.offer_bell(ACCOUNT)

    assert navigation.search(Holds(("thing.view",))) == THINGS
    assert navigation.search(Holds()) is None
    assert navigation.bell(Holds()) == ACCOUNT


def test_home_is_the_first_page_of_a_scope_the_person_may_see():
    navigation.register(OVERVIEW, OURS, THINGS)

    assert navigation.home(Holds(("overview.view",)), Scope.TRUST) == OVERVIEW
    assert navigation.home(Holds(("academy.view",)), Scope.TRUST) is None
    assert navigation.home(Holds(("academy.view",)), Scope.ACADEMY) == OURS


def test_home_with_several_to_choose_from_is_the_first_by_order():
    later = Entry("Structure", "school", "things-index", "thing.view", order=50, home=True)
    first = Entry("Overview", "layout-grid", "try-own", "overview.view", order=1, home=True)
    navigation.register(later, first)

    assert navigation.home(Holds(("thing.view", "overview.view")), Scope.TRUST) == first
    assert navigation.home(Holds(("thing.view",)), Scope.TRUST) == later


def test_scope_of_a_page_is_known_for_homes_only():
    navigation.register(OVERVIEW, OURS, THINGS)

    assert navigation.scope_of("try-academy") is Scope.ACADEMY
    assert navigation.scope_of("things-index") is None


@pytest.mark.parametrize(
    ("entry", "scope", "academy", "address"),
    [
        pytest.param(OVERVIEW, Scope.TRUST, ACADEMY, "/try/own/", id="trust scope: plain"),
        pytest.param(OURS, Scope.ACADEMY, ACADEMY, f"/try/academies/{ACADEMY}/", id="in the path"),
        pytest.param(THINGS, Scope.ACADEMY, ACADEMY, f"/try/list/?academy={ACADEMY}", id="in the query"),
        pytest.param(THINGS, Scope.ACADEMY, None, "/try/list/", id="no academy known"),
    ],
)  # fmt: skip
def test_address_names_the_academy_where_the_scope_is_one(entry, scope, academy, address):
    assert entry.address(scope=scope, academy=academy) == address


def test_every_scope_and_every_registered_icon_has_a_word():
    assert [scope.label for scope in Scope] == ["Trust", "Academy", "Me"]


def test_stands_for_is_the_things_list_unless_the_page_has_its_own_entry():
    begin = Entry("Begin", "plus", "things-new", "thing.view", Group.REVIEW)
    navigation.register(THINGS, begin, OURS)

    assert navigation.stands_for(THINGS, "things-show")
    assert not navigation.stands_for(begin, "things-show")
    assert not navigation.stands_for(THINGS, "things-new")
    assert navigation.stands_for(OURS, "try-other")
