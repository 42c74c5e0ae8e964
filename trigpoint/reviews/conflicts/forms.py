"""What people are asked about a conflict of interest."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from trigpoint.reviews.conflicts.models import ConflictOfInterest
from trigpoint.trusts.models import Academy
from trigpoint.web.fields import DayField


class DeclareForm(forms.Form):
    """Asks which academy somebody does not review, and why."""

    academy = forms.ModelChoiceField(
        queryset=Academy.objects.none(),
        label="Academy",
        empty_label="Choose",
        error_messages={"required": "Choose the academy"},
    )
    kind = forms.ChoiceField(label="What stands between you", choices=ConflictOfInterest.Kind)
    words = forms.CharField(
        label="In a sentence",
        help_text="Only the person and the trust’s QA lead read this.",
        max_length=240,
        required=False,
    )
    starts_on = DayField(label="From", required=False)
    ends_on = DayField(
        label="To",
        help_text="Leave it empty while it lasts. For a former post: the last day there.",
        required=False,
    )

    def __init__(self, *args: Any, academies: QuerySet[Academy], **kwargs: Any) -> None:  # noqa: ANN401 -- passed on
        """Offer the academies of the person's own trust."""
        super().__init__(*args, **kwargs)
        self.fields["academy"].queryset = academies  # type: ignore[attr-defined]  # a model's choice


class EndForm(forms.Form):
    """Asks why a conflict no longer counts."""

    because = forms.CharField(
        label="Why does it no longer count?",
        help_text="One sentence. It stays in the list of the past.",
        max_length=240,
        error_messages={"required": "Say why it no longer counts"},
    )
