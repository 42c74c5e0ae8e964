"""Days and moments somebody may send: one kind of field for forms, one type for the API.

Both take the years the product works with. Nothing behind them needs to think of a moment that
no other time zone could tell.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from trigpoint.records.days import NO_DAY, within_years

CODE = "year"  # of the error


def _validate(day: date) -> None:
    if not within_years(day):
        raise ValidationError(NO_DAY, code=CODE)


def _checked(moment: datetime) -> datetime:
    if not within_years(moment):
        raise PydanticCustomError(CODE, NO_DAY)
    return moment


Moment = Annotated[datetime, AfterValidator(_checked)]


class CodeField(forms.CharField):
    """A short code such as ``T2``: capitals, then digits."""

    default_validators = [RegexValidator(r"^[A-Z]{1,4}[0-9]{0,3}\Z", "Write a code such as T2")]

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        own = {
            "label": "Code",
            "max_length": 8,
            "help_text": "One to four capitals, then up to three digits, such as T2.",
            "error_messages": {"required": "Give it a code"},
        }
        super().__init__(**{**own, **kwargs})


class DayField(forms.DateField):
    """A day, drawn as the browser's own."""

    default_validators: list[Callable[[Any], None]] = [_validate]

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, **kwargs})


class MomentField(forms.DateTimeField):
    """A day and a time in London, drawn as the browser's own."""

    FORMAT = "%Y-%m-%dT%H:%M"
    default_validators: list[Callable[[Any], None]] = [_validate]

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- as above
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=self.FORMAT)
        super().__init__(input_formats=[self.FORMAT], widget=widget, **kwargs)
