"""Forms for words that two people may be changing at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.choices import flatten_choices

from trigpoint.records.revisions import revision_of


@dataclass(frozen=True, slots=True)
class Versions:
    """One text twice: as somebody else left it, and as it was typed here."""

    label: str
    stored: str
    typed: str


class RevisedForm(forms.Form):
    """Carries the revision it was opened at, so that nobody's words are overwritten unseen.

    ``revised`` names the fields whose initial words that revision is of. The operation gets it
    as ``base_revision``; when it answers ``Stale``, the page shows both versions.
    """

    revised: tuple[str, ...] = ()
    base_revision = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.versions: list[Versions] = []
        opened = (_said(self.initial.get(name)) for name in self.revised)
        self.initial = {**self.initial, "base_revision": revision_of(opened)}

    def set_beside(self, stored: Mapping[str, object]) -> None:
        """Show what is stored beside what was typed; sent again, it replaces what is shown."""
        words = {name: _said(value) for name, value in stored.items()}
        typed = {name: _said(self[name].value()) for name in words if name in self.fields}
        self.versions = [
            Versions(str(self[name].label), self._read(name, words[name]), self._read(name, told))
            for name, told in typed.items()
            if words[name].split() != told.split()
        ]
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        sent[self.add_prefix("base_revision")] = revision_of(words.values())
        self.data = sent

    def _read(self, name: str, value: str) -> str:
        """Return what the field calls a choice; anything else as it is."""
        choices: Iterable[tuple[Any, Any]] = flatten_choices(
            getattr(self.fields[name], "choices", ())
        )
        return next((str(label) for key, label in choices if str(key) == value), value)


def _said(value: object) -> str:
    """Write a field's value as one text; several choices are the same in any order."""
    if isinstance(value, list | tuple):
        return " ".join(sorted(map(str, value)))
    return "" if value is None else str(value)
