"""What forms say in our words where Django would speak in its own.

A form's own sentence always wins. Only words that Django brings along are reworded, by the kind of
field and of error, and begin with the field's label, so that they make sense far from the field.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

BLANK = "---------"  # Django's, for a choice not made yet
CHOOSE = "Choose …"
CHECK = "look at this answer again."
WORDS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {
        "required": "say something here.",
        "max_length": "%(limit_value)s characters fit, and this has %(show_value)s. Shorten it.",
        "min_length": "write at least %(limit_value)s characters.",
        "max_value": "give %(limit_value)s or less.",
        "min_value": "give %(limit_value)s or more.",
        "null_characters_not_allowed": "a character cannot be stored. Type it again.",
    },
    forms.IntegerField: {"required": "give a number.", "invalid": "give a whole number."},
    forms.DateField: {
        "required": "give a day.",
        "invalid": "give a day that is in the calendar, such as 12/11/2026.",
    },
    forms.DateTimeField: {
        "required": "give a day and a time.",
        "invalid": "give a day and a time, such as 12/11/2026 09:40.",
    },
    forms.TimeField: {"required": "give a time.", "invalid": "give a time, such as 09:40."},
    forms.EmailField: {
        "required": "write an email address.",
        "invalid": "write an email address, such as name@school.org.",
    },
    forms.BooleanField: {"required": "tick this first."},
    forms.FileField: {
        "required": "choose a file.",
        "invalid": "choose the file again.",
        "missing": "choose the file again.",
        "contradiction": "choose a file or take it out, not both.",
        "empty": "the file is empty. Choose another.",
        "max_length": "the file’s name is too long. Shorten it and send the file again.",
    },
    forms.ChoiceField: {
        "required": "choose an answer.",
        "invalid_choice": "choose one of the answers offered.",
        "invalid_list": "choose from the answers offered.",
        "invalid_pk_value": "choose from the answers offered.",
    },
    forms.MultipleChoiceField: {"required": "choose at least one."},
    forms.ModelMultipleChoiceField: {"required": "choose at least one."},
}


def _all(kind: type[Any]) -> Iterator[type[Any]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _all(below)


def _djangos() -> Iterator[object]:
    """Return what Django says when a form says nothing."""
    for kind in _all(forms.Field):
        if kind.__module__.startswith("django."):
            yield from vars(kind).get("default_error_messages", {}).values()
    yield from (getattr(it, "message", None) for it in vars(validators).values())


DJANGOS = {id(message) for message in _djangos() if message}


def problems(field: BoundField) -> list[str]:
    """Return what is wrong with a field, each a sentence."""
    found: list[str] = []
    for error in field.errors.as_data():
        found += [_reworded(field, error)] if id(error.message) in DJANGOS else error.messages
    return found


def _reworded(field: BoundField, error: ValidationError) -> str:
    label = str(field.label)
    words = sentence(field.field, error.code or "") % (error.params or {})
    return f"{label} {words[0].upper()}{words[1:]}" if label.endswith("?") else f"{label}: {words}"


def sentence(field: forms.Field, code: str) -> str:
    """Return our words for an error of a field: those of the nearest kind that has any."""
    kinds = (WORDS.get(kind, {}) for kind in type(field).__mro__)
    return next((words[code] for words in kinds if code in words), CHECK)


def choose(widget: dict[str, Any]) -> None:
    """Write what to do where a choice is not made yet."""
    for _, options, _ in widget.get("optgroups", ()):
        for option in options:
            if option["label"] == BLANK:
                option["label"] = CHOOSE
