"""A form as a page draws it, answered or not, and the answers as the page sends them back.

The name of a field is ``answer.<question>``, in a part that repeats
``answer.<part>.<time>.<question>``, counted from 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from trigpoint.instruments.answers.rules import once, repeats_of, shown
from trigpoint.instruments.contents.rules import (
    STORED_APART,
    Choice,
    Part,
    Question,
    offered,
    parts,
    questions,
)

DRAWN_APART = frozenset(STORED_APART) - {"photo"}  # the page has places of its own for them


class Typed(Protocol):
    """What a form was sent with: a ``QueryDict``."""

    def get(self, key: str, /) -> Any: ...  # noqa: ANN401, D102 -- as Django has it
    def getlist(self, key: str, /) -> list[Any]: ...  # noqa: D102 -- as Django has it
    def __contains__(self, key: object, /) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question with what was answered. ``only_if`` says when it is asked, if not now.

    ``follows`` is the name of the field its condition looks at, ``any_of`` the answers that lead to
    it; both empty for a question that is always asked.
    """

    name: str
    key: str
    type: str
    label: str
    help: str
    required: bool
    choices: list[Choice]
    answer: Any
    only_if: str = ""
    follows: str = ""
    any_of: Sequence[str] = ()

    @property
    def given(self) -> list[str]:
        """The answer as the values of its choices."""
        if isinstance(self.answer, bool):
            return ["yes" if self.answer else "no"]
        return self.answer if isinstance(self.answer, list) else [str(self.answer)]


@dataclass(frozen=True, slots=True)
class Round:
    """The questions of a part once over; ``heading`` says which time it is, where it repeats."""

    heading: str
    questions: list[Asked]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part of the form as it is drawn."""

    title: str
    help: str
    rounds: list[Round]
    key: str = ""
    most: int = 1

    @property
    def repeats(self) -> bool:
        """Say whether it is answered more than once."""
        return self.most > 1 or bool(self.rounds[0].heading)


def drawn(content: Mapping[str, Any], answers: Mapping[str, Any]) -> list[Drawn]:
    """Return the parts to draw, without notes and look-fors; each repeat and one more to fill."""
    found = []
    for part in parts(content):
        rounds = list(_rounds(content, part, answers))
        if rounds[0].questions:
            most = part["repeats"]["most"] if "repeats" in part else 1
            help_text, key = part.get("help", ""), part.get("key", "")
            found.append(Drawn(part["title"], help_text, rounds, key=key, most=most))
    return found


def apart(content: Mapping[str, Any]) -> list[str]:
    """Return what is filled in beside the questions, in places of its own, as the form calls it."""
    return [one["label"] for one in questions(content) if one["type"] in DRAWN_APART]


def _rounds(content: Mapping[str, Any], part: Part, answers: Mapping[str, Any]) -> Iterator[Round]:
    outside = once(content)
    if "repeats" not in part:
        yield Round("", _asked(content, part, outside, answers))
        return
    most, word = part["repeats"]["most"], part["repeats"]["word"]
    given = [*repeats_of(part, answers), {}][:most]
    for number, one in enumerate(given, start=1):
        both = {**{it["key"]: answers.get(it["key"]) for it in outside}, **one}
        before = [*outside, *part["questions"]]
        name = f"{part.get('key', '')}.{number}."
        yield Round(f"{word} {number}", _asked(content, part, before, both, name))


def _asked(
    content: Mapping[str, Any],
    part: Part,
    before: Sequence[Question],
    answers: Mapping[str, Any],
    name: str = "",
) -> list[Asked]:
    now = {question["key"] for question in shown(before, answers)}
    return [
        Asked(
            name=f"answer.{name}{question['key']}",
            key=f"{name.replace('.', '-')}{question['key']}",
            type=question["type"],
            label=question["label"],
            help=question.get("help", ""),
            required=question.get("required", False),
            choices=offered(question),
            answer=_nothing(answers.get(question["key"])),
            only_if="" if question["key"] in now else condition_in_words(content, question),
            **_condition(part, question, name),
        )
        for question in part["questions"]
        if question["type"] not in DRAWN_APART
    ]


def _condition(part: Part, question: Question, name: str) -> dict[str, Any]:
    """Return the field a question's condition looks at: of the same time, where it is asked there."""
    condition = question.get("shown_if")
    if condition is None:
        return {}
    beside = any(it["key"] == condition["question"] for it in part["questions"])
    follows = f"answer.{name if beside else ''}{condition['question']}"
    return {"follows": follows, "any_of": condition["any_of"]}


def _nothing(answer: object) -> object:
    return "" if answer is None else answer


def condition_in_words(content: Mapping[str, Any], question: Question) -> str:
    """Say when a question is asked: Only if “Was somebody present?” is Yes."""
    condition = question.get("shown_if")
    if condition is None:
        return ""
    asked = next((it for it in questions(content) if it["key"] == condition["question"]), None)
    labels = {choice["value"]: choice["label"] for choice in offered(asked)} if asked else {}
    answers = [labels.get(value, value) for value in condition["any_of"]]
    last = " or ".join(filter(None, [", ".join(answers[:-1]), answers[-1]]))
    return f"Only if “{asked['label'] if asked else condition['question']}” is {last}"


def read(content: Mapping[str, Any], typed: Typed) -> dict[str, Any]:
    """Return what was answered on a page, by question key; what was left empty is left out."""
    given: dict[str, Any] = {}
    for part in parts(content):
        if "repeats" not in part:
            given |= _given(part["questions"], typed, "answer.")
            continue
        key = part.get("key", "")
        rounds = (
            _given(part["questions"], typed, f"answer.{key}.{number}.")
            for number in range(1, part["repeats"]["most"] + 1)
        )
        if kept := [one for one in rounds if one]:
            given[key] = kept
    return given


def _given(asked: Sequence[Question], typed: Typed, prefix: str) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for question in asked:
        name = f"{prefix}{question['key']}"
        if question["type"] in STORED_APART or name not in typed:
            continue
        several = question["type"] == "multiple_choice"
        answer = typed.getlist(name) if several else typed.get(name)
        if answer not in ("", []):
            given[question["key"]] = answer
    return given
