"""A rule that says no never takes what was typed with it."""

import ast
import inspect

import pytest

from tests.architecture.routes import screens

WRITES = [route for route in screens() if "POST" in route.methods]


def parsed(route):
    return ast.parse(inspect.getsource(inspect.unwrap(route.view))).body[0]


def checks_a_form(tree):
    """Say whether the view asks a form whether it was filled in well."""
    return any(isinstance(it, ast.Attribute) and it.attr == "is_valid" for it in ast.walk(tree))


def may_refuse(tree):
    """Yield what can raise a refusal: a call of an operation, or a verdict enforced."""
    for it in ast.walk(tree):
        if isinstance(it, ast.Call) and isinstance(it.func, ast.Attribute):
            called = ast.unparse(it.func)
            is_verb = called.startswith("operations.") and it.func.attr[0].islower()
            if is_verb or it.func.attr == "enforce":
                yield it


def shown_in_the_form(tree):
    """Return the calls that stand inside ``with refusals_in(…)``."""
    return {
        call
        for it in ast.walk(tree)
        if isinstance(it, ast.With)
        and any(ast.unparse(one.context_expr).startswith("refusals_in(") for one in it.items)
        for call in ast.walk(it)
    }


FORMS = [route for route in WRITES if checks_a_form(parsed(route))]


def test_there_are_forms_to_look_at():
    assert len(FORMS) > 30


@pytest.mark.parametrize("route", FORMS, ids=str)
def test_refusal_of_a_form_stands_in_the_form(route):
    tree = parsed(route)
    kept = shown_in_the_form(tree)

    lost = [ast.unparse(call.func) for call in may_refuse(tree) if call not in kept]

    assert not lost, f"{route}: call {lost} inside `with refusals_in(form):`"
