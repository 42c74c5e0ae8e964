"""What people type when they judge: first what is judged, then on its own scale or in words."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django import forms

from trigpoint.judgements.levels.queries import Place
from trigpoint.policies.standards.queries import levels
from trigpoint.web.revisions import RevisedForm

if TYPE_CHECKING:
    from trigpoint.people.models import User


class ChooseForm(forms.Form):
    """Asks what is judged.

    Args:
        places: what has an agreed claim and no level yet.

    """

    place = forms.ChoiceField(
        label="What do you judge?",
        help_text="What has a claim that is signed off, and no level yet. The list changes those.",
        error_messages={
            "required": "Choose the standard or area",
            "invalid_choice": "Choose one of the standards and areas shown",
        },
    )

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        place = cast("forms.ChoiceField", self.fields["place"])
        place.choices = [(it.key, it.name) for it in places]


class JudgeForm(RevisedForm):
    """Asks at which level, and why; or what was found, where that is judged in words.

    What is judged stays as it was chosen, so that nothing said of one place is sent for another.

    Args:
        place: what is judged.
        viewer: who judges.

    """

    revised = ("rationale",)

    place = forms.CharField(widget=forms.HiddenInput)
    level = forms.ChoiceField(
        label="Which level?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a level"},
    )
    rationale = forms.CharField(
        label="Why this level?",
        help_text="Two or three sentences. Trustees read them, so name nobody.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why you judge so"},
    )

    def __init__(self, *args: Any, place: Place, viewer: "User", **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        first = {**(kwargs.pop("initial", None) or {}), "place": place.key}
        super().__init__(*args, initial=first, **kwargs)
        self.judged, self.scale = place, place.area.scale
        self.levels = {str(it.pk): it for it in levels(place.area, viewer=viewer)}
        level = cast("forms.ChoiceField", self.fields["level"])
        level.choices = [(key, it.label) for key, it in self.levels.items()]
        level.error_messages["invalid_choice"] = (
            f"{place.name} is judged on “{self.scale}”: choose one of its levels"
        )
        if self.scale.is_in_words:
            del self.fields["level"]
            self.fields["rationale"].label = "What was found?"
            self.fields["rationale"].error_messages["required"] = "Say what was found"

    def clean(self) -> dict[str, Any]:
        """What is judged in words takes no level, also from somebody who sends one."""
        if self.scale.is_in_words and self.data.get("level"):
            words = (
                f"{self.judged.name} is judged in words, so it takes no level. Say what was found."
            )
            self.add_error(None, words)
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """Return what was chosen, by the operation's keywords."""
        return {
            "area": self.judged.area,
            "standard": self.judged.standard,
            "level": self.levels.get(self.cleaned_data.get("level", "")),
            "rationale": self.cleaned_data["rationale"],
            "base_revision": self.cleaned_data["base_revision"],
        }
