"""What people are asked when they bring in an outside framework."""

from typing import Any

from django import forms

from trigpoint.policies.outside import rules
from trigpoint.policies.outside.rules import Outside
from trigpoint.policies.sources.rules import MAX_BYTES


class BringInForm(forms.Form):
    """Asks for the file; one that is not in order is refused with its lines."""

    file = forms.FileField(
        label="File of the framework",
        required=False,
        help_text="A YAML file of at most 1 MB.",
        error_messages={"empty": "The file is empty"},
    )
    text = forms.CharField(
        required=False, widget=forms.HiddenInput, strip=False, max_length=MAX_BYTES
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    outside: Outside | None = None

    def clean(self) -> dict[str, Any]:
        """Read the framework, from the file or from what a preview sends again."""
        said: dict[str, Any] = self.cleaned_data
        if self.errors.get("file"):
            return said
        raw = said["file"].read() if said.get("file") else said.get("text", "").encode()
        if not raw:
            self.add_error("file", "Choose the file of the framework")
            return said
        checked = rules.check(raw)
        for problem in checked.problems:
            self.add_error("file", str(problem))
        self.outside = checked.outside
        said["text"] = "" if checked.problems else raw.decode("utf-8-sig")
        return said

    def answers(self) -> list[tuple[str, str]]:
        """Return what was answered, to be sent again with the confirmation."""
        return [("text", self.cleaned_data["text"]), ("confirmed", "on")]
