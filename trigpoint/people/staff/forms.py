"""Which staff to list."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from trigpoint.trusts.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User


class FilterForm(forms.Form):
    """Narrows the list of staff."""

    name = forms.CharField(label="Name, email or number", required=False, max_length=80)
    academy: "forms.ModelChoiceField[Academy]" = forms.ModelChoiceField(
        label="Academy", required=False, queryset=None, empty_label="All academies"
    )
    left = forms.BooleanField(label="Only those who left", required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, user: "User") -> None:
        super().__init__(data)
        academy = self.fields["academy"]
        assert isinstance(academy, forms.ModelChoiceField)  # noqa: S101 -- tells the type checker
        academy.queryset = Academy.objects.visible_to(user).order_by("name", "id")

    def wanted(self) -> dict[str, Any]:
        """Return what to narrow to; a filter that makes no sense is left out."""
        self.is_valid()
        academy = self.cleaned_data.get("academy")
        return {
            "name": self.cleaned_data.get("name", ""),
            "academy_id": academy.pk if academy else None,
            "left": self.cleaned_data.get("left", False),
        }
