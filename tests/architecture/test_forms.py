"""Every form of the product: days that can be counted from, and our words instead of Django's."""

from copy import deepcopy
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError

import trigpoint
from trigpoint.web.fields import DayField, MomentField
from trigpoint.web.wording import CHECK, problems

HOUSE = Path(trigpoint.__file__).parent


def all_forms():
    """Return every form class in the product."""
    found = {}
    for path in sorted(HOUSE.glob("*/*/forms.py")):
        name = ".".join(("trigpoint", *path.relative_to(HOUSE).with_suffix("").parts))
        for form in vars(import_module(name)).values():
            is_form = isinstance(form, type) and issubclass(form, forms.BaseForm)
            if is_form and form.__module__ == name:
                found[f"{name}.{form.__name__}"] = form
    return found


@pytest.mark.parametrize("form", all_forms().values(), ids=all_forms())
def test_every_day_asked_for_is_one_that_can_be_counted_from(form):
    for name, field in form.base_fields.items():
        if isinstance(field, forms.DateField | forms.DateTimeField):
            assert isinstance(field, DayField | MomentField), name


@pytest.mark.parametrize("form", all_forms().values(), ids=all_forms())
def test_no_form_speaks_djangos_words(form):
    for name, field in form.base_fields.items():
        for code, message in field.error_messages.items():
            asked = forms.Form({})
            asked.full_clean()
            asked.fields = {name: deepcopy(field)}
            params = {"value": "x", "pk": "x", "max": 9, "length": 10, "input_type": "list"}
            asked.add_error(name, ValidationError(message, code=code, params=params))

            (sentence,) = problems(asked[name])

            assert CHECK not in sentence, (name, code)
            if message is djangos(field, code):
                assert sentence.startswith(asked[name].label), (name, code)
                assert sentence != message, (name, code)


def djangos(field, code):
    """Return what Django says of a kind of field when nobody gives it better words."""
    said = (vars(kind).get("default_error_messages", {}) for kind in type(field).__mro__)
    return next(words[code] for words in said if code in words)
