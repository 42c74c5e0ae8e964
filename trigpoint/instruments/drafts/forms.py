"""What people are asked about a form as a whole: what it starts from, what it is called."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms

from trigpoint.instruments.library.models import ActivityKind, InstrumentVersion
from trigpoint.web.revisions import RevisedForm

NOTHING = ("", "Nothing: an empty form")
NAMING = [
    ("OFF", "Names nobody"),
    ("OPTIONAL", "Naming the person observed is optional"),
]


def name_field() -> forms.CharField:
    """Ask for the name of an instrument."""
    return forms.CharField(
        label="Name",
        max_length=120,
        help_text="Such as Phonics visit.",
        error_messages={"required": "Give the instrument a name"},
    )


def purpose_field() -> forms.CharField:
    """Ask what an instrument is for."""
    return forms.CharField(
        label="What it is for",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="A sentence or two for those who choose it.",
        error_messages={"required": "Say what it is for"},
    )


class BeginForm(forms.Form):
    """Asks for the kind, the name and what the new form starts from."""

    kind = forms.ChoiceField(
        label="For which kind of activity?",
        choices=ActivityKind.choices,
        help_text="It stays of this kind.",
    )
    name = name_field()
    purpose = purpose_field()
    start = forms.ChoiceField(label="Start from", required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        published: Iterable[InstrumentVersion],
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        super().__init__(*args, **kwargs)
        self.published = {str(version.pk): version for version in published}
        choices = [(key, version.instrument.name) for key, version in self.published.items()]
        cast("forms.ChoiceField", self.fields["start"]).choices = [NOTHING, *choices]

    def content(self) -> dict[str, Any] | None:
        """Return what was chosen to start from; None for nothing."""
        chosen = self.published.get(self.cleaned_data["start"])
        return chosen.content if chosen else None


class DescribeForm(RevisedForm):
    """Asks what a form is called, what it is for, whom it names and what is read first.

    Args:
        told: what it says now, by the names of the fields.

    """

    name = name_field()
    purpose = purpose_field()
    naming = forms.ChoiceField(
        label="The person observed",
        choices=NAMING,
        widget=forms.RadioSelect,
        help_text="A record of a conversation, a walk or a governor’s visit names nobody.",
    )
    guidance = forms.CharField(
        label="To read before one begins",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, told: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        self.revised = tuple(told)
        super().__init__(*args, initial=dict(told), **kwargs)

    def words(self) -> dict[str, str]:
        """Return what was said, line ends as one kind."""
        said = self.cleaned_data
        return {name: said[name].replace("\r\n", "\n") for name in self.revised}


class SeenForm(forms.Form):
    """Carries the mark of what was shown to somebody who is asked to agree to it."""

    seen = forms.CharField(widget=forms.HiddenInput)
