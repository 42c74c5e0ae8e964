"""What people are asked about a report."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from trigpoint.reporting.reports.models import FactualComment, Report
from trigpoint.web.revisions import RevisedForm

LONGEST = 4000


class DescribeReportForm(RevisedForm):
    """Asks for the title and the opening words."""

    revised = ("title", "summary")

    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Give the report a title"}
    )
    summary = forms.CharField(
        label="Opening words",
        help_text="Why this review, and what a reader should know first. Leave a line between paragraphs.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class RewordStatementForm(RevisedForm):
    """Asks how the statement should read."""

    revised = ("text",)

    text = forms.CharField(
        label="The statement",
        help_text="Say what was seen. Never name a member of staff or a pupil.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write the statement"},
    )


class CommentForm(forms.Form):
    """Asks the academy what is not right."""

    text = forms.CharField(
        label="What is not right?",
        help_text="Say what the fact is and where it can be checked. Name roles, not people.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what is not right"},
    )


class DisposeCommentForm(RevisedForm):
    """Asks what is done with a comment, and why."""

    revised = ("new_text",)

    disposition = forms.ChoiceField(
        label="What is done with it?",
        choices=FactualComment.Disposition.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is done with the comment"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="The academy reads this.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )
    new_text = forms.CharField(
        label="The statement as it reads now",
        help_text="Change the words when you accept the comment or part of it. Declined, they stay.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SupersedeReportForm(forms.Form):
    """Asks which later report takes over."""

    later = forms.ModelChoiceField(
        label="Which report takes over?",
        queryset=Report.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose the later report"},
    )

    def __init__(self, data: QueryDict | None, *, later: QuerySet[Report]) -> None:
        super().__init__(data)
        field = self.fields["later"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = later
