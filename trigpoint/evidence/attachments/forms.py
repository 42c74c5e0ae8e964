"""Asks for a file."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from trigpoint.instruments.contents.rules import Question


class AttachForm(forms.Form):
    """Asks for one photo or PDF, and which question it answers where the form asks for photos."""

    upload = forms.FileField(
        label="Photo or PDF",
        help_text="JPEG, PNG, WebP, HEIC or PDF, at most 15 MB.",
        error_messages={"required": "Choose a photo or a PDF", "empty": "That file is empty"},
    )
    question = forms.ChoiceField(label="For which question?", required=False)

    def __init__(self, *args: Any, asked: Iterable[Question], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        choices = [(question["key"], question["label"]) for question in asked]
        choice = cast("forms.ChoiceField", self.fields["question"])
        choice.choices = [("", "For the record as a whole"), *choices]
        if not choices:
            del self.fields["question"]
