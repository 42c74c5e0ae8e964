"""What people are asked about the version to come: its source, its consultation, its approval."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms

from trigpoint.people.models import User
from trigpoint.policies.drafts.rules import Decision
from trigpoint.policies.frameworks import rules
from trigpoint.policies.frameworks.rules import Framework
from trigpoint.policies.models import PolicyVersion, Standard
from trigpoint.policies.outside.queries import system_items_known
from trigpoint.policies.sources.rules import MAX_BYTES
from trigpoint.policies.versions.rules import Approval, may_be_adopted, may_take_over
from trigpoint.trusts.models import Body
from trigpoint.web.fields import DayField

if TYPE_CHECKING:
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import QuerySet
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

CURRENT, SHIPPED, OWN = "CURRENT", "SHIPPED", "OWN"
YEAR = timedelta(days=365)
NOTHING = ("", "Nothing: it is new")


def _day(label: str, help_text: str, missing: str) -> DayField:
    return DayField(label=label, help_text=help_text, error_messages={"required": missing})


def _body(label: str, missing: str) -> "forms.ModelChoiceField[Body]":
    return forms.ModelChoiceField(
        label=label,
        queryset=Body.objects.none(),
        empty_label="Choose the board or a committee",
        error_messages={"required": missing},
    )


def _minute() -> forms.CharField:
    return forms.CharField(
        label="Minute",
        required=False,
        max_length=200,
        help_text="Where the decision is written down, such as “Item 6 of the minutes”.",
    )


def _bodies(viewer: User) -> "QuerySet[Body]":
    """Return the bodies that decide on the policy."""
    return Body.objects.visible_to(viewer).exclude(kind=Body.Kind.LOCAL).order_by("name", "id")


class SourceForm(forms.Form):
    """Asks for a framework; one that is not in order is refused with its lines.

    ``trust_id`` says whose own outside frameworks a file may be mapped to.
    """

    source = forms.ChoiceField(
        label="Which framework?",
        choices=[
            (SHIPPED, "The framework that comes with Trigpoint"),
            (OWN, "A framework file of our own"),
        ],
        widget=forms.RadioSelect,
        initial=SHIPPED,
        error_messages={"required": "Choose a framework"},
    )
    file = forms.FileField(
        label="Framework file",
        required=False,
        help_text="Only for a framework of your own: a YAML file of at most 1 MB.",
        error_messages={"empty": "The framework file is empty"},
    )
    text = forms.CharField(
        required=False, widget=forms.HiddenInput, strip=False, max_length=MAX_BYTES
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    framework: Framework | None = None
    trust_id: "UUID | None" = None

    def clean(self) -> dict[str, Any]:
        """Read the framework that was chosen."""
        said: dict[str, Any] = self.cleaned_data
        if "source" in said and not self.errors.get("file"):
            self._read(said)
        return said

    def _read(self, said: dict[str, Any]) -> None:
        if said["source"] == SHIPPED and said.get("file"):
            words = "You chose a file and the framework of Trigpoint. Choose one: which framework?"
            self.add_error("source", words)
            return
        if said["source"] == SHIPPED:
            self.framework = rules.shipped()
        if said["source"] != OWN:
            return
        raw = said["file"].read() if said.get("file") else said.get("text", "").encode()
        if not raw:
            self.add_error("file", "Choose the framework file, or the framework of Trigpoint")
            return
        checked = rules.check(
            raw, known=system_items_known(self.trust_id) if self.trust_id else None
        )
        for problem in checked.problems:
            self.add_error("file", str(problem))
        self.framework = checked.framework
        said["text"] = "" if checked.problems else raw.decode("utf-8-sig")

    def answers(self) -> list[tuple[str, str]]:
        """Return what was answered, to be sent again with the confirmation."""
        said = self.cleaned_data
        text = said["text"] if said["source"] == OWN else ""
        return [("source", said["source"]), ("text", text), ("confirmed", "on")]


class ApprovalForm(forms.Form):
    """Asks which body approved a version, at which meeting, and from when to when it holds."""

    body = _body("Approved by", "Choose who approved it")
    approved_on = _day("Approved on", "The day of the meeting.", "Say when it was approved")
    minute = _minute()
    effective_on = _day(
        "In force from",
        "Today, a day gone by, or a day to come: it then takes effect by itself.",
        "Say from when it holds",
    )
    review_due_on = _day(
        "Next review of the policy", "At most a year later is usual.", "Say when it is reviewed"
    )
    summary = forms.CharField(
        label="What is new in this version",
        required=False,
        max_length=1000,
        help_text="A sentence or two for everybody who works with it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: "QueryDict | None" = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        viewer: User,
        current: PolicyVersion | None,
        on: date,
    ) -> None:
        initial = {"source": SHIPPED, "effective_on": on, "review_due_on": on + YEAR}
        super().__init__(data, files, initial=initial)
        self.trust_id: UUID | None = viewer.trust_id
        self.viewer, self.current, self.on = viewer, current, on
        bodies = cast("forms.ModelChoiceField[Body]", self.fields["body"])
        bodies.queryset = _bodies(viewer)

    def clean(self) -> dict[str, Any]:
        """Check the approval against the version in force."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            follows = may_take_over(
                self.approval(), trust_id=self.viewer.trust_id, current=self.current
            )
            if not follows:
                self.add_error("effective_on", follows.reason)
        return said

    def approval(self) -> Approval:
        """Return the approval as it was given."""
        names = ("body", "approved_on", "effective_on", "review_due_on", "summary", "minute")
        return Approval(**{name: self.cleaned_data[name] for name in names})


