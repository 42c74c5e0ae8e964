"""What people are asked about how often a review takes place."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from trigpoint.policies.standards.models import Area
from trigpoint.policies.versions.models import CadenceRule
from trigpoint.policies.versions.rules import REVIEW_KINDS
from trigpoint.trusts.models import Academy

MOST_MONTHS = 120


class PromiseForm(forms.Form):
    """Asks for a kind of review, for whom, and how often."""

    review_kind = forms.ChoiceField(label="Review", choices=list(REVIEW_KINDS.items()))
    area = forms.ModelChoiceField(
        label="Area",
        queryset=Area.objects.none(),
        required=False,
        empty_label="The academy as a whole",
    )
    tier = forms.TypedChoiceField(
        label="Tier",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", "Every tier"),
            *((it.value, f"{it.value}: {it.label}") for it in Academy.Tier),
        ],
    )
    every = forms.ChoiceField(
        label="How often",
        choices=[
            (CadenceRule.Every.MONTHS, "Every so many months"),
            (CadenceRule.Every.TERM, "Every term"),
            (CadenceRule.Every.HALF_TERM, "Every half term"),
        ],
        widget=forms.RadioSelect,
        initial=CadenceRule.Every.MONTHS,
    )
    months = forms.IntegerField(
        label="Months",
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        help_text="Only with “every so many months”: 12 is once a year.",
    )

    def __init__(self, *args: Any, areas: QuerySet[Area], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Area]", self.fields["area"]).queryset = areas

    def clean(self) -> dict[str, Any]:
        """Ask for months where they count, and drop them where they do not."""
        said: dict[str, Any] = self.cleaned_data
        in_months = said.get("every") == CadenceRule.Every.MONTHS
        if in_months and not said.get("months") and "months" not in self.errors:
            self.add_error("months", "Say every how many months")
        if not in_months:
            said["months"] = None
        return said

    def facts(self) -> dict[str, Any]:
        """Return how often, for what, for whom."""
        return dict(self.cleaned_data)
