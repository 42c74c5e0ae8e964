"""What people are asked about a review."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from trigpoint.instruments.models import ActivityKind
from trigpoint.people.models import Person
from trigpoint.policies.models import Area, Standard
from trigpoint.reviews.reviews.models import Review
from trigpoint.web.fields import DayField
from trigpoint.web.revisions import RevisedForm

MOST_MEMBERS = 4


def _person_field(
    label: str, people: Mapping[str, Person], *, nobody: str = "", help_text: str = ""
) -> forms.TypedChoiceField:
    """Make a choice of people who were fetched once; nobody else is accepted."""

    def chosen(pk: str) -> Person:
        if pk not in people:
            raise ValueError(pk)
        return people[pk]

    return forms.TypedChoiceField(
        label=label,
        choices=[("", nobody or "Choose"), *((pk, person.name) for pk, person in people.items())],
        coerce=chosen,
        empty_value=None,
        required=not nobody,
        help_text=help_text,
        error_messages={
            "required": f"{label}: choose a person",
            "invalid_choice": "Choose from the list",
        },
    )


def _nominee_field(people: Mapping[str, Person]) -> forms.TypedChoiceField:
    return _person_field(
        "Nominee",
        people,
        nobody="Nobody yet",
        help_text="Who at the academy receives the review and arranges the day: somebody who works "
        "there and can open its reviews. Whoever is missing needs a role there first.",
    )


def by_id(people: Iterable[Person]) -> dict[str, Person]:
    """Return people by id, for the choices of several fields."""
    return {str(person.pk): person for person in people}


class PlanReviewForm(forms.Form):
    """Asks what a review of one academy is about, who does it and when."""

    kind = forms.ChoiceField(label="Kind", choices=Review.Kind, initial=Review.Kind.DEEP_DIVE)
    title = forms.CharField(
        label="Title",
        help_text="What people will call it, such as “Reading deep dive”.",
        max_length=160,
        error_messages={"required": "Give the review a title"},
    )
    subjects = forms.CharField(label="Subjects", max_length=200, required=False)
    year_groups = forms.CharField(
        label="Year groups",
        help_text="Such as “Reception to Year 4”.",
        max_length=120,
        required=False,
    )
    areas = forms.ModelMultipleChoiceField(
        queryset=Area.objects.none(),
        label="Areas of the policy",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one area"},
    )
    fieldwork_starts_on = DayField(label="First day of fieldwork")
    fieldwork_ends_on = DayField(label="Last day of fieldwork")
    staff_hours_budget = forms.IntegerField(
        label="Hours of the academy’s staff it may take",
        min_value=0,
        max_value=1000,
        initial=0,
        help_text="0 sets no limit.",
    )
    reason = forms.CharField(
        label="Why this review, why now?",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        areas: QuerySet[Area],
        people: Mapping[str, Person],
        nominees: Mapping[str, Person],
    ) -> None:
        super().__init__(data)
        self.fields["areas"].queryset = areas  # type: ignore[attr-defined]  # a choice of areas
        self.fields["lead"] = _person_field("Lead reviewer", people)
        self.fields["nominee"] = _nominee_field(nominees)


class MemberForm(forms.Form):
    """Asks for one more person on the team, and whether anything stands between them and it."""

    expertise = forms.CharField(label="Expertise", max_length=120, required=False)
    conflict = forms.CharField(
        label="Conflict of interest",
        max_length=240,
        required=False,
    )

    def __init__(
        self, *, people: Mapping[str, Person], nobody: str = "Nobody", **kwargs: object
    ) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]  # what a formset hands each form
        self.fields = {
            "person": _person_field("Team member", people, nobody=nobody),
            **self.fields,
        }


MemberFormSet = forms.formset_factory(MemberForm, extra=MOST_MEMBERS, max_num=MOST_MEMBERS)


class AskForm(forms.Form):
    """Asks for a line of enquiry: the question, its standards, and how much would be enough."""

    question = forms.CharField(
        label="Question",
        help_text="One thing the review sets out to answer.",
        max_length=240,
        error_messages={"required": "Write the question"},
    )
    standards = forms.ModelMultipleChoiceField(
        queryset=Standard.objects.none(),
        label="Standards it concerns",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one standard"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        standards: QuerySet[Standard],
        suggested: Mapping[str, int],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["standards"].queryset = standards  # type: ignore[attr-defined]  # of standards
        for kind in ActivityKind:
            self.fields[kind.lower()] = forms.IntegerField(
                label=kind.label,
                min_value=0,
                max_value=99,
                initial=suggested.get(kind, 0),
            )

    @property
    def kind_fields(self) -> Sequence[forms.BoundField]:
        """The counts wanted, one field a kind of activity."""
        return [self[kind.lower()] for kind in ActivityKind]

    @property
    def wanted(self) -> dict[str, int]:
        """How many records of each kind would be enough; kinds that are not needed are left out."""
        counts = {kind.value: self.cleaned_data[kind.lower()] for kind in ActivityKind}
        return {kind: count for kind, count in counts.items() if count}

    def facts(self) -> dict[str, Any]:
        """Return the answers as the operation's keywords."""
        asked = self.cleaned_data
        standards = tuple(asked["standards"])
        return {"question": asked["question"], "standards": standards, "wanted": self.wanted}


class RewordForm(RevisedForm, AskForm):
    """Asks the same of a line that is written already, and keeps two writers apart."""

    revised = ("question",)


class ReplanForm(forms.Form):
    """Asks for other days of fieldwork."""

    starts_on = DayField(label="First day of fieldwork")
    ends_on = DayField(label="Last day of fieldwork")


class StepBackForm(forms.Form):
    """Asks why the last step is taken back."""

    because = forms.CharField(
        label="Why is it taken back?",
        help_text="One sentence for the review’s history.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is taken back"},
    )


class CancelForm(forms.Form):
    """Asks why a review is called off."""

    because = forms.CharField(
        label="Why is it called off?",
        help_text="One sentence the academy could read.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is called off"},
    )
