"""What is asked about who receives a review."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from trigpoint.people.models import Person


class NomineeForm(forms.Form):
    """Asks who receives the review for the academy."""

    nominee = forms.ModelChoiceField(
        Person.objects.none(),
        label="Nominee",
        required=False,
        empty_label="Nobody yet",
        help_text="Somebody who works at the academy and can open its reviews. Whoever is missing "
        "needs a role there first.",
        error_messages={"invalid_choice": "Choose from the list"},
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, people: QuerySet[Person], now: Person | None
    ) -> None:
        super().__init__(data, initial={"nominee": now})
        cast("forms.ModelChoiceField[Person]", self.fields["nominee"]).queryset = people
