"""What is asked when a record is captured, shared or answered."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from trigpoint.evidence.carried.queries import Carried, system_carried
from trigpoint.evidence.contents.rules import (
    LARGEST_GROUP,
    LONGEST,
    NoteContent,
    RecordContent,
    both,
)
from trigpoint.evidence.entries.models import EvidenceRecord, LookForMark, Note
from trigpoint.evidence.entries.queries import Sheet
from trigpoint.evidence.entries.rules import names_are_checked, suspects_among
from trigpoint.instruments.answers.rules import unasked
from trigpoint.instruments.contents.rules import Question, notes_asked, photos_asked
from trigpoint.instruments.models import ActivityKind
from trigpoint.instruments.sheets.rules import Drawn, drawn, read
from trigpoint.records.days import within_years
from trigpoint.trusts.models import Team
from trigpoint.web.fields import MomentField


class BeginForm(forms.Form):
    """Asks where a record of no planned activity belongs: in a review, or at an academy."""

    kind = forms.ChoiceField(label="Kind of visit", choices=ActivityKind.choices)

    def __init__(
        self,
        place: str,
        choices: Iterable[tuple[UUID, str]],
        teams: Sequence[Team] = (),
        *,
        chosen: UUID | None = None,
    ) -> None:
        super().__init__(auto_id=f"{place}_%s", initial={place: str(chosen or "")})
        where = {place: _choice(place.title(), choices)}
        if len(teams) > 1:  # the only one is taken without asking
            offered = [(team.pk, f"{team.name}, {team.academy}") for team in teams]
            where["team"] = _choice("Your team", offered, "Your record belongs to this team.")
        self.fields = {**where, **self.fields}


def _choice(label: str, offered: Iterable[tuple[UUID, str]], hint: str = "") -> forms.ChoiceField:
    choices = [(str(pk), words) for pk, words in offered]
    return forms.ChoiceField(label=label, choices=choices, help_text=hint)


class CaptureForm(forms.Form):
    """The whole record as one form. Notes, answers and look-fors are named by their own keys.

    A draft keeps anything that fits, so nothing here is required.
    """

    title = forms.CharField(
        label="Title",
        required=False,
        max_length=LONGEST["title"],
        help_text="Such as Year 4 reading.",
    )
    observed_at = MomentField(label="When", required=False)
    minutes = forms.IntegerField(label="Minutes", required=False, min_value=0, max_value=600)
    subject = forms.CharField(label="Subject", required=False, max_length=LONGEST["subject"])
    year_groups = forms.CharField(
        label="Year groups", required=False, max_length=LONGEST["year_groups"]
    )
    group_described = forms.CharField(
        label="Who was seen or spoken to",
        required=False,
        max_length=LONGEST["group_described"],
        help_text="Describe the group; never name a pupil.",
    )
    group_size = forms.IntegerField(
        label="How many", required=False, min_value=0, max_value=LARGEST_GROUP
    )
    lines = forms.MultipleChoiceField(
        label="Lines of enquiry", required=False, widget=forms.CheckboxSelectMultiple
    )
    standards = forms.MultipleChoiceField(
        label="Standards", required=False, widget=forms.CheckboxSelectMultiple
    )
    observed = forms.ChoiceField(
        label="Person observed",
        required=False,
        help_text="Leave this empty unless the feedback is for them. They read it once you share.",
    )
    budget_reason = forms.CharField(
        label="Why this visit is needed",
        required=False,
        max_length=LONGEST["budget_reason"],
        help_text="Only when it takes the person past their visit budget. It is kept and logged.",
    )
    is_private = forms.BooleanField(
        label="Private: only you and the person observed can ever read it", required=False
    )

    def __init__(self, data: QueryDict | None = None, *, sheet: Sheet) -> None:
        content = sheet.content
        begins = content.observed_at and timezone.localtime(content.observed_at)
        initial = {
            name: getattr(content, name)
            for name in ("title", "minutes", "subject", "year_groups", "group_described",
                         "group_size", "budget_reason", "is_private")
        }  # fmt: skip
        initial |= {
            "observed_at": begins,
            "observed": str(content.observed_id or ""),
            "lines": [str(pk) for pk in content.lines],
            "standards": [str(pk) for pk in content.standards],
        }
        super().__init__(data, initial=initial)
        self.sheet, self.typed = sheet, data or QueryDict()
        choices = {
            "observed": [("", "Nobody"), *((str(p.pk), p.name) for p in sheet.people)],
            "lines": [(str(line.pk), f"{line.number}. {line.question}") for line in sheet.lines],
            "standards": [(str(s.pk), f"{s.code} {s.title}") for s in sheet.standards],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # choice fields
            if len(offered) <= (name == "observed"):
                del self.fields[name]

    @property
    def base_revision(self) -> int | None:
        """The revision the page was drawn from; None for a record not saved before."""
        sent = str(self.typed.get("base_revision", ""))
        return int(sent) if re.fullmatch(r"[0-9]{1,9}", sent) else None

    def notes_shown(self) -> tuple[NoteContent, ...]:
        """Return the notes to draw: as typed when the form comes back, else as stored."""
        return tuple(self._notes(timezone.now())) if self.is_bound else self.sheet.content.notes

    def sections(self) -> list[Drawn]:
        """Return the form's questions with their answers, without notes and look-fors."""
        answers = read(self.sheet.form, self.typed) if self.is_bound else self.sheet.content.answers
        return drawn(self.sheet.form, answers)

    def carried(self) -> list[Carried]:
        """Return what was answered on an earlier form, to be shown and kept until it is taken out."""
        record, content = self.sheet.record, self.sheet.content
        if record is None:
            return []
        return system_carried(record.instrument_version, content.answers, kind=record.kind)

    def photos_asked(self) -> list[Question]:
        """Return the questions of the form that photos answer."""
        return photos_asked(self.sheet.form)

    def notes_asked(self) -> list[Question]:
        """What the form asks running notes for."""
        return notes_asked(self.sheet.form)

    def content(self, *, at: datetime) -> RecordContent:
        """Return everything typed, as the operation takes it."""
        before, clean = self.sheet.content, self.cleaned_data
        plain = {
            name: clean[name]
            for name in ("title", "subject", "year_groups", "group_described", "budget_reason",
                         "minutes", "group_size", "observed_at", "is_private")
        }  # fmt: skip
        said = RecordContent(
            **plain,
            activity_id=before.activity_id,
            academy_id=before.academy_id,
            review_id=before.review_id,
            kind=before.kind,
            team_id=before.team_id,
            level_id=before.level_id,
            observed_id=_id(clean.get("observed", "")),
            lines=tuple(map(UUID, clean.get("lines", []))),
            standards=tuple(map(UUID, clean.get("standards", []))),
            answers={**self._carried_on(), **read(self.sheet.form, self.typed)},
            look_fors=self._look_fors(),
            notes=tuple(self._notes(at)),
        )
        if "both" not in self.typed or self.sheet.record is None:
            return said
        return both(self.sheet.record.pk, mine=said, stored=before, form=self.sheet.form)

    def _carried_on(self) -> dict[str, object]:
        """Return the stored answers this form does not ask for, without those taken out."""
        stored = unasked(self.sheet.form, self.sheet.content.answers)
        return {key: it for key, it in stored.items() if f"carried.{key}.gone" not in self.typed}

    def _look_fors(self) -> dict[UUID, str]:
        marked = ((chip.pk, self.typed.get(f"look_for.{chip.pk}")) for chip in self.sheet.chips)
        return {pk: str(seen) for pk, seen in marked if seen in LookForMark.Seen.values}

    def _notes(self, at: datetime) -> Iterable[NoteContent]:
        keys = [
            key[5:-5] for key in self.typed if key.startswith("note.") and key.endswith(".text")
        ]
        tied = {note.key: note.look_fors for note in self.sheet.content.notes}
        for key in keys:
            if f"note.{key}.gone" not in self.typed:
                yield NoteContent(
                    key=key,
                    text=str(self.typed[f"note.{key}.text"]),
                    kind=_kind(self.typed.get(f"note.{key}.kind")),
                    noted_at=_moment(str(self.typed.get(f"note.{key}.at", ""))),
                    look_fors=tied.get(key, ()),
                )
        if words := str(self.typed.get("new.text", "")).strip():
            kind = _kind(self.typed.get("new.kind"))
            yield NoteContent(key=str(uuid4()), text=words, kind=kind, noted_at=at)


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and within_years(moment) else None


