"""Forms for words that two people may be changing at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

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

    revised: ClassVar[tuple[str, ...]] = ()
    base_revision = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.versions: list[Versions] = []
        opened = (str(self.initial.get(name, "")) for name in self.revised)
        self.initial = {**self.initial, "base_revision": revision_of(opened)}

    def set_beside(self, stored: Mapping[str, object]) -> None:
        """Show what is stored beside what was typed; sent again, it replaces what is shown."""
        words = {name: str(stored[name]) for name in self.revised}
        typed = {name: str(self[name].value() or "") for name in self.revised}
        self.versions = [
            Versions(str(self[name].label), words[name], typed[name])
            for name in self.revised
            if words[name].split() != typed[name].split()
        ]
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        sent[self.add_prefix("base_revision")] = revision_of(words.values())
        self.data = sent
