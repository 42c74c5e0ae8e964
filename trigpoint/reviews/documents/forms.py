"""What people are asked about documents."""

from typing import Any

from django import forms

from trigpoint.reviews.documents.rules import SUGGESTED

LONGEST = 160


class AskForm(forms.Form):
    """Asks what the academy should send, a line each."""

    titles = forms.CharField(
        label="What the academy should send",
        widget=forms.Textarea(attrs={"rows": 8}),
        initial="\n".join(SUGGESTED),
        max_length=6000,
        help_text="One a line. Ask for little: each costs somebody an evening.",
        error_messages={"required": "Write down at least one document"},
    )

    def clean_titles(self) -> list[str]:
        """Return the lines, each once."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["titles"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if any(len(line) > LONGEST for line in found):
            msg = f"A line may have at most {LONGEST} characters"
            raise forms.ValidationError(msg)
        return found


class HandOverForm(forms.Form):
    """Asks where a document is."""

    where = forms.CharField(
        label="Where it is",
        max_length=300,
        help_text="A link to your own files, or a place such as “folder on the head’s desk”. "
        "Never a list of pupils’ names.",
        error_messages={"required": "Say where it is"},
    )

    def __init__(self, *args: Any, title: str, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.fields["where"].label = f"Where “{title}” is"
