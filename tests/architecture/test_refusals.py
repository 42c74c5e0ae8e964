"""A rule that says no never takes what was typed with it."""

import ast
import inspect
from pathlib import Path

import pytest

import trigpoint

PACKAGE = Path(inspect.getfile(trigpoint)).parent


def asks(function):
    """Say whether a function of a view asks a form whether it was filled in well."""
    return any(isinstance(it, ast.Attribute) and it.attr == "is_valid" for it in ast.walk(function))


def forms():
    """Yield each function that answers a form, with where it is."""
    for path in sorted(PACKAGE.rglob("views.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and asks(node):
                yield pytest.param(node, id=f"{path.relative_to(PACKAGE).parent}:{node.name}")


def may_refuse(function):
    """Yield what can raise a refusal: an operation called or handed in, or a verdict enforced."""
    handed_in = {arg.arg for arg in function.args.args}
    for it in ast.walk(function):
        if isinstance(it, ast.Call) and isinstance(it.func, ast.Name) and it.func.id in handed_in:
            yield it
        elif isinstance(it, ast.Call) and isinstance(it.func, ast.Attribute):
            is_verb = ast.unparse(it.func).startswith("operations.") and it.func.attr.islower()
            if is_verb or it.func.attr == "enforce":
                yield it


def kept(function):
    """Return the calls inside ``with refusals_in(…)``: what they refuse stands in the form."""
    return {
        call
        for it in ast.walk(function)
        if isinstance(it, ast.With) and "refusals_in(" in ast.unparse(it.items[0])
        for call in ast.walk(it)
        if isinstance(call, ast.Call)
    }


def test_there_are_forms_to_look_at():
    assert len(list(forms())) > 30


@pytest.mark.parametrize("function", list(forms()))
def test_refusal_of_a_form_stands_in_the_form(function):
    inside = kept(function)

    lost = [ast.unparse(call.func) for call in may_refuse(function) if call not in inside]

    assert not lost, f"call {lost} inside `with refusals_in(form):`"
