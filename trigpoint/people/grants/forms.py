"""Questions about roles. People and places to choose from are those the person reaches."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from trigpoint.people.grants import queries, rules
from trigpoint.people.grants.queries import Wanted
from trigpoint.people.roles import Role
from trigpoint.people.staff import queries as staff
from trigpoint.people.staff.models import Person
from trigpoint.trusts.models import Academy, Cluster, Team
from trigpoint.web.fields import DayField

if TYPE_CHECKING:
    from datetime import date

    from trigpoint.people.models import User

Posted = Mapping[str, Any] | None
EVERYWHERE = "trust"


class FilterForm(forms.Form):
    """Narrows the list of roles."""

    name = forms.CharField(label="Name", required=False, max_length=80)
    role = forms.ChoiceField(
        label="Role", required=False, choices=[("", "All roles"), *Role.choices]
    )
    academy: "forms.ModelChoiceField[Academy]" = forms.ModelChoiceField(
        label="Academy", required=False, queryset=None, empty_label="All places"
    )
    ended = forms.BooleanField(label="Only those that have ended", required=False)

    def __init__(self, data: Posted, *, user: "User") -> None:
        super().__init__(data)
        academy = self.fields["academy"]
        assert isinstance(academy, forms.ModelChoiceField)  # noqa: S101 -- tells the type checker
        academy.queryset = Academy.objects.visible_to(user).order_by("name", "id")
        if not user.access.holds("grants.audit"):
            del self.fields["ended"]

    def wanted(self) -> Wanted:
        """Return what to narrow to; a filter that makes no sense is left out."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            role=said.get("role", ""),
            academy_id=said["academy"].pk if said.get("academy") else None,
            name=said.get("name", ""),
            ended=said.get("ended", False),
        )


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's is no generic
    """A choice of people, with what they do and where: names alone are not enough for a trust."""

    def label_from_instance(self, obj: Person) -> str:
        """Write the name and the first post one may see."""
        posts = obj.seen_posts  # type: ignore[attr-defined]  # prefetched by staff.queries
        return (
            f"{obj}, {posts[0].title}, {posts[0].academy or 'central team'}" if posts else str(obj)
        )


class GiveForm(forms.Form):
    """Asks who gets which role where, from when to when, and why."""

    person = PersonField(
        label="Who?",
        queryset=None,
        empty_label="Choose a person",
        error_messages={"required": "Choose the person who gets the role"},
    )
    role = forms.ChoiceField(
        label="Which role?",
        choices=[("", "Choose a role"), *Role.choices],
        error_messages={"required": "Choose a role"},
    )
    where = forms.ChoiceField(
        label="Where?",
        help_text="Headteachers at an academy, team leaders in a team, guests for one review.",
        error_messages={"required": "Choose where the role is held"},
    )
    starts_on = DayField(label="First day")
    ends_on = DayField(
        label="Last day", required=False, help_text="A role for one review must end."
    )
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="For whoever checks later who can see what.",
        error_messages={"required": "Say why they need this role"},
    )

    def __init__(self, data: Posted, *, user: "User", today: "date") -> None:
        super().__init__(data, initial={"starts_on": today})
        person, where = self.fields["person"], self.fields["where"]
        assert isinstance(person, PersonField)  # noqa: S101 -- tells the type checker
        assert isinstance(where, forms.ChoiceField)  # noqa: S101 -- as above
        person.queryset = staff.staff(viewer=user, on=today)
        self._places = _places(user)
        where.choices = [("", "Choose a place"), *_choices(user, self._places)]

    def asked(self) -> dict[str, Any]:
        """Return what was typed as the keywords of ``operations.give``."""
        said = dict(self.cleaned_data)
        where = said.pop("where")
        kind, _, pk = where.partition(":")
        said["role"] = Role(said["role"])
        said["place"] = self._places.get(where)
        said["review_id"] = UUID(pk) if kind == "review" else None
        return said

    def clean(self) -> dict[str, Any]:
        """Check that the role can be held there, so that the answer stands beside the question."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            asked = self.asked()
            fits = rules.fits(
                asked["role"],
                rules.Where(asked["place"], asked["review_id"]),
                starts_on=asked["starts_on"],
                ends_on=asked["ends_on"],
                left_on=asked["person"].left_on,
            )
            if not fits:
                self.add_error("where", fits.reason)
        return cleaned


def _places(user: "User") -> dict[str, Academy | Cluster | Team]:
    """Return the places one may name, by the form's own key, in the order they are offered."""
    lists: dict[str, Iterable[Academy | Cluster | Team]] = {
        "cluster": Cluster.objects.visible_to(user).order_by("name", "id"),
        "academy": Academy.objects.visible_to(user).filter(closed_on=None).order_by("name", "id"),
        "team": Team.objects.visible_to(user)
        .select_related("academy")
        .order_by("academy__name", "name", "id"),
    }
    return {f"{kind}:{place.pk}": place for kind, places in lists.items() for place in places}


def _choices(user: "User", places: dict[str, Academy | Cluster | Team]) -> list[Any]:
    """Group the places for the select, the whole trust first."""
    groups: dict[str, list[tuple[str, str]]] = {"Clusters": [], "Academies": [], "Teams": []}
    for key, place in places.items():
        group = {"cluster": "Clusters", "academy": "Academies", "team": "Teams"}[key.split(":")[0]]
        beside = f", {place.academy or 'the whole trust'}" if isinstance(place, Team) else ""
        groups[group].append((key, f"{place.name}{beside}"))
    reviews = [(f"review:{pk}", title) for pk, title in queries.reviews_to_choose(viewer=user)]
    named = [(label, options) for label, options in groups.items() if options]
    return [
        (EVERYWHERE, "The whole trust"),
        *named,
        *([("One review", reviews)] if reviews else []),
    ]
