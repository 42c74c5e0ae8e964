"""The sidebar shows what a person's roles open, in its groups, for the scope they are in."""

from dataclasses import replace

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
MINE = Entry("My practice", "notebook", "try-changed", "mine.view", scopes=(Scope.ME,), home=True)
LIST = Entry("List", "list-details", "try-own", "list.view")
ACCOUNT = Entry("Your account", "user", "try-own", SIGNED_IN, Group.ACCOUNT)


def menu_of(scope, *held, wide=(), places=1):
    """Give the labels of one scope's menu; None when the person does not have the scope."""
    found = navigation.menus(Holds(held, wide), places=places).get(scope)
    return found and [entry.label for entry in found.entries]


def test_menus_are_grouped_ordered_and_cut_to_what_the_person_holds():
    early = Entry("Early", "bolt", "try-changed", "thing.view", Group.REVIEW, order=1)
    navigation.register(THINGS, OVERVIEW, ACCOUNT, early)

    menus = navigation.menus(Holds(("overview.view", "thing.view")), places=1)

    assert list(menus) == [Scope.TRUST]
    assert menus[Scope.TRUST].home == OVERVIEW
    assert menus[Scope.TRUST].groups() == [
        (Group.TOP, [OVERVIEW]),
        (Group.REVIEW, [early, THINGS]),
    ]
    assert navigation.menus(Holds(), places=1) == {}


def test_register_twice_shows_an_entry_once():
    navigation.register(THINGS)
    navigation.register(THINGS)

    assert menu_of(Scope.TRUST, "thing.view") == ["Things"]


def test_what_no_home_leads_to_makes_the_trust_a_scope_when_held_across_it():
    navigation.register(OURS, MINE, THINGS, LIST)

    whole = navigation.menus(Holds(wide=("academy.view", "list.view", "mine.view")), places=2)
    assert {scope: menu.home for scope, menu in whole.items()} == {
        Scope.TRUST: LIST,
        Scope.ACADEMY: OURS,
        Scope.ME: MINE,
    }
    assert menu_of(Scope.TRUST, "mine.view", "list.view") is None


@pytest.mark.parametrize(
    ("places", "joins", "expected"),
    [
        pytest.param(0, Scope.ME, ["My practice", "List", "Things"], id="no academy to turn to"),
        pytest.param(1, Scope.ACADEMY, ["Our academy", "List", "Things"], id="an academy"),
    ],
)
def test_what_no_home_leads_to_joins_the_narrowest_scope(places, joins, expected):
    navigation.register(OURS, MINE, THINGS, LIST)

    assert sorted(
        menu_of(joins, "academy.view", "mine.view", "list.view", "thing.view", places=places)
    ) == sorted(expected)


def test_a_page_that_is_in_a_menu_is_not_offered_twice_nor_one_that_needs_an_academy():
    again = Entry("Again", "list-details", "try-own", "thing.view", scopes=(Scope.ACADEMY,))
    navigation.register(OVERVIEW, again, replace(OURS, home=False))

    held = ("overview.view", "thing.view", "academy.view")
    assert menu_of(Scope.TRUST, *held, places=0) == ["Overview"]


def test_a_list_of_academies_is_for_those_who_can_turn_to_several():
    navigation.register(replace(OVERVIEW, of_several=True), THINGS)

    assert menu_of(Scope.TRUST, "overview.view", "thing.view", places=1) == ["Things"]
    assert menu_of(Scope.TRUST, "overview.view", "thing.view", places=2) == ["Overview", "Things"]


def test_account_menu_is_for_everybody_signed_in():
    navigation.register(ACCOUNT, OVERVIEW)

    assert navigation.account(Holds()) == [ACCOUNT]


def test_search_and_bell_appear_when_offered_and_held():
    navigation.offer_search(THINGS)
    navigation.offer_bell(ACCOUNT)

    assert navigation.search(Holds(("thing.view",))) == THINGS
    assert navigation.search(Holds()) is None
    assert navigation.bell(Holds()) == ACCOUNT


def test_home_with_several_to_choose_from_is_the_first_by_order():
    later = Entry("Structure", "school", "things-index", "thing.view", order=50, home=True)
    first = replace(OVERVIEW, order=1)
    navigation.register(later, first)

    both = navigation.menus(Holds(("thing.view", "overview.view")), places=1)
    one = navigation.menus(Holds(("thing.view",)), places=1)

    assert (both[Scope.TRUST].home, one[Scope.TRUST].home) == (first, later)


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
