"""What people type about claims: shape and wording only, never saving."""

from typing import TYPE_CHECKING, Any

from django import forms

from trigpoint.evidence.models import EvidenceRecord
from trigpoint.judgements.claims.models import Citation, Claim
from trigpoint.policies.models import Level, Standard
from trigpoint.policies.standards.queries import levels
from trigpoint.reviews.models import LineOfEnquiry, Review
from trigpoint.web.revisions import RevisedForm

if TYPE_CHECKING:
    from trigpoint.people.models import User

ANSWERS = [
    (Citation.Answer.CHANGED.value, "Change the claim"),
    (Citation.Answer.EXPLAINED.value, "Explain it"),
    (Citation.Answer.OUTWEIGHED.value, "Outweighed, because"),
    (Citation.Answer.SEEN_MORE.value, "We saw more first"),
]
SIDES = [
    (Citation.Stance.SUPPORTS.value, "Supports the claim"),
    (Citation.Stance.CONTRADICTS.value, "Contradicts it"),
]
IN_OTHER_WORDS = "own"


def _words(label: str, help_text: str = "", *, rows: int = 3, **more: Any) -> forms.CharField:  # noqa: ANN401 -- whatever a field takes
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )


class ProposeForm(forms.Form):
    """Asks what the team may be able to say."""

    statement = _words(
        "What can we say?",
        "One sentence that evidence can support or contradict. Name no person.",
        error_messages={"required": "Say what we may be able to claim"},
    )
    standard = forms.ModelChoiceField(
        Standard.objects.none(),
        label="About which standard?",
        empty_label="Choose a standard",
        error_messages={"required": "Choose the standard it is about"},
    )
    line = forms.ModelChoiceField(
        LineOfEnquiry.objects.none(),
        label="Which line of enquiry does it answer?",
        required=False,
        empty_label="None of them",
    )

    def __init__(self, *args: Any, review: Review, viewer: "User", **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        standards = Standard.objects.visible_to(viewer).filter(version=review.policy_version_id)
        areas = review.areas.values("pk")
        if areas:
            standards = standards.filter(area__in=areas)
        lines = LineOfEnquiry.objects.visible_to(viewer).filter(review=review)
        self._offer("standard", standards.order_by("area__position", "position", "id"))
        self._offer("line", lines.order_by("number", "id"))

    def _offer(self, name: str, choices: Any) -> None:  # noqa: ANN401 -- a queryset of the field's own table
        choice = self.fields[name]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = choices


class CiteForm(forms.Form):
    """Asks which way the record points, and in which of its own words.

    Who cites looks for pupils' names, unless the author did so when sharing the record.
    """

    stance = forms.ChoiceField(
        label="Which way does it point?",
        choices=SIDES,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it supports or contradicts the claim"},
    )
    note = forms.ChoiceField(
        label="In which words?",
        required=False,
        widget=forms.RadioSelect,
    )
    excerpt = _words(
        "Words from the record",
        "Only if you chose other words: copy them from the record, with … where you leave some out.",
        rows=2,
        required=False,
    )

    names_checked = forms.BooleanField(
        label="I have checked these words: none of them names a pupil", required=False
    )

    def __init__(self, *args: Any, record: EvidenceRecord, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        if record.names_checked:
            del self.fields["names_checked"]
        self.notes = {str(note.pk): note for note in record.notes.order_by("position", "id")}
        choice = self.fields["note"]
        if isinstance(choice, forms.ChoiceField):
            offered = [(key, note.text) for key, note in self.notes.items()]
            choice.choices = [*offered, (IN_OTHER_WORDS, "Other words of the record")]
            choice.initial = offered[0][0] if offered else IN_OTHER_WORDS

    def clean(self) -> dict[str, Any]:
        """Take the chosen note's words when no others are given."""
        cleaned = super().clean() or self.cleaned_data
        note = self.notes.get(cleaned.get("note", ""))
        cleaned["note"] = note
        if note is not None and not cleaned.get("excerpt"):
            cleaned["excerpt"] = note.text
        if not cleaned.get("excerpt"):
            self.add_error("excerpt", "Choose a note, or copy the words that matter")
        return cleaned


class AnswerForm(RevisedForm):
    """Asks how a contradiction is settled."""

    revised = ("words", "new_statement")

    kind = forms.ChoiceField(
        label="How do you answer it?",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you answer it"},
    )
    words = _words(
        "Why does that settle it?",
        rows=2,
        error_messages={"required": "Say in a sentence why that settles it"},
    )
    new_statement = _words(
        "New wording of the claim", "Only if you change the claim.", rows=2, required=False
    )


class RewordForm(RevisedForm):
    """Asks for other words and why."""

    revised = ("statement",)

    statement = _words("How should it read?", error_messages={"required": "Give the new wording"})
    because = _words("Why?", rows=2, error_messages={"required": "Say why the wording changes"})


class LevelForm(forms.Form):
    """Asks which level the claim amounts to."""

    level = forms.ModelChoiceField(
        Level.objects.none(),
        label="Which level does this amount to?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose a level"},
    )

    def __init__(self, *args: Any, claim: Claim, viewer: "User", **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        choice = self.fields["level"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = levels(claim.standard.area, viewer=viewer)


class BecauseForm(forms.Form):
    """Asks why."""

    because = _words("Why?", "It stays on the record.", error_messages={"required": "Say why"})