def _kind(text: object) -> str:
    return str(text) if text in Note.Kind.values else Note.Kind.RUNNING


class ShareForm(forms.Form):
    """Asks the author to look at words that may be a pupil's name."""

    names_checked = forms.BooleanField(
        label="I have checked these words: none of them names a pupil",
        error_messages={"required": "Tick that you have checked the words, or change them first"},
    )

    def __init__(self, data: QueryDict | None = None, *, words: Sequence[str]) -> None:
        super().__init__(data)
        self.fields["names_checked"].required = bool(words)
        if not words:
            self.fields["names_checked"].widget = forms.HiddenInput()


class ReplyForm(forms.Form):
    """Asks the observed person for what they want to add."""

    text = forms.CharField(
        label="Your reply or context",
        max_length=4_000,
        help_text="It stands beside the record, for everybody who can read it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write your reply first"},
    )
    names_checked = forms.BooleanField(
        label="I have checked these words: none of them names a pupil",
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, data: QueryDict | None = None, *, record: EvidenceRecord) -> None:
        super().__init__(data)
        self.record = record

    def clean(self) -> dict[str, Any]:
        """Ask about words that may be a pupil's name."""
        said = super().clean() or self.cleaned_data
        words = suspects_among(self.record, [said.get("text", "")])
        if words:
            self.fields["names_checked"].widget = forms.CheckboxInput()
        may = names_are_checked(words, names_checked=said["names_checked"])
        if not may:
            self.add_error("names_checked", may.reason)
        return said
