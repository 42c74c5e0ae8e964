"""What is asked to make a survey, by a survey, and about words that may name somebody."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms

from trigpoint.evidence.surveys import rules
from trigpoint.evidence.surveys.queries import Held
from trigpoint.evidence.surveys.rules import (
    COVER,
    DROP,
    KINDS,
    MOST_QUESTIONS,
    SHOW,
    Decision,
    Plan,
    Question,
)
from trigpoint.web.fields import DayField

SLOTS = range(1, MOST_QUESTIONS + 1)
USUAL_DAYS = 14


class MakeForm(forms.Form):
    """Asks who is asked, what for, when and what: up to eight questions and an open one."""

    place = forms.ChoiceField(
        label="For which review or academy",
        error_messages={"required": "Choose a review or an academy"},
    )
    title = forms.CharField(
        label="Title",
        max_length=120,
        error_messages={"required": "Give the survey a title"},
    )
    purpose = forms.CharField(
        label="What it is for",
        help_text="A sentence or two. Whoever answers reads it first.",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what the answers are for"},
    )
    opens_on = DayField(label="First day", error_messages={"required": "Give its first day"})
    closes_on = DayField(label="Last day", error_messages={"required": "Give its last day"})
    open_question = forms.CharField(
        label="Open question",
        help_text="At most one, answered in up to 300 characters. Ask that nobody is named.",
        max_length=rules.LONGEST_QUESTION,
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        group: str,
        places: Iterable[tuple[str, str]],
        on: date,
        chosen: str = "",
    ) -> None:
        ready = rules.ready_made()[group]
        initial: dict[str, Any] = {
            **{name: ready[name] for name in ("title", "purpose")},
            "open_question": ready["open"],
            "opens_on": on,
            "closes_on": on + timedelta(days=USUAL_DAYS),
            "place": chosen,
        }
        for number, question in enumerate(ready["questions"], 1):
            initial |= {
                f"kind_{number}": question["kind"],
                f"text_{number}": question["text"],
                f"choices_{number}": "; ".join(question.get("choices", [])),
            }
        super().__init__(data, initial=initial)
        self.group = group
        self.fields["place"].choices = list(places)  # type: ignore[attr-defined]  # a choice field
        for number in SLOTS:
            self.fields |= _slot(number)

    def slots(self) -> list[tuple[int, list[forms.BoundField]]]:
        """Return the fields of each question, for the page."""
        names = ("text", "kind", "choices")
        return [(number, [self[f"{name}_{number}"] for name in names]) for number in SLOTS]

    def plan(self) -> Plan:
        """Return the answers as the operation takes them; slots left empty are left out."""
        clean = self.cleaned_data
        said = ("title", "purpose", "opens_on", "closes_on", "open_question")
        questions = [question for n in SLOTS if (question := self._question(n))["text"]]
        return Plan(group=self.group, questions=questions, **{name: clean[name] for name in said})

    def _question(self, number: int) -> Question:
        clean = self.cleaned_data
        kind = clean[f"kind_{number}"]
        given = [one.strip() for one in clean[f"choices_{number}"].split(";")]
        choices = [one for one in given if one] if kind == "CHOICE" else []
        return {"kind": kind, "text": clean[f"text_{number}"], "choices": choices}


def _slot(number: int) -> dict[str, forms.Field]:
    return {
        f"text_{number}": forms.CharField(
            label=f"Question {number}", max_length=rules.LONGEST_QUESTION, required=False
        ),
        f"kind_{number}": forms.ChoiceField(
            label=f"How question {number} is answered",
            choices=list(KINDS.items()),
            error_messages={"required": f"Say how question {number} is answered"},
        ),
        f"choices_{number}": forms.CharField(
            label=f"Choices of question {number}",
            help_text="With semicolons between, such as Often; Seldom.",
            max_length=rules.MOST_CHOICES * (rules.LONGEST_CHOICE + 2),
            required=False,
        ),
    }


class AnswerForm(forms.Form):
    """A survey as whoever has the link fills it in. Nothing in it has to be answered."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, questions: Sequence[Mapping[str, Any]]
    ) -> None:
        super().__init__(data)
        for key, question in rules.closed(questions):
            self.fields[f"q{key}"] = forms.ChoiceField(
                label=question["text"],
                choices=rules.options(question),
                widget=forms.RadioSelect,
                required=False,
            )
        if asked := rules.open_question(questions):
            self.fields["words"] = forms.CharField(
                label=asked,
                max_length=rules.LONGEST_WORDS,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "maxlength": rules.LONGEST_WORDS}),
            )

    def choosing(self) -> list[forms.BoundField]:
        """Return the questions with answers to choose from."""
        return [self[name] for name in self.fields if name != "words"]

    def answers(self) -> dict[str, str]:
        """Return what was chosen, by the place of the question."""
        given = self.cleaned_data.items()
        return {name[1:]: value for name, value in given if name != "words" and value}


class LookForm(forms.Form):
    """Asks of each of some words that may name somebody what becomes of them.

    As it was written a comment can be shown only once it stood there like that. What stood there
    goes back with the form as marks.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        held: Sequence[Held],
        written: Mapping[UUID, str],
        chosen: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=chosen)
        self.held, self.written = held, written
        for number, one in enumerate(held, 1):
            words = written.get(one.reply_id)
            as_written = [(SHOW, "Show it as it was written: it names nobody")] if words else []
            self.fields[str(one.reply_id)] = forms.ChoiceField(
                label=one.covered,
                help_text=f"As it was written: “{words}”" if words else "",
                choices=[
                    (COVER, "Show it like this, with the names covered"),
                    *as_written,
                    (DROP, "Leave it out for good"),
                ],
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"Comment {number}: decide what becomes of it",
                    "invalid_choice": f"Comment {number}: read it as it was written first",
                },
            )

    def rows(self) -> list[tuple[forms.BoundField, str, bool]]:
        """Return each comment with the marks of what stands there, and whether it is uncovered."""
        return [
            (self[str(it.reply_id)], " ".join(self._marks(it)), it.reply_id in self.written)
            for it in self.held
        ]

    def _marks(self, one: Held) -> list[str]:
        texts = [one.covered, *filter(None, [self.written.get(one.reply_id)])]
        return [rules.mark(one.reply_id, text) for text in texts]

    def decided(self) -> dict[UUID, Decision]:
        """Return the decisions by reply, each with the marks that were sent."""
        return {
            UUID(name): Decision(way, frozenset(self.data.get(f"seen-{name}", "").split()))
            for name, way in self.cleaned_data.items()
        }
