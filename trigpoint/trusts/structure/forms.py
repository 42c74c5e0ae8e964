"""Questions about the trust's shape. Every choice is one the person may see."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q

from trigpoint.trusts.structure.models import Academy, Body, Cluster, Team
from trigpoint.trusts.structure.rules import AcademyFacts
from trigpoint.web.fields import DayField

if TYPE_CHECKING:
    from trigpoint.people.models import User

ANY_ACADEMY_AGE = 19
Posted = Mapping[str, Any] | None


class TierForm(forms.Form):
    """Asks which tier, who decided it, when and why."""

    tier = forms.TypedChoiceField(
        label="Tier",
        coerce=int,
        choices=[(tier.value, f"Tier {tier.value}: {tier.label}") for tier in Academy.Tier],
    )
    body: "forms.ModelChoiceField[Body]" = forms.ModelChoiceField(
        label="Who decided it?",
        queryset=None,
        empty_label="Choose the body",
        error_messages={"required": "Choose the body that decided"},
    )
    on = DayField(
        label="When did it decide?",
    )
    reason = forms.CharField(
        label="Why this tier?",
        help_text="One or two sentences the academy will read.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the academy is in this tier"},
    )

    def __init__(self, data: Posted, *, user: "User", academy: Academy, today: date) -> None:
        super().__init__(data, initial={"tier": academy.tier, "on": today})
        self.today = today
        body = self.fields["body"]
        assert isinstance(body, forms.ModelChoiceField)  # noqa: S101 -- tells the type checker
        body.queryset = (
            Body.objects.visible_to(user)
            .filter(Q(academy=None) | Q(academy=academy))
            .order_by("kind", "name", "id")
        )

    def clean_on(self) -> date:
        """A tier counts from the day it was decided, so that day is not to come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            msg = "That day is to come. Record the tier once the body has decided it."
            raise forms.ValidationError(msg)
        return on


class AcademyForm(forms.Form):
    """Asks what is known of an academy that is not in the government register."""

    name = forms.CharField(label="Name", max_length=200)
    urn = forms.IntegerField(
        label="URN",
        required=False,
        min_value=100_000,
        max_value=999_999,
        help_text="Six digits, from Get Information About Schools. Leave empty if it has none yet.",
    )
    phase = forms.ChoiceField(
        label="Phase", choices=Academy.Phase.choices, initial=Academy.Phase.NOT_KNOWN
    )
    age_from = forms.IntegerField(
        label="Youngest age", required=False, min_value=0, max_value=ANY_ACADEMY_AGE
    )
    age_to = forms.IntegerField(
        label="Oldest age", required=False, min_value=0, max_value=ANY_ACADEMY_AGE
    )
    joined_on = DayField(
        label="Joined the trust on",
        required=False,
    )

    def facts(self) -> AcademyFacts:
        """Return what was typed as facts."""
        said: dict[str, Any] = self.cleaned_data
        return AcademyFacts(**said)


class _PlacedForm(forms.Form):
    """Something with a kind and a name, at one academy or none."""

    name = forms.CharField(label="Name", max_length=120)
    academy: "forms.ModelChoiceField[Academy]" = forms.ModelChoiceField(
        queryset=None, required=False
    )

    def __init__(self, data: Posted, *, user: "User") -> None:
        super().__init__(data)
        academy = self.fields["academy"]
        assert isinstance(academy, forms.ModelChoiceField)  # noqa: S101 -- tells the type checker
        academy.queryset = Academy.objects.visible_to(user).order_by("name", "id")


class TeamForm(_PlacedForm):
    """Asks for a team."""

    kind = forms.ChoiceField(label="What holds it together?", choices=Team.Kind.choices)
    subject = forms.CharField(label="Subject", max_length=80, required=False)
    field_order = ("name", "kind", "academy", "subject")

    def __init__(self, data: Posted, *, user: "User") -> None:
        super().__init__(data, user=user)
        self.fields["academy"].label = "Academy"
        self.fields["academy"].help_text = "Leave empty for a trust network."


class BodyForm(_PlacedForm):
    """Asks for a board, committee or local governing body."""

    kind = forms.ChoiceField(label="Which kind?", choices=Body.Kind.choices)
    field_order = ("name", "kind", "academy")

    def __init__(self, data: Posted, *, user: "User") -> None:
        super().__init__(data, user=user)
        self.fields["academy"].label = "Academy it oversees"
        self.fields["academy"].help_text = "Only for a local governing body."


class ClusterAcademiesForm(forms.Form):
    """Asks which academies are in a cluster."""

    academies: "forms.ModelMultipleChoiceField[Academy]" = forms.ModelMultipleChoiceField(
        label="Academies",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text="An academy that is in another cluster moves to this one.",
        error_messages={"required": "Choose at least one academy"},
    )

    def __init__(self, data: Posted, *, user: "User", cluster: Cluster | None = None) -> None:
        inside = Academy.objects.visible_to(user).filter(cluster=cluster) if cluster else ()
        super().__init__(data, initial={"academies": inside})
        academies = self.fields["academies"]
        assert isinstance(academies, forms.ModelMultipleChoiceField)  # noqa: S101 -- as above
        academies.queryset = (
            Academy.objects.visible_to(user).filter(closed_on=None).order_by("name", "id")
        )


class ClusterForm(ClusterAcademiesForm):
    """Asks for a cluster and its academies."""

    name = forms.CharField(label="Name", max_length=120)
    field_order = ("name", "academies")
