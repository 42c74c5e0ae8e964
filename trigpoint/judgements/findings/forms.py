"""What people type about findings."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from trigpoint.judgements.claims.models import Claim
from trigpoint.judgements.findings import queries
from trigpoint.judgements.findings.models import Finding
from trigpoint.people.models import Person
from trigpoint.policies.models import Area
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Team
from trigpoint.web.revisions import RevisedForm

if TYPE_CHECKING:
    from trigpoint.people.models import User


class RaiseForm(RevisedForm):
    """Asks what was found, and about whom; asked again when it is corrected."""

    revised = ("title", "detail")

    kind = forms.ChoiceField(label="What is it?", choices=Finding.Kind, widget=forms.RadioSelect)
    title = forms.CharField(
        label="What was found?",
        help_text="One line, as it would stand in the report.",
        max_length=200,
        error_messages={"required": "Say what was found"},
    )
    detail = forms.CharField(
        label="What should the reader know?",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    area = forms.ModelChoiceField(
        Area.objects.none(), label="In which area?", empty_label="Choose an area"
    )
    claim = forms.ModelChoiceField(
        Claim.objects.none(),
        label="Which claim does it rest on?",
        required=False,
        empty_label="None of them",
    )
    theme = forms.CharField(
        label="Theme",
        help_text="Findings with the same theme add up. Choose one, or type a new one.",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "themes", "autocomplete": "off"}),
    )
    scope = forms.ChoiceField(
        label="Who is it about?", choices=Finding.Scope, widget=forms.RadioSelect, initial="ACADEMY"
    )
    team = forms.ModelChoiceField(
        Team.objects.none(), label="Team", required=False, empty_label="No team"
    )
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label="Person",
        help_text="Only for a finding about an individual. Only they and their leaders read it.",
        required=False,
        empty_label="Nobody",
    )

    def __init__(self, *args: Any, review: Review, viewer: "User", on: date, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        areas = Area.objects.visible_to(viewer).filter(version=review.policy_version_id)
        claims = Claim.objects.visible_to(viewer).filter(review=review, status=Claim.Status.AGREED)
        teams = Team.objects.visible_to(viewer).filter(academy=review.academy_id)
        self._offer("area", areas.order_by("position", "id"))
        self._offer("claim", claims.order_by("number", "id"))
        self._offer("team", teams.order_by("name", "id"))
        self._offer("person", queries.people(viewer=viewer, review=review, on=on))

    def _offer(self, name: str, choices: Any) -> None:  # noqa: ANN401 -- a queryset of the field's own table
        choice = self.fields[name]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = choices

    def clean(self) -> dict[str, Any]:
        """Take the standard from the claim, when the area is the claim's own."""
        cleaned = super().clean() or self.cleaned_data
        claim, area = cleaned.get("claim"), cleaned.get("area")
        fits = claim is not None and area is not None and claim.standard.area_id == area.pk
        cleaned["standard"] = claim.standard if claim is not None and fits else None
        return cleaned


class WithdrawForm(forms.Form):
    """Asks why a finding does not hold."""

    because = forms.CharField(
        label="Why?",
        help_text="It stays on the record of the review.",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )
