"""Which framework, approved by whom, and from when to when."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms

from trigpoint.people.models import User
from trigpoint.policies.frameworks import rules
from trigpoint.policies.frameworks.rules import Framework
from trigpoint.policies.models import PolicyVersion
from trigpoint.policies.sources.rules import MAX_BYTES
from trigpoint.policies.versions.rules import Approval, may_take_effect, may_take_over
from trigpoint.trusts.models import Body
from trigpoint.web.fields import DayField

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

SHIPPED, OWN = "SHIPPED", "OWN"
YEAR = timedelta(days=365)


def _day(label: str, help_text: str, missing: str) -> DayField:
    return DayField(label=label, help_text=help_text, error_messages={"required": missing})


class AdoptForm(forms.Form):
    """Asks for a framework and its approval; a framework that is not in order is refused here."""

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
    body = forms.ModelChoiceField(
        label="Approved by",
        queryset=Body.objects.none(),
        empty_label="Choose the board or a committee",
        error_messages={"required": "Choose who approved it"},
    )
    approved_on = _day("Approved on", "The day of the meeting.", "Say when it was approved")
    effective_on = _day("In force from", "Today, or a day gone by.", "Say from when it holds")
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
        self.viewer, self.current, self.on = viewer, current, on
        self.framework: Framework | None = None
        bodies = cast("forms.ModelChoiceField[Body]", self.fields["body"])
        bodies.queryset = (
            Body.objects.visible_to(viewer).exclude(kind=Body.Kind.LOCAL).order_by("name", "id")
        )

    def clean(self) -> dict[str, Any]:
        """Read the framework and check the approval against the version in force."""
        said: dict[str, Any] = self.cleaned_data
        if "source" in said and not self.errors.get("file"):
            self._read(said)
        if not self.errors:
            self._check_approval()
        return said

    def _read(self, said: dict[str, Any]) -> None:
        if said["source"] == SHIPPED:
            self.framework = rules.shipped()
            return
        raw = said["file"].read() if said.get("file") else said.get("text", "").encode()
        if not raw:
            self.add_error("file", "Choose the framework file, or the framework of Trigpoint")
            return
        checked = rules.check(raw)
        for problem in checked.problems:
            self.add_error("file", str(problem))
        self.framework = checked.framework
        said["text"] = "" if checked.problems else raw.decode("utf-8-sig")

    def _check_approval(self) -> None:
        approval = self.approval()
        now = may_take_effect(approval.effective_on, on=self.on)
        follows = may_take_over(approval, trust_id=self.viewer.trust_id, current=self.current)
        for verdict in (now, follows):
            if not verdict:
                self.add_error("effective_on", verdict.reason)

    def approval(self) -> Approval:
        """Return the approval as it was given."""
        names = ("body", "approved_on", "effective_on", "review_due_on", "summary")
        return Approval(**{name: self.cleaned_data[name] for name in names})

    def answers(self) -> list[tuple[str, str]]:
        """Return what was answered, to be sent again with the confirmation."""
        said = self.cleaned_data
        days = ("approved_on", "effective_on", "review_due_on")
        return [
            ("source", said["source"]),
            ("text", said["text"] if said["source"] == OWN else ""),
            ("body", str(said["body"].pk)),
            *((name, said[name].isoformat()) for name in days),
            ("summary", said["summary"]),
            ("confirmed", "on"),
        ]
