"""What people are asked about a part of a draft's text."""

from collections.abc import Mapping
from typing import Any

from django import forms

from trigpoint.policies.versions.models import Section
from trigpoint.web.revisions import RevisedForm


class SectionForm(RevisedForm):
    """Asks for a title, the text, and what it is about.

    Args:
        told: what it says now, by the names of the fields; empty for a new one.

    """

    title = forms.CharField(
        label="Title", max_length=160, error_messages={"required": "Give it a title"}
    )
    kind = forms.ChoiceField(label="What it is about", choices=Section.Kind)
    text = forms.CharField(
        label="Text",
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Plain paragraphs, with an empty line between them.",
        error_messages={"required": "Write the text"},
    )

    def __init__(self, *args: Any, told: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        self.revised = tuple(told)
        super().__init__(*args, initial=dict(told), **kwargs)

    def facts(self) -> dict[str, str]:
        """Return what was said, line ends as one kind."""
        said = self.cleaned_data
        text = said["text"].replace("\r\n", "\n")
        return {"kind": said["kind"], "title": said["title"], "text": text}
