"""What people type about a self-review."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from trigpoint.policies.models import Area
from trigpoint.web.fields import DayField


class BeginForm(forms.Form):
    """Asks what the academy looks at, and until when."""

    areas = forms.ModelMultipleChoiceField(
        queryset=Area.objects.none(),
        label="Areas of the policy",
        help_text="Leave out what you will not look at this time: its levels stay as they are.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one area"},
    )
    finish_by = DayField(
        label="Last day",
        help_text="You can finish earlier. Whoever looks at the review’s page sees this day.",
        error_messages={"required": "Say by when you want to be done"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        areas: QuerySet[Area],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["areas"].queryset = areas  # type: ignore[attr-defined]  # a choice of areas


class CallOffForm(forms.Form):
    """Asks why a self-review is called off."""

    because = forms.CharField(
        label="Why is it called off?",
        help_text="One sentence your trust could read.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is called off"},
    )
