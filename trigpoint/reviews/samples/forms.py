"""What people are asked before a sample is drawn."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms

from trigpoint.instruments.models import ActivityKind
from trigpoint.people.models import Person
from trigpoint.reviews.samples.rules import MOST_SEED

MOST = 60
DRAWN_KINDS = (
    ActivityKind.LESSON_VISIT,
    ActivityKind.LEARNING_WALK,
    ActivityKind.BOOK_SCRUTINY,
    ActivityKind.STUDENT_VOICE,
)


def _ticks(label: str, missing: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, widget=forms.CheckboxSelectMultiple, error_messages={"required": missing}
    )


class DrawForm(forms.Form):
    """Asks how many of what, over which subjects and year groups, seen by whom."""

    kind = forms.ChoiceField(label="Of what", choices=[(it.value, it.label) for it in DRAWN_KINDS])
    count = forms.IntegerField(
        label="How many",
        min_value=1,
        max_value=MOST,
        error_messages={"required": "Say how many"},
    )
    subjects = _ticks("Subjects", "Tick at least one subject")
    year_groups = _ticks("Year groups", "Tick at least one year group")
    observers = _ticks("Seen by", "Tick at least one observer")
    seed = forms.IntegerField(
        label="Seed",
        min_value=1,
        max_value=MOST_SEED,
        help_text="Any number. The same one draws the same again, so anybody can check the draw.",
        error_messages={"required": "Give a number"},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        subjects: Sequence[str],
        year_groups: Sequence[str],
        people: Iterable[Person],
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "subjects": [(it, it) for it in subjects],
            "year_groups": [(it, it) for it in year_groups],
            "observers": [(str(it.pk), it.name) for it in people],
        }
        for name, offered in choices.items():
            cast("forms.MultipleChoiceField", self.fields[name]).choices = offered
