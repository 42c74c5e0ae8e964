"""Every screen declares who may open it, and has its template and its test where you'd look."""

import inspect
from pathlib import Path

import pytest

import trigpoint
from tests.architecture.routes import endpoints, routes, screens
from trigpoint.web.screens import CAPABILITY_MARK

PACKAGE = Path(inspect.getfile(trigpoint)).parent
TESTS = PACKAGE.parent / "tests"
LIBRARY = {  # addresses a library answers, and why they need no @screen
    "account_": "signing in and out, and passwords: for whoever is not signed in, or for oneself",
    "api:api-root": "the API's own root: it holds nothing and answers 404",
}
SCREENS = screens()


def place(route):
    """Return area, thing (as a list, empty for an area with one thing) and verb."""
    home = route.module.removeprefix("trigpoint.").removesuffix(".views").removesuffix(".api")
    area, *thing = home.split(".")
    return area, thing, inspect.unwrap(route.view).__name__


def written_tests(area, thing):
    return (TESTS / area / Path(*thing) / "test_views.py").read_text()


@pytest.mark.parametrize("route", routes(), ids=str)
def test_screen_says_who_may_open_it(route):
    marks = [route.capability, route.public, *filter(None, route.capabilities.values())]

    assert any(marks) or route.name.startswith(tuple(LIBRARY)), (
        f"{route} needs @screen, @endpoint or @public"
    )


@pytest.mark.parametrize("route", SCREENS, ids=str)
def test_screen_is_where_its_name_says(route):
    area, thing, verb = place(route)

    assert route.name == f"{area}:{'-'.join([*thing, verb])}"
    assert route.pattern.startswith(f"/{area}/")
    assert f"def test_{verb}_" in written_tests(area, thing)


@pytest.mark.parametrize("route", SCREENS, ids=str)
def test_screen_draws_its_own_template(route):
    area, thing, verb = place(route)
    home = "/".join([area, *thing])
    source = inspect.getsource(inspect.unwrap(route.view))

    if "page(" in source:
        drawn = [name for name in (f"{home}/{verb}.html", f"{home}/_{verb}.html") if name in source]
        assert drawn, f"{route} should draw {home}/{verb}.html"
        assert (PACKAGE / area / "templates" / drawn[0]).exists()


@pytest.mark.parametrize(
    "route", [route for route in SCREENS if place(route)[2] == "index"], ids=str
)
def test_list_costs_the_same_however_long_it_is(route):
    area, thing, _ = place(route)

    assert "def test_index_costs_the_same" in written_tests(area, thing)


@pytest.mark.parametrize("route", endpoints(), ids=str)
def test_endpoint_is_never_anonymous(route):
    assert all(route.capabilities.values()), f"{route} needs @endpoint(Capability…) on every method"


@pytest.mark.parametrize("route", endpoints(), ids=str)
def test_endpoint_and_screen_agree_on_who_may(route):
    """``findings/api.py::close`` asks for what ``findings/views.py::close`` asks for."""
    area, thing, verb = place(route)
    asked = {
        screen.view.__name__: screen for screen in SCREENS if place(screen)[:2] == (area, thing)
    }

    if verb in asked:
        assert getattr(route.view, CAPABILITY_MARK) == asked[verb].capability
