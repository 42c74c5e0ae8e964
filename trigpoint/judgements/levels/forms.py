"""What people type when they judge."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from trigpoint.judgements.levels.queries import Place
from trigpoint.policies.models import Level
from trigpoint.reviews.models import Review
from trigpoint.web.revisions import RevisedForm

if TYPE_CHECKING:
    from trigpoint.people.models import User


class JudgeForm(RevisedForm):
    """Asks what is judged, at which level, and why."""

    revised = ("rationale",)

    place = forms.ChoiceField(
        label="What do you judge?",
        help_text="Standards and areas with at least one claim that is signed off.",
        error_messages={"required": "Choose the standard or area"},
    )
    level = forms.ModelChoiceField(
        Level.objects.none(),
        label="Which level?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose a level"},
    )
    rationale = forms.CharField(
        label="Why this level?",
        help_text="Two or three sentences. Trustees read them, so name nobody.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why this is the level"},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        review: Review,
        places: Sequence[Place],
        viewer: "User",
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.key: place for place in places if place.agreed}
        levels = Level.objects.visible_to(viewer).filter(scale__version=review.policy_version_id)
        for name, choice in self.fields.items():
            if name == "place" and isinstance(choice, forms.ChoiceField):
                choice.choices = [(key, place.name) for key, place in self.places.items()]
            if name == "level" and isinstance(choice, forms.ModelChoiceField):
                choice.queryset = levels.order_by("rank", "id")

    def said(self) -> dict[str, Any]:
        """Return what was chosen, by the operation's keywords."""
        place = self.places[self.cleaned_data["place"]]
        return {
            "area": place.area,
            "standard": place.standard,
            "level": self.cleaned_data["level"],
            "rationale": self.cleaned_data["rationale"],
            "base_revision": self.cleaned_data["base_revision"],
        }
