"""What people are asked about an action."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from trigpoint.improvement.actions.models import Action
from trigpoint.people.models import Person
from trigpoint.policies.models import LookFor
from trigpoint.web.fields import DayField


class RaiseActionForm(forms.Form):
    """Asks what will be done, by whom, by when, and how anybody will know that it worked."""

    title = forms.CharField(label="What will be done?", max_length=200)
    success_criterion = forms.CharField(
        label="What will be seen if it works?",
        help_text="Something a visitor could see, not something that was done.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label="Who owns it?",
        error_messages={"invalid_choice": "Choose somebody with a post at this academy"},
    )
    look_for = forms.ModelChoiceField(
        queryset=LookFor.objects.none(),
        label="Which look-for will be looked at again?",
        help_text="The same look-for is counted before and after.",
        required=False,
        empty_label="None",
    )
    due_on = DayField(label="Due")
    check_due_on = DayField(
        label="Look again by", help_text="Somebody else looks whether it worked."
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        initial: dict[str, Any],
        owners: QuerySet[Person],
        look_fors: QuerySet[LookFor],
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]  # a choice of people
        self.fields["look_for"].queryset = look_fors  # type: ignore[attr-defined]  # and of look-fors


class FinishActionForm(forms.Form):
    """Asks what was done."""

    words = forms.CharField(
        label="What was done?",
        help_text="Two or three sentences. Whether it worked is looked at later, by somebody else.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what was done"},
    )


class CheckActionForm(forms.Form):
    """Asks what was seen when somebody looked again."""

    outcome = forms.ChoiceField(
        label="Did it work?", choices=Action.Outcome, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="What did you see?",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what you saw"},
    )
    seen_before_count = forms.IntegerField(label="Seen before", min_value=0, required=False)
    looked_before_count = forms.IntegerField(label="Looks before", min_value=0, required=False)
    seen_after_count = forms.IntegerField(label="Seen now", min_value=0, required=False)
    looked_after_count = forms.IntegerField(label="Looks now", min_value=0, required=False)
    due_on = DayField(
        label="If not yet: due now", help_text="Leave empty when it worked.", required=False
    )
    check_due_on = DayField(label="If not yet: look again by", required=False)


class ReopenActionForm(forms.Form):
    """Asks why the work goes on, and the new dates."""

    because = forms.CharField(label="Why does the work go on?", max_length=300)
    due_on = DayField(label="Due now")
    check_due_on = DayField(label="Look again by")
