"""Every form of the product: its days stay within the years that can be counted."""

from importlib import import_module
from pathlib import Path

import pytest
from django import forms

import trigpoint
from trigpoint.web.fields import DayField, MomentField

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
