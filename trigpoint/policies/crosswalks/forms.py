"""What people are asked when they map a part of the policy to an outside framework."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from trigpoint.policies.outside.rules import Outside
from trigpoint.policies.standards.models import Area, Crosswalk, Standard

FIT_WORDS = {
    "SAME": "Same: the two are about the same thing",
    "NARROWER": "Ours is narrower: all of ours is in theirs, which holds more",
    "WIDER": "Ours is wider: all of theirs is in ours, which holds more",
    "PARTIAL": "Partly: they meet in part",
}


class MapItemForm(forms.Form):
    """Asks what of ours, which item of one outside framework, and how well the two fit."""

    about = forms.ChoiceField(
        label="Ours",
        error_messages={
            "required": "Choose an area or a standard",
            "invalid_choice": "Choose an area or a standard from the list",
        },
    )
    item = forms.ChoiceField(
        label="Theirs",
        error_messages={
            "required": "Choose an item",
            "invalid_choice": "Choose an item from the list",
        },
    )
    fit = forms.ChoiceField(
        label="How well they fit",
        choices=list(FIT_WORDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Say how well they fit"},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        outside: Outside,
        areas: Iterable[Area],
        standards: Iterable[Standard],
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        super().__init__(*args, **kwargs)
        self.outside = outside
        self.areas = {str(it.pk): it for it in areas}
        self.standards = {str(it.pk): it for it in standards}
        cast("forms.ChoiceField", self.fields["about"]).choices = [
            ("", "Choose"),
            ("An area as a whole", [(key, it.name) for key, it in self.areas.items()]),
            ("A standard", [(key, str(it)) for key, it in self.standards.items()]),
        ]
        cast("forms.ChoiceField", self.fields["item"]).choices = [
            ("", "Choose"),
            *((name, name) for name in outside.names),
        ]

    def facts(self) -> dict[str, Any]:
        """Return what maps to which item, and how well."""
        said = self.cleaned_data
        return {
            "framework": self.outside.label,
            "item": said["item"],
            "fit": Crosswalk.Fit(said["fit"]),
            "area": self.areas.get(said["about"]),
            "standard": self.standards.get(said["about"]),
        }
