"""What the list of evidence can be narrowed by, and the tag for what was chosen in it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode

from trigpoint.evidence.room import queries
from trigpoint.evidence.room.queries import Wanted
from trigpoint.evidence.search.rules import LONGEST, read
from trigpoint.evidence.tags.models import LONGEST as LONGEST_TAG
from trigpoint.evidence.years.rules import YEARS
from trigpoint.instruments.models import ActivityKind
from trigpoint.trusts.models import Academy
from trigpoint.web.fields import DayField

if TYPE_CHECKING:
    from trigpoint.people.models import User

AT_ONCE = ("kind", "academy", "standard")  # answered as soon as they are chosen
CHOSEN = ("subject", "seen_by")  # from a list, or any words
TICKS = ("photo", "mine")
HIDDEN = ("review", "team", "line", "look_for", "counted")  # set by the page that led here
Chip = tuple[str, str, str]


class FilterForm(forms.Form):
    """Narrows the list of evidence. What makes no sense is left out, so that a link always opens."""

    q = forms.CharField(label="Words", required=False, max_length=LONGEST, strip=True)
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Every kind"), *ActivityKind.choices]
    )
    academy = forms.ChoiceField(label="Academy", required=False)
    standard = forms.ChoiceField(label="Standard", required=False)
    subject = forms.CharField(label="Subject", required=False, max_length=80)
    year = forms.ChoiceField(
        label="Year group", required=False, choices=[("", "Every year group"), *YEARS]
    )
    seen_by = forms.CharField(label="Seen by", required=False, max_length=80)
    since = DayField(label="Seen from", required=False)
    until = DayField(label="Seen until", required=False)
    tag = forms.ChoiceField(label="Tag", required=False)
    photo = forms.BooleanField(label="With a photo", required=False)
    mine = forms.BooleanField(label="Mine only", required=False)

    def __init__(self, asked: QueryDict, *, viewer: "User", review_id: UUID | None = None) -> None:
        super().__init__(asked)
        self.viewer, self.asked, self.of_review = viewer, asked, review_id
        self.facets = []
        for facet in queries.system_facets():
            if pairs := facet.choices(viewer):
                self.facets.append(facet.name)
                field = forms.ChoiceField(label=facet.label, required=False)
                field.choices = [("", facet.every), *pairs]
                self.fields[facet.name] = field
        if review_id:
            del self.fields["academy"]
        else:
            self._offer(
                "academy",
                "Every academy",
                Academy.objects.visible_to(viewer).order_by("name", "id"),
            )
        place = Wanted(review_id=review_id or self._id("review"))
        self._offer("standard", "Every standard", queries.standards(place, viewer=viewer))
        self._offer("tag", "Every tag", queries.tags(viewer=viewer))
        for name in AT_ONCE:
            if name in self.fields:
                self.fields[name].widget.attrs["data-tp-submit"] = ""
        for name in CHOSEN:
            self.fields[name].widget.attrs |= {"list": _list_of(name), "autocomplete": "off"}

    def _offer(self, name: str, every: str, rows: Iterable[object]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- tells the type checker
        field.choices = [("", every), *((str(row.pk), str(row)) for row in rows)]  # type: ignore[attr-defined]  # all have keys

    def _id(self, name: str) -> UUID | None:
        """Return an id as it stands in the address, offered or not: what is not theirs finds nothing."""
        try:
            return UUID(self.asked.get(name, ""))
        except ValueError:
            return None

    def wanted(self) -> Wanted:
        """Return what to narrow to."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            review_id=self.of_review or self._id("review"),
            academy_id=None if self.of_review else self._id("academy"),
            standard_id=self._id("standard"),
            team_id=self._id("team"),
            line_id=self._id("line"),
            tag_id=self._id("tag"),
            look_for=self.asked.get("look_for", ""),
            kind=said.get("kind", ""),
            subject=said.get("subject", ""),
            year=said.get("year", ""),
            seen_by=said.get("seen_by", ""),
            since=said.get("since"),
            until=said.get("until"),
            photo=said.get("photo", False),
            mine=said.get("mine", False),
            counted="counted" in self.asked,
            search=read(said.get("q", "")),
            also=tuple((name, said.get(name, "")) for name in self.facets),
        )

    def at_once(self) -> list[forms.BoundField]:
        """Return the fields that stand beside the search box."""
        return [self[name] for name in AT_ONCE if name in self.fields]

    def more(self) -> list[forms.BoundField]:
        """Return the fields that are folded away."""
        shown = {"q", *AT_ONCE, *TICKS}
        return [self[name] for name in self.fields if name not in shown]

    def suggested(self, listed: queries.Listed) -> list[tuple[str, list[str]]]:
        """Return the id of each list that words are chosen from, and what is in it.

        Any other words still find what holds them, so that a link made before opens the same.
        """
        return [(_list_of(name), words) for name, words in listed.in_use.items()]

    def ticks(self) -> list[forms.BoundField]:
        """Return the fields that are only ticked."""
        return [self[name] for name in TICKS]

    def kept(self) -> list[tuple[str, str]]:
        """Return what the page that led here has set and this form does not ask."""
        return [(name, str(self.asked[name])) for name in HIDDEN if self.asked.get(name)]

    def chips(self, narrowed: dict[str, str]) -> list[Chip]:
        """Return each filter in use: what it is, what it is set to, and the address without it."""
        self.is_valid()
        chips = []
        for name, field in self.fields.items():
            if value := self.cleaned_data.get(name):
                choices = dict(getattr(field, "choices", ()))
                label = "" if value is True else str(choices.get(value, _in_words(value)))
                chips.append((str(field.label), label, self._without(name)))
        chips += [
            (HIDDEN_LABELS[name], words, self._without(name)) for name, words in narrowed.items()
        ]
        if "counted" in self.asked:
            chips.append((COUNTED, "", self._without("counted")))
        return chips

    def _without(self, name: str) -> str:
        return self.query(without=(name, "page"))

    def query(self, *, without: tuple[str, ...] = ("page",)) -> str:
        """Return the address's query, some names left out."""
        pairs = [
            (name, value)
            for name, values in self.asked.lists()
            for value in values
            if name not in without and value
        ]
        return f"?{urlencode(pairs)}"


COUNTED = "No drafts, no private records, no pair that waits for its second record"
HIDDEN_LABELS = {"team": "Team", "line": "Line of enquiry", "look_for": "Look-for"}


def _list_of(name: str) -> str:
    return f"list-{name}"


def _in_words(value: object) -> str:
    return f"{value:%-d %B %Y}" if isinstance(value, date) else str(value)


class TagForm(forms.Form):
    """Asks for the tag of what was chosen: some records of the page, or all that were found."""

    name = forms.CharField(label="Tag", required=False, max_length=LONGEST_TAG * 2)
    found = forms.CharField(required=False, widget=forms.HiddenInput)
    scope = forms.CharField(required=False)
    names_checked = forms.BooleanField(required=False)

    def asked(self) -> QueryDict:
        """Return the filters the list was narrowed by."""
        return QueryDict(self.cleaned_data.get("found", "").removeprefix("?"))

    def is_all(self) -> bool:
        """Say whether all that was found is meant, and not the ticked ones."""
        return self.cleaned_data.get("scope") == "found"
