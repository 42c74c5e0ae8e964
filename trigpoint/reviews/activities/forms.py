"""What people are asked about an activity."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from trigpoint.instruments.models import InstrumentVersion
from trigpoint.people.models import Person
from trigpoint.reviews.reviews.models import LineOfEnquiry
from trigpoint.trusts.models import Team
from trigpoint.web.fields import DayField


class InstrumentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's is no generic
    """A choice of instruments, by name and version."""

    def label_from_instance(self, obj: InstrumentVersion) -> str:
        """Write the instrument's name; versions are counted from the second."""
        name = obj.instrument.name
        return name if obj.number == 1 else f"{name} (version {obj.number})"


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Give a time", "invalid": "Give a time such as 09:40"},
    )


class ScheduleForm(forms.Form):
    """Asks what is done, when, where, with whom and by whom."""

    title = forms.CharField(
        label="What",
        help_text="Such as “Year 4 reading lesson”. Never a pupil’s name.",
        max_length=160,
        error_messages={"required": "Say what it is"},
    )
    instrument_version = InstrumentField(
        queryset=InstrumentVersion.objects.none(),
        label="Instrument",
        empty_label=None,
        error_messages={"required": "Choose an instrument"},
    )
    day = DayField(label="Day")
    starts = _time("From")
    ends = _time("To")
    place = forms.CharField(label="Place", max_length=80, required=False)
    with_whom = forms.CharField(
        label="With whom",
        help_text="Describe groups, such as “six pupils of Year 5”; name no pupil.",
        max_length=160,
        required=False,
    )
    reviewers = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(),
        label="Reviewers",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who goes"},
    )
    is_paired = forms.BooleanField(
        label="Paired visit: two observers who do not read each other until both have handed in",
        required=False,
    )
    lines = forms.ModelMultipleChoiceField(
        queryset=LineOfEnquiry.objects.none(),
        label="Lines of enquiry it serves",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    subject = forms.CharField(label="Subject", max_length=80, required=False)
    year_groups = forms.CharField(label="Year groups", max_length=80, required=False)
    team = forms.ModelChoiceField(
        queryset=Team.objects.none(),
        label="Team or department",
        required=False,
        empty_label="None in particular",
    )
    observed = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label="Who is observed",
        help_text="Look at the provision first: leave this empty unless the visit is about them.",
        required=False,
        empty_label="Nobody is named",
    )
    budget_reason = forms.CharField(
        label="Reason for going past their visit budget",
        help_text="Only if they have had their visits for the year. It is kept and logged.",
        max_length=240,
        required=False,
    )

    def __init__(  # noqa: PLR0913 -- one scoped choice each
        self,
        data: Mapping[str, Any] | None,
        *,
        initial: dict[str, Any],
        instruments: QuerySet[InstrumentVersion],
        people: QuerySet[Person],
        lines: QuerySet[LineOfEnquiry],
        teams: QuerySet[Team],
        observable: QuerySet[Person] | None,
    ) -> None:
        super().__init__(data, initial=initial)
        choices = {
            "instrument_version": instruments,
            "reviewers": people,
            "lines": lines,
            "team": teams,
            "observed": observable,
        }
        if observable is None:
            del choices["observed"], self.fields["observed"], self.fields["budget_reason"]
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]  # each is a choice

    def moments(self) -> dict[str, datetime]:
        """Return start and end as moments in the academy's own time."""
        day = self.cleaned_data["day"]
        return {
            f"{edge}_at": timezone.make_aware(datetime.combine(day, self.cleaned_data[edge]))
            for edge in ("starts", "ends")
        }

    def facts(self) -> dict[str, Any]:
        """Return the answers as the operation's keywords."""
        asked = {"day", "starts", "ends"}
        facts = {name: value for name, value in self.cleaned_data.items() if name not in asked}
        facts["reviewers"] = tuple(facts["reviewers"])
        facts["lines"] = tuple(facts["lines"])
        return facts | self.moments()


class ChangeForm(ScheduleForm):
    """Asks the same of an activity that is planned already, and why it changes."""

    because = forms.CharField(
        label="Why does it change?",
        help_text="It is kept with what was planned before.",
        max_length=240,
        error_messages={"required": "Say why it changes"},
    )

    def __init__(self, data: Mapping[str, Any] | None, **choices: Any) -> None:  # noqa: ANN401 -- as ScheduleForm has them
        super().__init__(data, **choices)
        del self.fields["instrument_version"]


class CallOffForm(forms.Form):
    """Asks why an activity will not take place."""

    because = forms.CharField(
        label="Why is it called off?",
        help_text="Whoever was to be visited reads this. It stays on the timetable.",
        max_length=240,
        error_messages={"required": "Say why it is called off"},
    )


class MissForm(forms.Form):
    """Asks why an activity did not happen."""

    because = forms.CharField(
        label="Why did it not happen?",
        help_text="Such as “The class was out”. It stays on the timetable with the reason.",
        max_length=240,
        error_messages={"required": "Say why it did not happen"},
    )
