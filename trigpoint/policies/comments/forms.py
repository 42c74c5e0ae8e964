"""What people are asked when they comment, and when a comment is answered."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from trigpoint.policies.comments.models import PolicyComment
from trigpoint.policies.standards.models import Standard
from trigpoint.policies.versions.models import Section
from trigpoint.web.revisions import RevisedForm

Choices = list[tuple[str, Any]]


class CommentForm(forms.Form):
    """Asks what a comment is about and what it says."""

    about = forms.ChoiceField(
        label="About",
        required=False,
        error_messages={"invalid_choice": "Choose what it is about from the list"},
    )
    text = forms.CharField(
        label="Your comment",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Everybody in the trust can read it. Only those who write the policy see your name.",
        error_messages={"required": "Write your comment"},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        standards: Iterable[Standard],
        sections: Iterable[Section],
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        super().__init__(*args, **kwargs)
        self.subjects: dict[str, dict[str, Any]] = {"": {}}
        by_area: dict[str, Choices] = {}
        for standard in standards:
            self.subjects[str(standard.pk)] = {"standard": standard}
            by_area.setdefault(standard.area.name, []).append((str(standard.pk), str(standard)))
        texts: Choices = []
        for section in sections:
            self.subjects[str(section.pk)] = {"section": section}
            texts.append((str(section.pk), section.title))
        about = cast("forms.ChoiceField", self.fields["about"])
        about.choices = [("", "The policy as a whole"), *by_area.items(), ("The text", texts)]

    def subject(self) -> dict[str, Any]:
        """Return what the comment is about: a standard, a section, or nothing for the whole."""
        return self.subjects[self.cleaned_data["about"]]


class AnswerForm(RevisedForm):
    """Asks what was done with a comment, and why."""

    revised = ("disposition", "answer")

    disposition = forms.ChoiceField(
        label="What was done with it",
        choices=PolicyComment.Disposition.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what was done with it"},
    )
    answer = forms.CharField(
        label="Why, or what changed",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Give the reason: whoever made the comment reads it"},
    )
