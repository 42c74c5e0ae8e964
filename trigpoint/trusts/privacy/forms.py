"""What people are asked about the numbers that protect people."""

from collections.abc import Mapping
from typing import Any

from django import forms

from trigpoint.trusts.privacy.rules import NUMBERS
from trigpoint.web.revisions import RevisedForm


class PrivacyForm(RevisedForm):
    """Asks for every setting at once.

    Args:
        told: what they are now, in words, by the names of the fields.

    """

    may_level_named_records = forms.BooleanField(
        label="A record that names somebody may carry a level", required=False
    )
    level_decision = forms.CharField(
        label="Who decided that, and when",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as “Trust board, 9 July 2026, item 4”. Everybody can read it.",
    )
    field_order = (*NUMBERS, "may_level_named_records", "level_decision")

    def __init__(self, *args: Any, told: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        self.revised = tuple(told)
        super().__init__(*args, initial=dict(told), **kwargs)
        for name, (label, unit, least, most) in NUMBERS.items():
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=least,
                max_value=most,
                help_text=f"{unit}, {least} to {most}",
                error_messages={"required": f"{label}: give a number"},
            )
        self.initial["may_level_named_records"] = told["may_level_named_records"] == "True"
        self.order_fields(self.field_order)

    def facts(self) -> dict[str, Any]:
        """Return every setting."""
        said = self.cleaned_data
        return {
            "numbers": {name: said[name] for name in NUMBERS},
            "may_level_named_records": said["may_level_named_records"],
            "level_decision": said["level_decision"],
        }
