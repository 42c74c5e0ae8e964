"""What people are asked about a proposed review."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from trigpoint.reviews.slots.rules import Move
from trigpoint.web.fields import DayField


class MoveForm(forms.Form):
    """Asks where a proposed review goes: a week, or one day; and with whom."""

    week = DayField(
        label="Week",
        required=False,
        help_text="The best open day of that week is taken, unless you name one.",
    )
    starts_on = DayField(label="First day", required=False)
    finds_people = forms.BooleanField(
        label="Find people again for the new days",
        help_text="Whoever is free, knows the area and has no conflict of interest.",
        required=False,
    )
    lead = forms.TypedChoiceField(
        label="Lead", coerce=UUID, empty_value=None, required=False, choices=[]
    )
    team = forms.TypedMultipleChoiceField(
        label="Team",
        coerce=UUID,
        required=False,
        choices=[],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- passed on
        weeks: Sequence[tuple[date, str]],
        people: Sequence[tuple[UUID, str]],
        **kwargs: Any,  # noqa: ANN401 -- passed on
    ) -> None:
        """Offer the school weeks and the reviewers given."""
        super().__init__(*args, **kwargs)
        named = [("", "Leave it where it is"), *((f"{day}", words) for day, words in weeks)]
        self.fields["week"].widget = forms.Select(choices=named)
        listed = [(str(pk), name) for pk, name in people]
        if people:
            self.fields["lead"].choices = [("", "As it is"), *listed]  # type: ignore[attr-defined]  # choices
            self.fields["team"].choices = listed  # type: ignore[attr-defined]  # as above
        else:  # an academy's own review has no reviewers
            for name in ("lead", "team", "finds_people"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for a week, a day or other people: one of them at least."""
        told = super().clean() or {}
        if not any(told.get(name) for name in self.fields):
            self.add_error(None, "Choose a week or a day, or other people.")
        return told

    def move(self, *, now: date, people: tuple[UUID, ...]) -> Move:
        """Return the move that was asked for.

        Args:
            now: its first day as it stands.
            people: its people as they stand, the lead first.

        """
        told = self.cleaned_data
        day, week = told.get("starts_on"), told.get("week")
        if not day and not week:
            day = now
        lead, team = told.get("lead"), told.get("team") or []
        chosen = None
        if lead or team:
            first = lead or people[0]
            rest = team or [pk for pk in people[1:] if pk != first]
            chosen = (first, *(pk for pk in rest if pk != first))
        return Move(
            starts_on=day,
            week=None if day else week,
            people=chosen,
            finds_people=bool(told.get("finds_people")),
        )


class DropForm(forms.Form):
    """Asks why a proposed review is left out of the year."""

    because = forms.CharField(
        label="Why is it left out?",
        help_text="One sentence. A new proposal leaves it out too, until you take it up again.",
        max_length=240,
        error_messages={"required": "Say why it is left out"},
    )
