"""What people are asked when they say who answers for what."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from trigpoint.people.models import Person
from trigpoint.policies.standards.models import Area, Standard
from trigpoint.policies.versions.models import Responsibility


class AssignForm(forms.Form):
    """Asks for the part, the role or person that plays it, and what it is about."""

    about = forms.ChoiceField(
        label="For",
        required=False,
        error_messages={"invalid_choice": "Choose an area or a standard from the list"},
    )
    part = forms.ChoiceField(label="Part", choices=Responsibility.Part)
    role_name = forms.CharField(
        label="Role",
        max_length=120,
        help_text="As everybody reads it, such as “Trust curriculum lead”.",
        error_messages={"required": "Say which role it is"},
    )
    person = forms.ModelChoiceField(
        label="Person",
        queryset=Person.objects.none(),
        required=False,
        empty_label="Whoever holds the role",
        help_text="Who it is now. Governors and trustees read the role alone.",
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        areas: Iterable[Area],
        standards: Iterable[Standard],
        people: QuerySet[Person],
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(it.pk): it for it in areas}
        self.standards = {str(it.pk): it for it in standards}
        about = cast("forms.ChoiceField", self.fields["about"])
        about.choices = [
            ("", "The whole policy"),
            ("An area", [(key, it.name) for key, it in self.areas.items()]),
            ("A standard", [(key, str(it)) for key, it in self.standards.items()]),
        ]
        cast("forms.ModelChoiceField[Person]", self.fields["person"]).queryset = people

    def facts(self) -> dict[str, Any]:
        """Return who plays which part, and for what."""
        said = self.cleaned_data
        places = {
            "area": self.areas.get(said["about"]),
            "standard": self.standards.get(said["about"]),
        }
        return places | {name: said[name] for name in ("part", "role_name", "person")}
