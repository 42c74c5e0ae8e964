"""What people are asked about an area of a draft."""

from collections.abc import Mapping
from typing import Any

from django import forms

from trigpoint.web.fields import CodeField
from trigpoint.web.revisions import RevisedForm


class AreaForm(RevisedForm):
    """Asks for everything an area says.

    Args:
        told: what it says now, by the names of the fields; empty for a new one.

    """

    code = CodeField()
    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Give it a name"}
    )
    short_name = forms.CharField(
        label="Short name",
        max_length=40,
        help_text="For tables and charts.",
        error_messages={"required": "Give it a short name"},
    )
    summary = forms.CharField(
        label="What it is about",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    meaning_changed = forms.CharField(
        label="What changed in meaning",
        required=False,
        max_length=240,
        help_text="Only if the bar moved: levels before this version are then no longer compared "
        "with levels after it. Leave it empty when only words changed.",
    )

    def __init__(self, *args: Any, told: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        self.revised = tuple(told)
        super().__init__(*args, initial=dict(told), **kwargs)

    def facts(self) -> dict[str, str]:
        """Return everything the area says."""
        return {name: text for name, text in self.cleaned_data.items() if name != "base_revision"}
