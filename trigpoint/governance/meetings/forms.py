"""What people are asked about meetings."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from trigpoint.reporting.models import Report
from trigpoint.trusts.models import Body
from trigpoint.web.fields import DayField

LONGEST = 2000
ROLES_ONLY = "Name roles and teams, never a member of staff."


class CallMeetingForm(forms.Form):
    """Asks which body meets, and when."""

    body = forms.ModelChoiceField(
        label="Who meets?",
        queryset=Body.objects.none(),
        error_messages={"required": "Choose the body"},
    )
    held_on = DayField(
        label="When?",
        error_messages={"required": "Give the day"},
    )
    title = forms.CharField(
        label="Title",
        help_text="Such as Autumn meeting.",
        max_length=160,
        error_messages={"required": "Give the meeting a title"},
    )

    def __init__(self, data: QueryDict | None, *, bodies: QuerySet[Body]) -> None:
        super().__init__(data)
        field = self.fields["body"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = bodies


class TableReportForm(forms.Form):
    """Asks which final report goes before the meeting."""

    report = forms.ModelChoiceField(
        label="Which report?",
        queryset=Report.objects.none(),
        error_messages={"required": "Choose a report"},
    )

    def __init__(self, data: QueryDict | None, *, reports: QuerySet[Report]) -> None:
        super().__init__(data)
        field = self.fields["report"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = reports


class AskForm(forms.Form):
    """Asks for the question."""

    question = forms.CharField(
        label="Your question",
        help_text=ROLES_ONLY,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write the question"},
    )


class AnswerForm(forms.Form):
    """Asks for the answer."""

    answer = forms.CharField(
        label="The answer",
        help_text=f"Say how you know. {ROLES_ONLY}",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write the answer"},
    )


class DecideForm(forms.Form):
    """Asks what was decided."""

    text = forms.CharField(
        label="What did the body decide?",
        help_text=ROLES_ONLY,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write the decision"},
    )
    follow_up_on = DayField(
        label="Look at it again on",
        required=False,
    )
