"""What people type when they judge."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import QuerySet

from trigpoint.judgements.levels.queries import Place
from trigpoint.policies.models import Level
from trigpoint.web.revisions import RevisedForm

if TYPE_CHECKING:
    from trigpoint.people.models import User


class JudgeForm(RevisedForm):
    """Asks what is judged, at which level, and why."""

    revised = ("rationale",)

    place = forms.ChoiceField(
        label="What do you judge?",
        help_text="What has a claim that is signed off, and no level yet. The list changes those.",
        error_messages={"required": "Choose the standard or area"},
    )
    level = forms.ChoiceField(
        label="Which level?",
        required=False,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a level",
            "invalid_choice": "Choose one of the levels shown",
        },
    )
    rationale = forms.CharField(
        label="Why this level?",
        help_text="Two or three sentences. Trustees read them, so name nobody.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why you judge so"},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        places: Sequence[Place],
        viewer: "User",
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.key: place for place in places if place.agreed}
        self.levels = {str(level.pk): level for level in self._offered(viewer)}
        place, level = (cast("forms.ChoiceField", self.fields[it]) for it in ("place", "level"))
        place.choices = [(key, place.name) for key, place in self.places.items()]
        chosen = str(self["place"].value() or "")
        place.widget.choices = [
            (key, name)
            for key, name in place.choices
            if key == chosen or not self.places[key].judgement
        ]
        level.choices = self._by_scale()
        in_words = any(it.area.scale.is_in_words for it in self.places.values())
        level.required = chosen in self.places or not in_words
        if not self.levels:
            del self.fields["level"]
            self.fields["rationale"].label = "What was found?"

    def _offered(self, viewer: "User") -> QuerySet[Level]:
        """Return the levels of what is judged; before that is chosen, of whatever can be."""
        chosen = self.places.get(str(self["place"].value() or ""))
        areas = [chosen.area] if chosen else [place.area for place in self.places.values()]
        found = Level.objects.visible_to(viewer).filter(scale__in={it.scale_id for it in areas})
        levels = found.exclude(tone=Level.Tone.WORDS).select_related("scale")
        return levels.order_by("scale__position", "rank", "id")

    def _by_scale(self) -> list[tuple[str, Any]]:
        """Return the choices; under the name of each scale where there are several."""
        scales = groupby(self.levels.items(), key=lambda it: it[1].scale)
        groups = [(scale.name, [(key, it.label) for key, it in rows]) for scale, rows in scales]
        return groups[0][1] if len(groups) == 1 else groups

    def clean(self) -> dict[str, Any]:
        """What is judged on a scale gets one of its levels, what is judged in words gets none."""
        said: dict[str, Any] = self.cleaned_data
        place = self.places.get(said.get("place", ""))
        level = self.levels.get(said.get("level", ""))
        if place and place.area.scale.is_in_words:
            said["level"] = None
        elif place and "level" not in self.errors and not level:
            self.add_error("level" if self.levels else None, "Choose a level")
        elif place and level and level.scale_id != place.area.scale_id:
            words = f"{place.name} is judged on “{place.area.scale.name}”: choose a level of it"
            self.add_error("level", words)
        else:
            said["level"] = level
        return said

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
