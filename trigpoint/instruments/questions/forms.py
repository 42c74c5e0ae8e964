"""What people are asked about a question of a form: as much as its kind needs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from django import forms

from trigpoint.instruments.contents.rules import (
    CHOOSE,
    STORED_APART,
    Part,
    Question,
    may_look_at,
    offered,
)
from trigpoint.instruments.drafts.rules import Scale, frozen
from trigpoint.instruments.questions.rules import Words, added, changed, in_order, made
from trigpoint.instruments.sheets.rules import Asked, drawn
from trigpoint.web.revisions import RevisedForm

TAKES: dict[str, Callable[[str], bool]] = {  # fields that not every kind of question has
    "required": lambda kind: kind not in STORED_APART,
    "least": lambda kind: kind == "number",
    "most": lambda kind: kind == "number",
    "choices": lambda kind: kind in CHOOSE,
    "scale": lambda kind: kind == "level",
    "standards": lambda kind: kind == "look_fors",
}
NEW = "new"  # stands for the key of a question that has none yet


class QuestionForm(RevisedForm):
    """Asks for everything one kind of question says.

    Args:
        told: what it says now, by the names of the fields; empty for a new one.
        kind: one of ``contents.rules.TYPES``.
        content: of the draft.
        part: the one it stands in.
        question: as it is now; None for a new one.
        scales: of the policy in force, by their letters.
        standards: of the policy in force, code and title.

    """

    label = forms.CharField(
        label="Question",
        max_length=200,
        error_messages={"required": "Write the question"},
    )
    help = forms.CharField(
        label="Help",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Read below the question.",
    )
    choices = forms.CharField(
        label="Answers to choose from",
        max_length=6000,
        error_messages={"required": "Write the answers, one on each line"},
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="One on each line, in order. An answer that keeps its words or its line is the "
        "same answer in earlier records.",
    )
    least = forms.IntegerField(label="Least", required=False, min_value=-(10**6), max_value=10**6)
    most = forms.IntegerField(label="Most", required=False, min_value=-(10**6), max_value=10**6)
    scale = forms.ChoiceField(
        label="Scale",
        help_text="Its levels are frozen into the form when it is published. A record that names "
        "a person carries none, unless your trust decided so.",
        error_messages={"required": "Choose a scale"},
    )
    standards = forms.MultipleChoiceField(
        label="Look-fors of these standards",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose none for those of the lines of enquiry.",
    )
    required = forms.BooleanField(label="It must be answered before submitting", required=False)
    shown_if = forms.MultipleChoiceField(
        label="Ask it only after one of these answers",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Of one earlier question. Choose none to ask it always.",
    )

    def __init__(  # noqa: PLR0913 -- all of it decides what is asked
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        told: Mapping[str, str],
        kind: str,
        content: Mapping[str, Any],
        part: Part,
        question: Question | None,
        scales: Mapping[str, Scale],
        standards: Sequence[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        self.kind, self.part, self.question = kind, part, question
        self.content, self.scales = frozen(content, scales), scales
        self.revised = tuple(told)
        several = {name: told.get(name, "").split() for name in ("standards", "shown_if")}
        super().__init__(*args, initial={**told, **several}, **kwargs)
        self._offer("scale", [(code, it.name) for code, it in scales.items()], told)
        self._offer("standards", [(code, f"{code} {title}") for code, title in standards], told)
        self._offer("shown_if", self._conditions(), told)
        for name, takes in TAKES.items():
            if not takes(kind):
                self.fields.pop(name, None)  # gone already where there is nothing to choose

    def _offer(self, name: str, choices: list[Any], told: Mapping[str, str]) -> None:
        """Offer choices, and what is chosen now although it is offered no longer."""
        flat = {key for key, _ in choices if isinstance(key, str)}
        flat |= {key for _, group in choices if isinstance(group, list) for key, _ in group}
        lost = [(key, f"{key} (no longer there)") for key in told.get(name, "").split()]
        kept = [*choices, *(pair for pair in lost if pair[0] not in flat)]
        cast("forms.ChoiceField", self.fields[name]).choices = kept
        if not kept and name != "scale":
            del self.fields[name]

    def _conditions(self) -> list[tuple[str, list[tuple[str, str]]]]:
        key = self.question["key"] if self.question else NEW
        here = next(
            (it for it in self.content["sections"] if it.get("key") == self.part.get("key")),
            self.part,
        )
        return [
            (
                asked["label"],
                [(f"{asked['key']}={it['value']}", it["label"]) for it in offered(asked)],
            )
            for asked in may_look_at(self.content, key, part=here)
        ]

    def clean(self) -> dict[str, Any]:
        """What it says fits together."""
        said: dict[str, Any] = self.cleaned_data
        if not self.errors:
            verdict = in_order(self.words(), self.kind)
            if not verdict:
                at = "choices" if "answers" in verdict.reason else "shown_if"
                field = at if at in self.fields else "least" if "least" in self.fields else "label"
                self.add_error(field, verdict.reason)
        return said

    def words(self) -> Words:
        """Return what was said, as far as it could be read."""
        said = self.cleaned_data
        return Words(
            label=said.get("label", ""),
            help=said.get("help", "").replace("\r\n", "\n"),
            required=said.get("required", False),
            least=said.get("least"),
            most=said.get("most"),
            choices=said.get("choices", "").splitlines(),
            scale=said.get("scale", ""),
            standards=said.get("standards", ()),
            shown_if=said.get("shown_if", ()),
        )

    def sample(self) -> list[Asked]:
        """Return the question as the capture page will draw it, with what is typed so far."""
        question, key = self.question, self.question["key"] if self.question else NEW
        if self.is_bound:
            self.is_valid()
            before = question.get("choices", []) if question else []
            question = made(self.kind, key, self.words(), before)
        if question is None:
            return []
        put = changed if self.question else _at_the_end_of(self.part)
        content = frozen(put(self.content, question), self.scales)
        asked = [it for part in drawn(content, {}) for it in part.rounds[0].questions]
        return [it for it in asked if it.name.endswith(f".{key}")]


def _at_the_end_of(part: Part) -> Any:  # noqa: ANN401 -- a function like ``changed``
    return lambda content, question: added(content, part.get("key", ""), question)
