"""What people are asked about a reviewer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from trigpoint.people.models import Person
from trigpoint.reviews.reviewers.rules import ProfileFacts

MOST_DAYS = 70


class ProfileForm(forms.Form):
    """Asks how many days somebody gives, what they know, and whether they are there to be asked."""

    days_a_term = forms.IntegerField(
        label="Days a term",
        help_text="Leave it empty for as many as the policy says.",
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
    )
    areas = forms.MultipleChoiceField(
        label="Areas they know well",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_available = forms.BooleanField(
        label="May be proposed for reviews", required=False, initial=True
    )

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- passed on
        """Offer the areas of the policy in force, by lineage."""
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = areas  # type: ignore[attr-defined]  # a field of choices

    def facts(self) -> ProfileFacts:
        """Return what was filled in."""
        told = self.cleaned_data
        return ProfileFacts(
            days_a_term=told["days_a_term"],
            areas=tuple(told["areas"]),
            is_available=told["is_available"],
        )


class AddReviewerForm(ProfileForm):
    """Asks also who it is."""

    field_order = ("person", "days_a_term", "areas", "is_available")

    def __init__(self, *args: Any, people: Mapping[str, Person], **kwargs: Any) -> None:  # noqa: ANN401 -- passed on
        """Offer the people given, and nobody else."""
        super().__init__(*args, **kwargs)

        def chosen(pk: str) -> Person:
            if pk not in people:
                raise ValueError(pk)
            return people[pk]

        self.fields["person"] = forms.TypedChoiceField(
            label="Who",
            choices=[("", "Choose"), *((pk, person.name) for pk, person in people.items())],
            coerce=chosen,
            error_messages={"required": "Choose who it is"},
        )
        self.order_fields(self.field_order)
