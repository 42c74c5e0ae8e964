"""What people are asked about a draft's scale."""

from collections.abc import Mapping
from typing import Any

from django import forms

from trigpoint.web.revisions import RevisedForm

NAME = "name"  # the scale's own word, beside those of its levels


class RelabelForm(RevisedForm):
    """Asks for the word of each level, best first.

    Args:
        told: the words now, by mark, and the scale's own under ``name``.

    """

    def __init__(self, *args: Any, told: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        self.revised = tuple(told)
        super().__init__(*args, initial=dict(told), **kwargs)
        for key in told:
            self.fields[key] = forms.CharField(
                label="Name of the scale" if key == NAME else f"Level {key}",
                max_length=60,
                error_messages={"required": "Every level has a word"},
            )

    def clean(self) -> dict[str, Any]:
        """Two levels of one word could not be told apart."""
        said: dict[str, Any] = self.cleaned_data
        seen: set[str] = set()
        for key in self.revised:
            word = str(said.get(key, "")).casefold()
            if key != NAME and word in seen:
                self.add_error(key, "Another level has this word already: choose a different one")
            seen.add(word)
        return said

    def labels(self) -> dict[str, str]:
        """Return the words, by mark, and the scale's own."""
        return {key: self.cleaned_data[key] for key in self.revised}
