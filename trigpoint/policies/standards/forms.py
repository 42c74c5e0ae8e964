"""What people are asked about a standard of a draft."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from trigpoint.policies.standards.models import Level
from trigpoint.policies.standards.rules import EVIDENCE_KINDS
from trigpoint.web.fields import CodeField
from trigpoint.web.revisions import RevisedForm

NEW_LOOK_FORS, MOST_LOOK_FORS = 3, 12
PLAIN = ("code", "title", "statement", "expected_kinds", "meaning_changed")
LOOK_FOR, LEVEL = "look_for-", "level-"


class StandardForm(RevisedForm):
    """Asks for everything a standard says. An emptied look-for is removed.

    Args:
        told: what the standard says now, by the names of the fields; empty for a new one.
        levels: those its area is judged by, best first.

    """

    code = CodeField()
    title = forms.CharField(
        label="Title", max_length=120, error_messages={"required": "Give it a title"}
    )
    statement = forms.CharField(
        label="Standard",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What every academy is held to, in a sentence or two.",
        error_messages={"required": "Say what the standard is"},
    )
    expected_kinds = forms.MultipleChoiceField(
        label="Evidence that can show it",
        choices=EVIDENCE_KINDS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one kind of evidence"},
    )
    meaning_changed = forms.CharField(
        label="What changed in meaning",
        required=False,
        max_length=240,
        help_text="Only if the bar moved: levels before this version are then no longer compared "
        "with levels after it. Leave it empty when only words changed.",
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        told: Mapping[str, str],
        levels: Iterable[Level],
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        self.revised = tuple(told)
        initial = {**told, "expected_kinds": told.get("expected_kinds", "").split()}
        super().__init__(*args, initial=initial, **kwargs)
        for level in levels:
            self.fields[f"{LEVEL}{level.letter}"] = forms.CharField(
                label=level.label,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": f"Say what “{level.label}” looks like"},
            )
        kept = [name for name in told if name.startswith(LOOK_FOR)]
        for number, name in enumerate(kept, start=1):
            self.fields[name] = self._look_for(f"Look-for {number}")
        for number in range(1, min(NEW_LOOK_FORS, MOST_LOOK_FORS - len(kept)) + 1):
            self.fields[f"new-{number}"] = self._look_for(f"Another look-for ({number})")

    @staticmethod
    def _look_for(label: str) -> forms.CharField:
        return forms.CharField(label=label, max_length=240, required=False)

    def clean(self) -> dict[str, Any]:
        """A standard has something an observer can look for."""
        said: dict[str, Any] = self.cleaned_data
        if not (self._starting(LOOK_FOR) or self._starting("new-")):
            first = next(it for it in self.fields if it.startswith((LOOK_FOR, "new-")))
            self.add_error(first, "Give at least one look-for: something an observer can see")
        return said

    def facts(self) -> dict[str, Any]:
        """Return everything the standard says."""
        return {
            **{name: self.cleaned_data[name] for name in PLAIN},
            "look_fors": self._starting(LOOK_FOR),
            "new_look_fors": list(self._starting("new-").values()),
            "descriptors": self._starting(LEVEL),
        }

    def _starting(self, prefix: str) -> dict[str, str]:
        said = self.cleaned_data.items()
        return {
            name.removeprefix(prefix): text
            for name, text in said
            if name.startswith(prefix) and text
        }