class AdoptForm(ApprovalForm, SourceForm):
    """Asks for a framework and its approval at once, for what was consulted on elsewhere."""

    field_order = ("source", "file", "text", "confirmed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- as ApprovalForm
        super().__init__(*args, **kwargs)
        self.fields["effective_on"].help_text = "Today, or a day gone by."

    def clean(self) -> dict[str, Any]:
        """Read the framework, then check the approval; it is in force from this moment."""
        said = super().clean()
        if not self.errors:
            now = may_be_adopted(said["effective_on"], on=self.on)
            if not now:
                self.add_error("effective_on", now.reason)
        return said

    def answers(self) -> list[tuple[str, str]]:
        """Return what was answered, to be sent again with the confirmation."""
        said = self.cleaned_data
        days = ("approved_on", "effective_on", "review_due_on")
        return [
            *super().answers(),
            ("body", str(said["body"].pk)),
            *((name, said[name].isoformat()) for name in days),
            ("summary", said["summary"]),
            ("minute", said["minute"]),
        ]


class BeginForm(SourceForm):
    """Asks what the next version begins with."""

    def __init__(self, *args: Any, current: PolicyVersion | None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        source = cast("forms.ChoiceField", self.fields["source"])
        source.label = "What does it begin with?"
        if current:
            same = (CURRENT, f"What version {current.number} says, to be changed where it must")
            source.choices = [same, *cast("list[tuple[str, str]]", source.choices)]
            source.initial = CURRENT


class ContinuesForm(forms.Form):
    """Asks of each new standard of a file which earlier one it continues, if any."""

    def __init__(
        self,
        data: "QueryDict | None" = None,
        *,
        beginning: dict[str, str],
        ending: dict[str, Standard],
    ) -> None:
        super().__init__(data)
        self.ending = ending
        choices = [NOTHING, *((key, str(standard)) for key, standard in ending.items())]
        for lineage, name in beginning.items():
            self.fields[f"continues-{lineage}"] = forms.ChoiceField(
                label=name, choices=choices, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Refuse two standards that continue the same one: a trend cannot go two ways."""
        said: dict[str, Any] = self.cleaned_data
        seen: set[str] = set()
        for name, lineage in said.items():
            if lineage and lineage in seen:
                self.add_error(name, "Another standard continues that one already: choose one")
            seen.add(lineage)
        return said

    def mapping(self) -> dict[str, str]:
        """Return, for the lineages of new standards, the lineage each continues."""
        return {
            name.removeprefix("continues-"): lineage
            for name, lineage in self.cleaned_data.items()
            if lineage
        }


class ConsultForm(forms.Form):
    """Asks until when people may comment."""

    until = _day(
        "Last day for comments",
        "Three school weeks are usual.",
        "Say until when people may comment",
    )


class WithdrawForm(forms.Form):
    """Asks why a version is given up."""

    because = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays on record beside the version.",
        error_messages={"required": "Say why it is withdrawn"},
    )


class TakeBackForm(WithdrawForm):
    """Asks also which body takes back what a body approved, and at which meeting."""

    body = _body("Taken back by", "Choose who takes it back")
    decided_on = _day("Decided on", "The day of the meeting.", "Say when it was decided")
    minute = _minute()

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Body]", self.fields["body"]).queryset = _bodies(viewer)

    def decision(self) -> Decision:
        """Return what the body decided."""
        said = self.cleaned_data
        return Decision(said["body"], said["decided_on"], said["minute"])
