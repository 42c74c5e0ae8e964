"""What an academy is asked about its own words for a form."""

from collections.abc import Mapping
from typing import Any

from django import forms

from trigpoint.instruments.contents.rules import questions
from trigpoint.web.revisions import RevisedForm


class RelabelForm(RevisedForm):
    """Asks for the form's name and each question's label; what is left empty stays the trust's.

    Args:
        told: the academy's words now, by the names of the fields.
        name: what the trust calls the form.
        content: of the version in use.

    """

    name = forms.CharField(label="What the form is called", required=False, max_length=120)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        told: Mapping[str, str],
        name: str,
        content: Mapping[str, Any],
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        self.revised = tuple(told)
        super().__init__(*args, initial=dict(told), **kwargs)
        self.fields["name"].help_text = f"The trust calls it “{name}”."
        for question in questions(content):
            self.fields[f"label-{question['key']}"] = forms.CharField(
                label=question["label"], required=False, max_length=200
            )

    def words(self) -> dict[str, str]:
        """Return the academy's words, by the names of the fields."""
        return {name: self.cleaned_data[name] for name in self.revised}
