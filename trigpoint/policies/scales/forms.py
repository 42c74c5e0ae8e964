"""What people are asked about a draft's scales: how levels look, and what each area is judged on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.forms.boundfield import BoundField

from trigpoint.policies.scales.rules import Looks
from trigpoint.policies.standards.models import Area, Level, Scale
from trigpoint.web.marks import ORDER, SHAPES, Shown
from trigpoint.web.revisions import RevisedForm

CHOICES = [it for it in Level.Shape.choices if it[0] in SHAPES]


@dataclass(frozen=True, slots=True)
class Slot:
    """One colour of the form, and the level that may take it."""

    tone: str
    colour: str
    fields: tuple[BoundField, BoundField, BoundField]  # word, letter, shape

    @property
    def looks(self) -> Shown:
        """How it is drawn with what stands in the form now."""
        letter, shape = (str(it.value() or "") for it in self.fields[1:])
        return Shown(letter[:1], shape if shape in SHAPES else SHAPES[0], self.tone, "")


class ScaleForm(RevisedForm):
    """Asks for a scale's name and, for each colour from best to worst, its level.

    A colour without a word is not used.

    Args:
        told: what the scale says now, by the names of the fields.

    """

    name = forms.CharField(
        label="Name of the scale",
        max_length=80,
        error_messages={"required": "Give the scale a name"},
    )

    def __init__(self, *args: Any, told: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        self.revised = tuple(told)
        super().__init__(*args, initial=dict(told), **kwargs)
        for tone in ORDER:
            self.fields[f"label-{tone}"] = forms.CharField(
                label="Word", max_length=60, required=False
            )
            self.fields[f"letter-{tone}"] = forms.CharField(
                label="Letter",
                required=False,
                max_length=1,
                validators=[RegexValidator(r"^[A-Z]\Z", "Write one capital letter, A to Z")],
            )
            self.fields[f"shape-{tone}"] = forms.ChoiceField(
                label="Shape", choices=CHOICES, required=False
            )

    def slots(self) -> Iterator[Slot]:
        """Return the rows of the form, best first."""
        for tone in ORDER:
            fields = self[f"label-{tone}"], self[f"letter-{tone}"], self[f"shape-{tone}"]
            yield Slot(tone, Level.Tone(tone).label, fields)

    def clean(self) -> dict[str, Any]:
        """Each level has a word and a letter."""
        said: dict[str, Any] = self.cleaned_data
        for tone in ORDER:
            label, letter = said.get(f"label-{tone}"), said.get(f"letter-{tone}")
            if label and letter == "":
                self.add_error(f"letter-{tone}", f"Give “{label}” a letter")
            if letter and label == "":
                self.add_error(
                    f"label-{tone}", f"Say what {letter} stands for, or clear the letter"
                )
        return said

    def levels(self) -> list[Looks]:
        """Return how the levels look, best first."""
        said = self.cleaned_data
        return [
            {
                "letter": said[f"letter-{tone}"],
                "shape": said[f"shape-{tone}"],
                "tone": tone,
                "label": said[f"label-{tone}"],
            }
            for tone in ORDER
            if said[f"label-{tone}"]
        ]


class AssignForm(RevisedForm):
    """Asks what each area is judged on; one answer can stand for all.

    Args:
        areas: of the draft.
        scales: of the draft, that of words among them.

    """

    everything = forms.ChoiceField(
        label="Every area",
        required=False,
        help_text="Choose here to judge all areas alike, such as all in words.",
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        areas: Sequence[Area],
        scales: Iterable[Scale],
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        now = {str(area.pk): str(area.scale_id) for area in areas}
        self.revised = tuple(now)
        super().__init__(*args, initial=now, **kwargs)
        self.areas, self.scales = areas, {str(scale.pk): scale for scale in scales}
        choices = [(key, _named(scale)) for key, scale in self.scales.items()]
        every = cast("forms.ChoiceField", self.fields["everything"])
        every.choices = [("", "As chosen below"), *choices]
        for area in areas:
            self.fields[str(area.pk)] = forms.ChoiceField(label=area.name, choices=choices)

    def assigned(self) -> dict[UUID, Scale]:
        """Return the scale of each area."""
        said = self.cleaned_data
        return {it.pk: self.scales[said["everything"] or said[str(it.pk)]] for it in self.areas}


def _named(scale: Scale) -> str:
    return scale.name if scale.is_in_words else f"{scale.name} ({scale.code})"
