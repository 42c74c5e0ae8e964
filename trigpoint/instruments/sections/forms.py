"""What people are asked about a part of a form."""

from collections.abc import Mapping
from typing import Any

from django import forms

from trigpoint.instruments.contents.rules import MOST_REPEATS
from trigpoint.instruments.sections.rules import Words
from trigpoint.web.revisions import RevisedForm


class PartForm(RevisedForm):
    """Asks for a part's title and help, and whether it is answered several times.

    Args:
        told: what it says now, by the names of the fields; empty for a new one.

    """

    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="Such as What happened.",
        error_messages={"required": "Give the part a title"},
    )
    help = forms.CharField(
        label="Help",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Read above its questions.",
    )
    most = forms.IntegerField(
        label="Answered several times, at most",
        required=False,
        min_value=1,
        max_value=MOST_REPEATS,
        help_text="For snapshots and segments: how many times over the questions are asked. Leave "
        "it empty to ask once. Notes, look-fors and photos are kept once a record.",
    )
    word = forms.CharField(
        label="What one of them is called",
        required=False,
        max_length=40,
        help_text="Such as Snapshot: the answers then stand under Snapshot 1, Snapshot 2.",
    )

    def __init__(self, *args: Any, told: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        self.revised = tuple(told)
        super().__init__(*args, initial=dict(told), **kwargs)

    def clean(self) -> dict[str, Any]:
        """What is answered several times has a word for one of them."""
        said: dict[str, Any] = self.cleaned_data
        if said.get("most") and not said.get("word"):
            self.add_error("word", "Say what one of them is called, such as Snapshot")
        if said.get("word") and "most" in said and not said["most"]:
            self.add_error("most", "Say how often at most, or clear the word for one of them")
        return said

    def words(self) -> Words:
        """Return what was said, line ends as one kind."""
        said = self.cleaned_data
        return Words(
            title=said["title"],
            help=said["help"].replace("\r\n", "\n"),
            most=said["most"] or 0,
            word=said["word"],
        )
